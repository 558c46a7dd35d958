using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>The rows that several checks look at.</summary>
internal static class SqlAnswers
{
    /// <summary>The first row, or nothing.</summary>
    internal static T? FirstRow<T>(this IReadOnlyList<T> rows) => rows.Count > 0 ? rows[0] : default;

    /// <summary>Q1: who answers.</summary>
    internal static async Task<CheckedServer> ServerAsync(this SqlInquiry sql) => (await sql.AskAsync(
        "describe-server", row => new CheckedServer(
            DatabaseQueries.ServerOf(row), row.TextOrNull("update_level") ?? row.Text("product_level"),
            row.Flag("windows_only"), row.Flag("is_local_db"), row.Text("machine_name")))).Single();

    /// <summary>Q4: the database's row in the catalogue, or null.</summary>
    internal static async Task<CheckedDatabase?> FindDatabaseAsync(this SqlInquiry sql)
    {
        var found = await sql.AskAsync("describe-database", CheckedDatabase.Of, ("@db", sql.Database));
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The same, of a database that has to be there.</summary>
    /// <exception cref="CannotBeTold">There is none.</exception>
    internal static async Task<CheckedDatabase> DatabaseAsync(this SqlInquiry sql) =>
        await sql.FindDatabaseAsync() ?? throw new CannotBeTold(SqlCheckSentences.NothingToLookAt(sql.Database));

    /// <summary>Q5: the files of the database.</summary>
    internal static async Task<IReadOnlyList<OldSqlFile>> FilesAsync(this SqlInquiry sql)
    {
        await sql.DatabaseAsync();
        return await sql.AskInAsync(sql.Database, "list-files", row => new OldSqlFile(
            row.Text("name"), row.Text("physical_name"), row.Text("type_desc"), row.Number("size_bytes"),
            row.IsNull("used_bytes") ? null : row.Number("used_bytes")));
    }

    /// <summary>Q9: what the login may do.</summary>
    internal static async Task<CheckedRights> RightsAsync(this SqlInquiry sql, string? database = null) => (await sql.AskAsync(
        "read-rights", row => new CheckedRights(
            row.Text("login_name"), row.Flag("sysadmin"), row.Flag("dbcreator"), row.Flag("create_any_database"), row.Flag("alter_any_login"), row.Flag("view_server_state"),
            row.Flag("backup_database"), row.Flag("alter_database"), row.Flag("read_database")), ("@db", database ?? sql.Database))).Single();

    /// <summary>Q17: the sessions on the database that are not octomove's.</summary>
    internal static Task<IReadOnlyList<DatabaseSession>> SessionsAsync(this SqlInquiry sql) => sql.AskAsync(
        "find-sessions", row => new DatabaseSession(row.Number("session_id"), row.Text("login_name"), row.Text("host_name"), row.Text("program_name")),
        ("@db", sql.Database), ("@program", SqlServer.ProgramName));

    /// <summary>Q11: what the server sees at a path.</summary>
    internal static async Task<SeenPath> LookAtAsync(this SqlInquiry sql, string path) => (await sql.AskAsync(
        "look-at-path", row => new SeenPath(row.Flag("File Exists"), row.Flag("File is a Directory")), ("@path", path))).Single();

    /// <summary>Q13: volumes and their free bytes, the longest mount point first.</summary>
    internal static async Task<IReadOnlyList<Volume>> VolumesAsync(this SqlInquiry sql, CheckedServer server)
    {
        var volumes = new List<Volume>(await sql.AskAsync(
            "read-free-space", row => new Volume(row.Text("volume"), row.Number("available_bytes"))));
        if (server.Facts.Major >= 14)
        {
            volumes.AddRange((await sql.AskAsync("read-drives", row => new Volume(row.Text("volume"), row.Number("available_bytes"))))
                .Where(drive => volumes.All(each => !string.Equals(each.Path, drive.Path, StringComparison.OrdinalIgnoreCase))));
        }

        return [.. volumes.OrderByDescending(each => each.Path.Length)];
    }

    /// <summary>The volume that a folder lies on; null when it is none of those that the server tells of.</summary>
    internal static Volume? Of(this IReadOnlyList<Volume> volumes, string path) =>
        volumes.FirstOrDefault(each => path.StartsWith(each.Path, path.Contains('\\', StringComparison.Ordinal) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
}

/// <summary>Who answers, as the checks need it.</summary>
internal sealed record CheckedServer(SqlServerFacts Facts, string Level, bool WindowsOnly, bool IsLocalDb, string Machine)
{
    /// <summary>"SQL Server 2019 (15.0.4430.1), Standard Edition: OLD-SQL".</summary>
    internal string Described => $"SQL Server {Facts.Year} ({Facts.Version}), {Facts.Edition}: {Facts.ServerName}";

    /// <summary>Express and LocalDB.</summary>
    internal bool IsExpress => Facts.EngineEdition == 4;

    /// <summary>By the way it writes paths; no right is needed for that.</summary>
    internal bool IsLinux => Facts.PathSeparator == '/';
}

/// <summary>A database as sys.databases has it.</summary>
internal sealed record CheckedDatabase(
    string Name, int State, string StateText, string UserAccess, bool IsReadOnly, string RecoveryModel, int CompatibilityLevel, string Collation,
    bool IsReadCommittedSnapshot, bool IsEncrypted, bool IsPublished, bool IsSubscribed, bool HasChangeCapture, bool IsAutoClose,
    string PageVerify, bool IsContained, bool IsSnapshot, string? ReplicaId, string? Owner, DateTime? CreatedAt)
{
    internal bool IsOnline => State == 0;

    internal static CheckedDatabase Of(SqlRow row) => new(
        row.Text("name"), (int)row.Number("state"), row.Text("state_desc"), row.Text("user_access_desc"), row.Flag("is_read_only"),
        row.Text("recovery_model_desc"), (int)row.Number("compatibility_level"), row.Text("collation_name"), row.Flag("is_read_committed_snapshot_on"),
        row.Flag("is_encrypted"), row.Flag("is_published") || row.Flag("is_merge_published") || row.Flag("is_distributor"), row.Flag("is_subscribed"),
        row.Flag("is_cdc_enabled"), row.Flag("is_auto_close_on"), row.Text("page_verify_option_desc"), row.Flag("containment"),
        !row.IsNull("source_database_id"), row.TextOrNull("replica_id"), row.TextOrNull("owner"), row.TimeOrNull("create_date"));
}

/// <summary>What a login may do, on the server and in one database.</summary>
internal sealed record CheckedRights(
    string Login, bool IsSysadmin, bool IsDbCreator, bool MayCreateDatabase, bool MayAlterLogins, bool SeesServerState, bool MayBackUp, bool MayAlter, bool MayRead);

/// <summary>What xp_fileexist says. To a login without sysadmin it says no to everything.</summary>
internal sealed record SeenPath(bool IsFile, bool IsFolder);

/// <summary>A disk or mount point of the SQL Server's machine.</summary>
internal sealed record Volume(string Path, long Free);
