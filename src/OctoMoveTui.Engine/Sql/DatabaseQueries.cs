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

    /// <summary>What the session's login may see on this server.</summary>
    public static async Task<SqlRights> ReadRightsAsync(this SqlSession sql, string database, CancellationToken cancel) =>
        (await sql.QueryAsync(SqlScript.Text("read-rights"), row => new SqlRights(row.Flag("sysadmin"), row.Flag("view_server_state")), cancel, ("@db", database))).Single();

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
    public static Task<IReadOnlyList<TableCount>> CountRowsAsync(this SqlSession sql, Action<int, int> progress, CancellationToken cancel) =>
        sql.CountRowsAsync(_ => true, progress, cancel);

    /// <summary>Exact row counts of those tables ("dbo.Project") that <paramref name="isWanted"/>, in the order of their names.</summary>
    public static async Task<IReadOnlyList<TableCount>> CountRowsAsync(
        this SqlSession sql, Func<string, bool> isWanted, Action<int, int> progress, CancellationToken cancel)
    {
        var tables = (await sql.QueryAsync(SqlScript.Text("list-tables"), row => (Schema: row.Text("schema_name"), Table: row.Text("table_name")), cancel))
            .Where(each => isWanted($"{each.Schema}.{each.Table}")).ToList();
        var counts = new List<TableCount>(tables.Count);
        foreach (var (schema, table) in tables)
        {
            var text = SqlScript.Text("count-rows", ("table", $"{SqlScript.Quote(schema)}.{SqlScript.Quote(table)}"));
            counts.Add(new TableCount($"{schema}.{table}", (await sql.QueryAtLeisureAsync(text, row => row.Number("row_count"), cancel)).Single()));
            progress(counts.Count, tables.Count);
        }

        return counts;
    }

    /// <summary>The users of the database the session is in.</summary>
    public static Task<IReadOnlyList<DatabaseUser>> FindUsersAsync(this SqlSession sql, CancellationToken cancel) =>
        sql.QueryAsync(SqlScript.Text("find-users"), row => new DatabaseUser(
            row.Text("user_name"), row.Text("user_type").Trim(), row.Text("sid"), row.TextOrNull("login_by_sid"), row.TextOrNull("login_by_name")), cancel);

    /// <summary>The SQL login of that SID with, where the right is there, its password's hash; null when there is none.</summary>
    public static Task<SqlLoginRow?> FindSqlLoginAsync(this SqlSession sql, string sid, CancellationToken cancel) =>
        sql.FirstAsync(SqlScript.Text("read-login"), row => new SqlLoginRow(
            row.Text("name"), row.Hex("sid") ?? "", row.Hex("password_hash"), row.Flag("is_disabled")), cancel, ("@sid", sid));

    /// <summary>True when the server has a login of that name, of whatever kind.</summary>
    public static async Task<bool> HasLoginAsync(this SqlSession sql, string login, CancellationToken cancel) =>
        (await sql.QueryAsync(SqlScript.Text("find-login"), row => row.Text("name"), cancel, ("@login", login))).Count > 0;

    /// <summary>A settings document of Octopus, or null.</summary>
    public static Task<string?> ReadConfigurationAsync(this SqlSession sql, string id, CancellationToken cancel) =>
        sql.FirstAsync(SqlScript.Text("read-configuration-document"), row => row.Text("document"), cancel, ("@id", id));
}
