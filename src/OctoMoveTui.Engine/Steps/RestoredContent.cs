using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Before the attach: the connection string leads to the restored database and not to an empty or another one. Octopus Server takes whatever it is
/// given, and a typo makes a server that looks new.
/// </summary>
internal static class RestoredContent
{
    private const string Projects = "dbo.Project";
    private const string Tasks = "dbo.ServerTask";

    internal static async Task ProveAsync(MoveContext move, CancellationToken cancel)
    {
        // As Octopus Server will connect. With Windows authentication that is an account we can't be: then with ours that restored.
        var octopus = await move.NewSqlAsOctopusAsync(cancel);
        var sql = octopus.Login is null ? await move.NewSqlAsync(cancel) : octopus;
        var database = octopus.Database;
        await using var session = await sql.OpenAsync(database, cancel);

        var (isOctopus, tables) = (await session.QueryAsync(
            SqlScript.Text("recognise-octopus"), row => (row.Flag("is_octopus"), row.Number("tables")), cancel)).Single();
        if (!isOctopus)
            throw ServiceFailures.EmptyDatabase(database, sql.Name, tables);

        var (wanted, version) = (move.Facts.Require<OldServerChecked>().Version, await session.FindInstalledVersionAsync(cancel) ?? "none");
        if (!OctopusVersion.AreSame(version, wanted))
            throw ServiceFailures.OtherDatabase(database, sql.Name, "Octopus Server that last ran on it:", wanted, version);

        var (projects, tasks) = (await CompareAsync(Projects), await CompareAsync(Tasks));
        move.Proof(ServiceNotes.ContentProven(database, sql.Name, version, projects, tasks));

        async Task<long> CompareAsync(string table)
        {
            // Where the database stays, nothing was counted.
            if (move.Facts.Find<BackupSet>()?.Rows.FirstOrDefault(each => each.Table == table) is not { } backedUp)
                return 0;
            var parts = table.Split('.');
            var text = SqlScript.Text("count-rows", ("table", $"{SqlScript.Quote(parts[0])}.{SqlScript.Quote(parts[1])}"));
            var rows = (await session.QueryAtLeisureAsync(text, row => row.Number("row_count"), cancel)).Single();
            return rows == backedUp.Rows || !move.Plan.Shape.StopsOldServer() ? rows
                : throw ServiceFailures.OtherDatabase(database, sql.Name, $"rows of {table}:", $"{backedUp.Rows}", $"{rows}");
        }
    }
}
