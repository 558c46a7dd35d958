using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Sql;

/// <summary>The questions that steps ask a SQL Server, each one script.</summary>
public static class DatabaseQueries
{
    /// <summary>Who answers.</summary>
    public static async Task<SqlServerFacts> DescribeServerAsync(this SqlSession sql, CancellationToken cancel) =>
        (await sql.QueryAsync(SqlScript.Text("describe-server"), ServerOf, cancel)).Single();

    /// <summary>A row of describe-server.</summary>
    public static SqlServerFacts ServerOf(SqlRow row) => new(
        row.Text("server_name"), row.Text("product_version"), row.Text("edition"), (int)row.Number("engine_edition"),
        row.Number("edition_id"), row.Text("collation"), row.TextOrNull("data_path"), row.TextOrNull("log_path"),
        row.TextOrNull("backup_path"));

    /// <summary>The database of that name, or null.</summary>
    public static Task<DatabaseRow?> FindDatabaseAsync(this SqlSession sql, string database, CancellationToken cancel) =>
        sql.FirstAsync(SqlScript.Text("describe-database"), row => new DatabaseRow(
            row.Text("name"), (int)row.Number("state"), row.Text("state_desc"), row.Text("user_access_desc"), row.Flag("is_read_only"),
            row.Text("recovery_model_desc"), row.Text("collation_name"), row.Flag("is_encrypted"), row.TextOrNull("owner"),
            row.TimeOrNull("create_date")), cancel, ("@db", database));

    /// <summary>What the session's login may do on this server and with that database.</summary>
    public static async Task<SqlRights> ReadRightsAsync(this SqlSession sql, string database, CancellationToken cancel) =>
        (await sql.QueryAsync(SqlScript.Text("read-rights"), row => new SqlRights(
            row.Text("login_name"), row.Flag("create_any_database") || row.Flag("sysadmin"), row.Flag("view_server_state"),
            row.Flag("backup_database"), row.Flag("alter_database")), cancel, ("@db", database))).Single();

    /// <summary>The files of the database the session is in.</summary>
    public static Task<IReadOnlyList<DatabaseFile>> ListFilesAsync(this SqlSession sql, CancellationToken cancel) =>
        sql.QueryAsync(SqlScript.Text("list-files"), row => new DatabaseFile(
            row.Text("name"), row.Text("physical_name"), row.Text("type_desc") == "LOG", row.Number("size_bytes")), cancel);

    /// <summary>Sessions on the database that are not octomove's.</summary>
    public static Task<IReadOnlyList<DatabaseSession>> FindSessionsAsync(this SqlSession sql, string database, CancellationToken cancel) =>
        sql.QueryAsync(SqlScript.Text("find-sessions"), row => new DatabaseSession(
            row.Number("session_id"), row.Text("login_name"), row.Text("host_name"), row.Text("program_name")), cancel,
            ("@db", database), ("@program", SqlServer.ProgramName));

    /// <summary>Exact row counts of every table of the database the session is in, in the order of their names.</summary>
    public static async Task<IReadOnlyList<TableCount>> CountRowsAsync(
        this SqlSession sql, Action<int, int> progress, CancellationToken cancel)
    {
        var tables = await sql.QueryAsync(
            SqlScript.Text("list-tables"), row => (Schema: row.Text("schema_name"), Table: row.Text("table_name")), cancel);
        var counts = new List<TableCount>(tables.Count);
        foreach (var (schema, table) in tables)
        {
            var text = SqlScript.Text("count-rows", ("table", $"{SqlScript.Quote(schema)}.{SqlScript.Quote(table)}"));
            counts.Add(new TableCount($"{schema}.{table}", (await sql.QueryAsync(text, row => row.Number("row_count"), cancel)).Single()));
            progress(counts.Count, tables.Count);
        }

        return counts;
    }

    /// <summary>The backup sets of a media set. SQL Server's own failure when it can't read one of its files.</summary>
    public static Task<IReadOnlyList<BackupHeader>> ReadHeadersAsync(this SqlSession sql, IReadOnlyList<string> files, CancellationToken cancel) =>
        sql.QueryAsync(SqlScript.Text("read-backup-header", ("devices", BackupDevices.Clause(files))), row => new BackupHeader(
            row.UniqueId("BackupSetGUID"), (int)row.Number("Position"), row.Text("DatabaseName"), (int)row.Number("BackupType"),
            row.Flag("IsCopyOnly"), row.Flag("HasBackupChecksums"), row.Flag("IsDamaged"), row.Flag("IsReadOnly"),
            (int)row.Number("SoftwareVersionMajor"), row.Text("BackupDescription"), row.Number("BackupSize")), cancel, [.. BackupDevices.Values(files)]);

    /// <summary>The database files inside a backup set.</summary>
    public static Task<IReadOnlyList<DatabaseFile>> ReadBackupFilesAsync(
        this SqlSession sql, IReadOnlyList<string> files, int position, CancellationToken cancel) =>
        sql.QueryAsync(SqlScript.Text("read-backup-files", ("devices", BackupDevices.Clause(files))), row => new DatabaseFile(
            row.Text("LogicalName"), row.Text("PhysicalName"), row.Text("Type").Trim() == "L", row.Number("Size")), cancel,
            [.. BackupDevices.Values(files), ("@position", position)]);

    /// <summary>The users of the database the session is in.</summary>
    public static Task<IReadOnlyList<DatabaseUser>> FindUsersAsync(this SqlSession sql, CancellationToken cancel) =>
        sql.QueryAsync(SqlScript.Text("find-users"), row => new DatabaseUser(
            row.Text("user_name"), row.TextOrNull("login_by_sid"), row.TextOrNull("login_by_name")), cancel);

    /// <summary>The backup set that the database was last restored from, or null when it never was.</summary>
    public static async Task<Guid?> FindRestoreAsync(this SqlSession sql, string database, CancellationToken cancel)
    {
        var found = await sql.QueryAsync(SqlScript.Text("find-restore"), row => row.UniqueId("backup_set_uuid"), cancel, ("@db", database));
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The version of Octopus Server that last ran on the database the session is in, or null.</summary>
    public static Task<string?> ReadInstalledVersionAsync(this SqlSession sql, CancellationToken cancel) =>
        sql.FirstAsync(SqlScript.Text("read-installed-version"), row => row.Text("version"), cancel);

    /// <summary>A settings document of Octopus, or null.</summary>
    public static Task<string?> ReadConfigurationAsync(this SqlSession sql, string id, CancellationToken cancel) =>
        sql.FirstAsync(SqlScript.Text("read-configuration-document"), row => row.Text("document"), cancel, ("@id", id));
}
