using Microsoft.Extensions.Time.Testing;
using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox.SqlServer;
using OctoMoveTui.Tests.SqlServer;
using OctoMoveTui.Tests.Support;
using EngineServer = OctoMoveTui.Engine.Sql.SqlServer;

namespace OctoMoveTui.Tests.Checks;

/// <summary>The checks of one pretend SQL Server, through the real client; no world, no steps.</summary>
internal sealed class ChecksOf(ASqlServer server, Side side) : IAsyncDisposable
{
    private readonly List<string> marks = [];

    public ASqlServer Server => server;

    /// <summary>Which login asks.</summary>
    public string User { get; set; } = "sa";

    /// <summary>What check-old-server found, for the new side.</summary>
    public OldServerChecked? Old { get; set; }

    public ASqlServer? OldSql { get; set; }

    /// <summary>New side: the connection string of the new Octopus Server, where it is not that of the login octopus.</summary>
    public string? AsOctopus { get; set; }

    public bool LeavesProbe { get; set; }

    public MovePlan Plan { get; set; } = PlanOf(server.Path("Octopus-42.bak"));

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>What was found for the new side.</summary>
    public OldSqlProfile Found { get; private set; } = new();

    public static async Task<ChecksOf> OldAsync(Func<SqlServerOptions, SqlServerOptions>? with = null) => new(await ASqlServer.WithRowsAsync(with), Side.Old);

    public static async Task<ChecksOf> NewAsync(Func<SqlServerOptions, SqlServerOptions>? with = null) => new(
        await ASqlServer.StartAsync(options => (with ?? (same => same))(options with { Name = "NEW-SQL" })), Side.New) { Old = OldIs(profile => profile) };

    /// <summary>An old server without anything special about it.</summary>
    public static OldServerChecked OldIs(Func<OldSqlProfile, OldSqlProfile> with) => new("2026.2.4120", "15.0.4430.1", "Octopus", 0, "", "")
    {
        SqlServer = "OLD-SQL",
        Sql = with(new OldSqlProfile
        {
            ServerName = "OLD-SQL",
            Version = "15.0.4430.1",
            EngineEdition = 3,
            ServerCollation = "SQL_Latin1_General_CP1_CI_AS",
            DatabaseCollation = "SQL_Latin1_General_CP1_CI_AS",
            IsContained = false,
            IsEncrypted = false,
            EditionFeatures = [],
            Files = [new OldSqlFile("Octopus", @"D:\data\Octopus.mdf", "ROWS", 20_000_000, 9_000_000), new OldSqlFile("Octopus_log", @"L:\Octopus_log.ldf", "LOG", 8_000_000, null)],
            SecondsAhead = 0,
            UtcOffsetMinutes = 0,
        }),
    };

    public static MovePlan PlanOf(string backupFile) => SamplePlan.Make() with
    {
        MoveId = "42",
        Old = SamplePlan.Make().Old with { Machine = Environment.MachineName },
        Backup = new BackupPlan(backupFile, backupFile, "", ""),
    };

    /// <summary>One check.</summary>
    public async Task<CheckMade> MakeAsync<T>()
        where T : SqlCheck => (await MakeAsync(AllSqlChecks.Checks.OfType<T>()))[^1];

    /// <summary>All of this side.</summary>
    public Task<IReadOnlyList<CheckMade>> MakeAllAsync() => MakeAsync(AllSqlChecks.Of(side));

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        if (OldSql is not null)
            await OldSql.DisposeAsync();
    }

    private async Task<IReadOnlyList<CheckMade>> MakeAsync(IEnumerable<SqlCheck> checks)
    {
        var made = new List<CheckMade>();
        var scene = new CheckScene
        {
            Side = side,
            Plan = Plan,
            Folder = new OctoMoveTui.Engine.Journal.MoveFolder(Server.Double.BackupFolder),
            Time = Time,
            Sql = Connect(server, User),
            AsOctopus = AsOctopus is null ? Connect(server, "octopus") : new(AsOctopus, _ => { }, () => { }),
            OldSql = OldSql is null ? null : Connect(OldSql, "octopus"),
            Old = Old,
            LeavesProbe = LeavesProbe,
            WasDone = marks.Contains,
            IsDone = marks.Add,
        };
        await new CheckRun(new StepId("check"), side, happening => made.Add((CheckMade)happening), Time).MakeAllAsync(checks, scene, default);
        Found = scene.Found;
        return made;
    }

    private static EngineServer Connect(ASqlServer to, string user) => new(to.ConnectionString("Octopus", user), _ => { }, () => { });
}

/// <summary>What a check has to have found.</summary>
internal static class Verdicts
{
    public static CheckMade ShouldPass(this CheckMade made) => made.ShouldBe(Verdict.Pass);

    public static CheckMade ShouldWarn(this CheckMade made, string says) => made.ShouldBe(Verdict.Warn, says);

    public static CheckMade ShouldFail(this CheckMade made, string says) => made.ShouldBe(Verdict.Fail, says);

    public static CheckMade ShouldNotKnow(this CheckMade made, string says) => made.ShouldBe(Verdict.Unknown, says);

    public static void ShouldAdvise(this CheckMade made, string statement) =>
        made.Advice.ShouldContain(each => each.Contains(statement, StringComparison.Ordinal), string.Join('\n', made.Advice));

    private static CheckMade ShouldBe(this CheckMade made, Verdict verdict, string says = "")
    {
        made.Verdict.ShouldBe(verdict, $"{made.Finding}\n{made.Query}");
        made.Finding.ShouldContain(says);
        if (verdict is Verdict.Fail or Verdict.Warn)
            made.Advice.ShouldNotBeEmpty();

        // On the new side the journal may answer, and nobody is asked; of a URL no folder is looked at.
        if (made.Side == Side.Old && verdict != Verdict.Pass)
            made.Query.ShouldNotBeEmpty();
        return made;
    }
}
