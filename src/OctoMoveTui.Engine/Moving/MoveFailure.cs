namespace OctoMoveTui.Engine.Moving;

/// <summary>Every expected failure: what happened, to what, why most likely, and what to do now.</summary>
public sealed class MoveFailure : Exception
{
    /// <summary>Wraps a report, and the exception below it where there is one.</summary>
    public MoveFailure(FailureReport report, Exception? inner = null)
        : base(report.What, inner) => Report = report;

    /// <summary>The report, as front ends show it.</summary>
    public FailureReport Report { get; }
}

/// <summary>A failure as a person reads it.</summary>
/// <param name="Cause">The kind of failure; each has one exit code.</param>
/// <param name="What">What happened, and to what, in one sentence.</param>
/// <param name="Why">The most likely reason, or empty.</param>
/// <param name="ToDo">What to do now, a sentence each.</param>
/// <param name="Raw">The raw text of the server or program, for folding below; secrets removed.</param>
public sealed record FailureReport(FailureCause Cause, string What, string Why, IReadOnlyList<string> ToDo, string? Raw = null);

/// <summary>The kinds of failure. The number is the exit code of the program: documented in docs/exit-codes.md and stable.</summary>
public enum FailureCause
{
    /// <summary>A defect of octomove itself.</summary>
    Defect = 1,

    /// <summary>The command line or the configuration is wrong.</summary>
    Usage = 2,

    /// <summary>A question had to be asked and nobody was there to answer it.</summary>
    NeedsAnswer = 3,

    /// <summary>A check failed; nothing was changed.</summary>
    CheckFailed = 4,

    /// <summary>SQL Server could not be reached, or refused the login.</summary>
    SqlConnection = 10,

    /// <summary>SQL Server refused or failed a statement.</summary>
    SqlStatement = 11,

    /// <summary>A right is missing on SQL Server.</summary>
    SqlRight = 12,

    /// <summary>The master key is missing, malformed or does not fit the database.</summary>
    MasterKey = 20,

    /// <summary>Octopus.Server failed or answered something unexpected.</summary>
    OctopusCommand = 21,

    /// <summary>The REST API of Octopus Server failed or could not be reached.</summary>
    OctopusApi = 22,

    /// <summary>The versions of the two servers differ.</summary>
    VersionMismatch = 23,

    /// <summary>Octopus Server could not be installed on the new server.</summary>
    InstallFailed = 24,

    /// <summary>Something is in the way on the new server: a database, an instance, files.</summary>
    InTheWay = 30,

    /// <summary>A file or directory is missing, can't be read or written, or there is no space.</summary>
    Files = 31,

    /// <summary>What was copied or restored differs from what it was copied from.</summary>
    Differs = 32,

    /// <summary>A service could not be stopped, started or configured.</summary>
    Service = 33,

    /// <summary>Tasks are still running on the old server.</summary>
    TasksRunning = 34,

    /// <summary>Somebody changed what the journal says was finished.</summary>
    ChangedBehindOurBack = 40,

    /// <summary>The move folder is unusable: locked, damaged, or of another plan.</summary>
    MoveFolder = 41,

    /// <summary>The step belongs to the other server.</summary>
    WrongServer = 42,

    /// <summary>No engine runs where one was looked for, it is none that one can attach to, or it died.</summary>
    NoEngine = 43,

    /// <summary>Users work on the new server: the move can't be taken back without losing what they did.</summary>
    PastReturn = 44,
}

/// <summary>The exit codes that are not failures.</summary>
public static class ExitCodes
{
    /// <summary>All that was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>This server's part is done; go on at the other server.</summary>
    public const int HandedOver = 50;

    /// <summary>The screen was left, and the move goes on in a process of its own.</summary>
    public const int GoesOn = 51;

    /// <summary>Stopped by a person or a signal; run again to resume.</summary>
    public const int Stopped = 130;
}
