namespace OctoMoveTui.Engine.Sql;

/// <summary>The questions about backups and restores that steps ask a SQL Server, each one script.</summary>
public static class BackupQueries
{
    /// <summary>The newest finished backup set of the move, by msdb; null when there is none.</summary>
    public static Task<BackupRow?> FindBackupAsync(this SqlSession sql, string database, string moveId, CancellationToken cancel) =>
        sql.FirstAsync(SqlScript.Text("find-backup"), row => new BackupRow(
            new BackupIdentity(
                row.UniqueId("backup_set_uuid"), row.UniqueId("family_guid"), row.Text("first_lsn"), row.Text("last_lsn"), row.Text("checkpoint_lsn"),
                row.Text("database_backup_lsn")),
            (int)row.Number("position"), row.Number("backup_size"), row.Number("compressed_backup_size"), row.TimeOrNull("backup_finish_date"),
            row.Flag("is_damaged")), cancel, ("@db", database), ("@run", moveId));

    /// <summary>The backup sets of a media set. SQL Server's own failure when it can't read one of its files.</summary>
    public static Task<IReadOnlyList<BackupHeader>> ReadHeadersAsync(this SqlSession sql, IReadOnlyList<string> files, CancellationToken cancel) =>
        sql.QueryAtLeisureAsync(SqlScript.Text("read-backup-header", ("devices", BackupDevices.Clause(files))), row => new BackupHeader(
            new BackupIdentity(
                row.UniqueId("BackupSetGUID"), row.UniqueId("FamilyGUID"), row.Text("FirstLSN"), row.Text("LastLSN"), row.Text("CheckpointLSN"),
                row.Text("DatabaseBackupLSN")),
            (int)row.Number("Position"), row.Text("DatabaseName"), (int)row.Number("BackupType"), row.Flag("IsCopyOnly"), row.Flag("HasBackupChecksums"),
            row.Flag("IsDamaged"), row.Flag("IsForceOffline"), row.Flag("IsReadOnly"), (int)row.Number("SoftwareVersionMajor"),
            row.Text("BackupDescription"), row.Number("BackupSize"), row.TimeOrNull("BackupFinishDate")), cancel, [.. BackupDevices.Values(files)]);

    /// <summary>The database files inside a backup set.</summary>
    public static Task<IReadOnlyList<DatabaseFile>> ReadBackupFilesAsync(
        this SqlSession sql, IReadOnlyList<string> files, int position, CancellationToken cancel) =>
        sql.QueryAtLeisureAsync(SqlScript.Text("read-backup-files", ("devices", BackupDevices.Clause(files))), row => new DatabaseFile(
            row.Text("LogicalName"), row.Text("PhysicalName"), row.Text("Type").Trim() == "L", row.Number("Size")), cancel,
            [.. BackupDevices.Values(files), ("@position", position)]);

    /// <summary>The media name that a file was formatted with; octomove writes the id of the move there.</summary>
    public static async Task<string> ReadMediaNameAsync(this SqlSession sql, string file, CancellationToken cancel) =>
        await sql.FirstAsync(SqlScript.Text("read-media-label", ("devices", BackupDevices.Clause([file]))), row => row.Text("MediaName"), cancel,
            [.. BackupDevices.Values([file])]) ?? "";

    /// <summary>What the database was last restored from, or null when it never was.</summary>
    public static Task<RestoreRow?> FindRestoreAsync(this SqlSession sql, string database, CancellationToken cancel) =>
        sql.FirstAsync(SqlScript.Text("find-restore"), row => new RestoreRow(
            row.UniqueId("backup_set_uuid"), row.TimeOrNull("restore_date"), row.Text("user_name"), row.Text("server_name")), cancel, ("@db", database));

    /// <summary>The family of a database, or null where it can't be told (it is not online).</summary>
    public static async Task<Guid?> ReadFamilyAsync(this SqlSession sql, string database, CancellationToken cancel) =>
        await sql.QueryAsync(SqlScript.Text("read-family"), row => row.UniqueId("family_guid"), cancel, ("@db", database)) is [var family, ..] && family != Guid.Empty
            ? family : null;

    /// <summary>How many bytes the data files of the database the session is in really use: about what a backup without compression writes.</summary>
    public static async Task<long> ReadUsedBytesAsync(this SqlSession sql, CancellationToken cancel) =>
        (await sql.QueryAsync(SqlScript.Text("list-files"), row => row.Text("type_desc") == "LOG" ? 0 : row.Number("used_bytes"), cancel)).Sum();

    /// <summary>The settings of a database, or null when there is none of that name.</summary>
    public static Task<DatabaseOptions?> ReadOptionsAsync(this SqlSession sql, string database, CancellationToken cancel) =>
        sql.FirstAsync(SqlScript.Text("describe-database"), row => new DatabaseOptions(
            row.Text("recovery_model_desc"), (int)row.Number("compatibility_level"), row.Text("collation_name"), row.Flag("is_read_committed_snapshot_on"),
            row.Text("snapshot_isolation_state_desc"), row.Text("page_verify_option_desc"), row.Flag("is_auto_close_on"), row.Flag("is_auto_shrink_on"),
            row.Flag("is_broker_enabled"), row.Flag("is_trustworthy_on"), row.Flag("is_db_chaining_on"), row.TextOrNull("owner")), cancel, ("@db", database));

    /// <summary>The server's own local time, in which msdb and the catalogue write theirs.</summary>
    public static async Task<DateTime> ReadLocalTimeAsync(this SqlSession sql, CancellationToken cancel) =>
        (await sql.QueryAsync(SqlScript.Text("read-clock"), row => (row.TimeOrNull("utc") ?? default).AddMinutes(row.Number("offset_minutes")), cancel)).Single();
}
