using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.CommandLine.Support;

/// <summary>Findings of each kind, for front ends to show.</summary>
internal static class SampleChecks
{
    public static readonly StepId Step = new("check-old-server");

    public static CheckMade Passed => Made("Q1", "Version and edition", Verdict.Pass, "SQL Server 2019, Standard Edition.", [], "SELECT @@VERSION;");

    public static CheckMade Warned => Made(
        "Q4g", "Read committed snapshot", Verdict.Warn, "Read committed snapshot is off.",
        ["Octopus Server sets it itself. Without it readers wait for writers."],
        "SELECT name,\n           is_read_committed_snapshot_on, snapshot_isolation_state_desc, is_encrypted\nFROM sys.databases;");

    public static CheckMade Unknown => Made(
        "Q9d", "Right to see sessions", Verdict.Unknown, "octo_user sees its own sessions only.", ["GRANT VIEW SERVER STATE TO [octo_user];"], "SELECT 9;");

    public static CheckMade Failed => Made(
        "Q12a", "Probe backup, written", Verdict.Fail, "The SQL Server OLD can't write to \\\\old\\backup.",
        ["Give its service account Modify on that share.", "Then try again."], "BACKUP DATABASE [Octo_pus] TO DISK = @file0;");

    /// <summary>In the order in which they are made, which isn't the one they are shown in.</summary>
    public static CheckMade[] OfEachKind => [Passed, Unknown, Warned, Failed];

    /// <summary>Passed checks, as many as are wanted.</summary>
    public static IEnumerable<CheckMade> Many(int count) =>
        Enumerable.Range(1, count).Select(n => Passed with { Id = $"P{n}", Title = $"Check number {n}", Query = $"SELECT {n};" });

    private static CheckMade Made(string id, string title, Verdict verdict, string finding, string[] advice, string query) =>
        new(Step, id, title, Side.Old, verdict, finding, advice, query) { At = SampleMove.Midnight };
}
