using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;
using OctoMoveTui.Sandbox;

namespace OctoMoveTui.Tests.Crash;

/// <summary>
/// What is there at the end, line by line, to be held against the end of a move that nobody disturbed: what WorldComparison doesn't look at, such as
/// leftovers, and what was done twice.
/// </summary>
internal static partial class EndState
{
    /// <summary>No line more and no line less.</summary>
    public static void ShouldBe(IReadOnlyList<string> found, IReadOnlyList<string> undisturbed) => undisturbed.Except(found).Select(each => "- " + each)
        .Concat(found.Except(undisturbed).Select(each => "+ " + each)).ShouldBeEmpty("not as after a move that nobody disturbed");

    public static async Task<IReadOnlyList<string>> OfAsync(SandboxWorld world)
    {
        var lines = new List<string>();
        foreach (var (name, folder) in new[]
        {
            ("move folder", world.MoveFolder), ("share", world.Share), ("old home", world.Old.Home), ("new home", world.New.Home),
            ("old SQL Server", world.OldSql.BackupFolder), ("new SQL Server", world.NewSql.BackupFolder), ("new data", world.NewSql.DataFolder),
        })
        {
            lines.AddRange(Files(folder).Select(each => $"{name}: {each}"));
        }

        foreach (var machine in new[] { world.Old, world.New })
        {
            lines.AddRange(machine.Services.All.Select(each => $"{machine.Name}: service {each.Name} {each.State} {each.StartType} {each.Account} {each.DependsOn}"));
            lines.AddRange(machine.ScheduledTasks.All.Select(each => $"{machine.Name}: task {each.Name} {each.Enabled}"));
            lines.AddRange(machine.Instances.All.Select(each => $"{machine.Name}: instance {each.Name}"));
        }

        foreach (var (name, server, administrator) in new[] { ("old", world.OldSql, world.OldAdminConnectionString), ("new", world.NewSql, world.NewAdminConnectionString) })
        {
            var master = new SqlConnectionStringBuilder(administrator) { InitialCatalog = "master" }.ConnectionString;
            await AddAsync(lines, name, master, "SELECT name, state_desc, is_read_only, user_access_desc FROM sys.databases;");
            await AddAsync(lines, $"{name} logins", master, "SELECT name, type_desc, is_disabled FROM sys.server_principals;");
            if (!server.Databases.Contains("Octopus"))
                continue;
            await AddAsync(lines, $"{name} users", administrator, "SELECT name, type_desc FROM sys.database_principals;");
            await AddAsync(lines, $"{name} nodes", administrator, "SELECT Name, IsInMaintenanceMode FROM dbo.OctopusServerNode;");
            await AddAsync(lines, $"{name} tasks", administrator, "SELECT Name, State, COUNT(*) AS times FROM dbo.ServerTask WHERE Name <> 'SystemIntegrityCheck' GROUP BY Name, State;");
            await AddAsync(lines, $"{name} documents", administrator, "SELECT Id FROM dbo.Configuration;");
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    // Logs are one a run. Octopus's own check of its health may be asked for again: it changes nothing but the list of tasks.
    private static IEnumerable<string> Files(string folder) => !Directory.Exists(folder) ? [] : Directory
        .EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Select(each => Path.GetRelativePath(folder, each))
        .Where(each => !each.StartsWith("logs" + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !each.StartsWith("Logs", StringComparison.Ordinal)
            && !each.StartsWith(Path.Combine("TaskLogs", "System"), StringComparison.Ordinal))
        .Select(each => MoveId().Replace(each, "MOVE"));

    private static async Task AddAsync(List<string> lines, string what, string connectionString, string query)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var values = Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture));
            lines.Add($"{what}: {string.Join(' ', values)}");
        }
    }

    [GeneratedRegex("[0-9]{8}-[0-9a-f]{8}")]
    private static partial Regex MoveId();
}
