using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Before the guide: is the new server ready, and is nothing in the way there? Changes nothing but a probe file that it removes.</summary>
public sealed class CheckNewServer : MoveStep<NewServerChecked>
{
    /// <inheritdoc/>
    public override StepId Id => TheMove.CheckNewServer;

    /// <inheritdoc/>
    public override StepWords Words => StepWords.CheckNewServer;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.ReadsOnly;

    /// <inheritdoc/>
    public override bool IsCheckedAgain => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Looks whether the same version is installed, the names are free, the logins work, and the home directory can be written."),
        move.Command(move.Plan.New.OctopusServer, ["version", "--format=text"]),
        move.Command(move.Plan.New.OctopusServer, ["list-instances", "--format=json"]),
        new(PreviewKind.Sql, SqlScript.Readable(SqlScript.Text("describe-database"), ("@db", move.Plan.New.Database))),
        new(PreviewKind.Path, move.Plan.New.Home),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<NewServerChecked> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var version = await CheckVersionAsync(move, cancel);
        await CheckNothingInTheWayAsync(move, cancel);
        var server = await CheckSqlServerAsync(move, cancel);
        CheckHomeCanBeWritten(move.Plan.New.Home);
        return new NewServerChecked(version, server.Version);
    }

    /// <summary>Guide step 5: the same version, exactly.</summary>
    internal static async Task<string> CheckVersionAsync(MoveContext move, CancellationToken cancel)
    {
        var version = await move.NewExe.VersionAsync(cancel);
        var old = move.Facts.Find<OldServerChecked>();
        if (old is not null && old.Version != version)
            throw OctopusFailures.VersionsDiffer($"Octopus.Server at {move.NewExe.File}", version, old.Version);
        move.Proof(old is null ? Notes.FoundOctopus(version, move.NewExe.File) : Notes.SameVersion(version));
        return version;
    }

    private static async Task CheckNothingInTheWayAsync(MoveContext move, CancellationToken cancel)
    {
        var plan = move.Plan.New;
        var taken = (await move.NewExe.ListInstancesAsync(cancel)).FirstOrDefault(each => each.Name == plan.Instance);
        if (taken is not null)
            throw OctopusFailures.InstanceInTheWay(taken.Name, taken.ConfigFile);
        if (File.Exists(plan.ConfigFile))
            throw OctopusFailures.ConfigFileInTheWay(plan.ConfigFile);
    }

    private static async Task<SqlServerFacts> CheckSqlServerAsync(MoveContext move, CancellationToken cancel)
    {
        var name = await CheckOctopusLoginAsync(move, cancel);

        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        var server = await session.DescribeServerAsync(cancel);
        if (server.EngineEdition is not (2 or 3 or 4))
            throw CheckFailures.UnsupportedEngine(server.ServerName, server.EngineEdition);
        move.Proof(Notes.FoundSql(server));

        if (server.ServerName != name)
            throw OctopusFailures.TwoSqlServers(name, server.ServerName);
        RefuseOldDatabase(move, server);
        if (move.Facts.Find<OldServerChecked>() is { } old && int.Parse(old.SqlVersion.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture) > server.Major)
            throw CheckFailures.OlderSqlServer(old.SqlVersion, server.Version);

        var database = move.Plan.New.Database;
        var rights = await session.ReadRightsAsync(database, cancel);
        if (!rights.MayRestore)
            throw CheckFailures.MayNotCreateDatabase(rights.Login, sql.Name);

        if (await session.FindDatabaseAsync(database, cancel) is { } row)
            move.Warn(Notes.DatabaseInTheWay(row, sql.Name));
        else
            move.Proof(Notes.DatabaseNameFree(database, sql.Name));
        return server;
    }

    /// <summary>Whatever the connection strings call it: the database that would be overwritten must not be the original.</summary>
    internal static void RefuseOldDatabase(MoveContext move, SqlServerFacts server)
    {
        if (move.Facts.Find<OldServerChecked>() is { } old && string.Equals(old.SqlServer, server.ServerName, StringComparison.OrdinalIgnoreCase)
            && string.Equals(old.Database, move.Plan.New.Database, StringComparison.OrdinalIgnoreCase))
            throw CheckFailures.SameDatabase(server.ServerName, old.Database);
    }

    // The login that Octopus Server will use must exist before the outage; its database does not exist yet, so it is tried against master.
    private static async Task<string> CheckOctopusLoginAsync(MoveContext move, CancellationToken cancel)
    {
        var sql = await move.NewSqlAsOctopusAsync(cancel);
        var login = sql.Login ?? Environment.UserName;
        try
        {
            await using var session = await sql.OpenMasterAsync(cancel);
            if (sql.Login is null)
                move.Warn(Notes.WindowsLogin);
            else
                move.Proof(Notes.LoginWorks(login, sql.Name));
            return (await session.DescribeServerAsync(cancel)).ServerName;
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) == SqlFailures.LoginRefused)
        {
            throw CheckFailures.LoginUnknown(login, sql.Name, failure);
        }
    }

    private static void CheckHomeCanBeWritten(string home)
    {
        // The nearest folder that exists decides: the home directory itself may be made by create-instance.
        var folder = home;
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { Length: > 0 } parent)
            folder = parent;

        var probe = Path.Combine(folder, $".octomove-{Guid.NewGuid():N}.probe");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CheckFailures.CannotWrite(folder, error);
        }
    }
}
