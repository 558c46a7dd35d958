using System.Globalization;
using Humanizer;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is asked of the world again before a step that could do harm, and what is said when it is not as it was.</summary>
internal static class DriftWords
{
    internal const string OldService = "the old service is stopped and disabled, as far as it can be asked from here";
    internal const string OldProcess = "no process of the old server runs";
    internal const string OldDatabase = "the old database is read-only";
    internal const string OldSessions = "no Octopus Server is connected to the old database";
    internal const string NewDatabase = "the new database is the one that this move has restored";
    internal const string NewService = "nobody else has started the new service";
    internal const string NewInstance = "the new instance is attached to it, and its paths are right";
    internal const string SourceFiles = "the old server's files are as they were when they were copied";

    /// <summary>What is typed to go on with the copies as they are.</summary>
    internal const string AsCopied = "as copied";

    internal const string DirectoryGone = "the whole directory is gone";

    internal const string ProvenEarlier = "It was proven in an earlier run, and the new server has not been started since: all of it is asked again, files by size and time.";

    private const string NothingDone = "This step has done nothing yet.";

    internal static string AsItWas(IReadOnlyList<string> asked) => $"Asked again, and as it was: {string.Join("; ", asked)}.";

    internal static MoveFailure ProcessRuns(ServerPlan old, int process, string how) => Changed(
        string.Create(CultureInfo.InvariantCulture, $"The old server runs again on {old.Machine}: process {process} is one of its instance {old.Instance} (seen by {how})."),
        "Somebody has started its service, or Octopus.Server run by hand. Two live servers on one identity both deploy.",
        string.Create(CultureInfo.InvariantCulture, $"End it (sc.exe stop \"{old.Service}\"; else taskkill /pid {process} /f), and find out who started it. Then Retry."),
        "If users worked on it meanwhile, that work is not in the backup: begin a new move.");

    internal static MoveFailure OctopusIsConnected(string database, string server, IReadOnlyList<DatabaseSession> sessions) => Changed(
        $"An Octopus Server is connected to the old database {database} on {server}: {Sessions(sessions)}.",
        "Somebody has started the old server, another node of it, or one of its copies, or uses its login. Two live servers on one identity both deploy.",
        $"Stop it on {sessions.Select(each => each.Host).Distinct().Listed()} and find out who started it, then Retry.",
        "If users worked on it meanwhile, that work is not in the backup: begin a new move.");

    internal static string SomebodyReads(string database, IReadOnlyList<DatabaseSession> sessions) =>
        $"Somebody is connected to the old database {database}, which is read-only: {Sessions(sessions)}.";

    internal static MoveFailure DatabaseUnfit(string database, string server, string? state) => Changed(
        state is null ? $"The database {database} is gone from {server}." : $"The database {database} on {server} is {state}.",
        "Somebody changed it since this move restored it.",
        state is null ? "Find out who dropped it. Then have it restored again: octomove undo --until restore-database, then start octomove again."
            : "Find out who and why, and bring it back as it was: online and READ_WRITE. Then Retry.");

    internal static MoveFailure DatabaseReplaced(DatabaseRow row, string server, DateTime? restored) => Changed(
        $"The database {row.Name} on {server} is not the one any more that this move has restored.",
        restored is { } at && row.CreatedAt is { } now && now != at
            ? $"It was created {Time(now)}; the restore of this move created it {Time(at)} (both by the clock of that SQL Server). Somebody restored it anew, replaced it, or detached and attached it."
            : "Somebody has restored another backup set over it.",
        "Find out who and why. What is in it now is not proven, and its users and paths are not those that were put right.",
        "Then have it restored again: octomove undo --until restore-database, then start octomove again.");

    internal static string SourceChanged(MovePlan plan, IReadOnlyList<FileDifference> changed) =>
        $"On the old server {"file".ToQuantity(changed.Count)} changed after the directories were copied, although it was stopped: "
        + string.Join("; ", changed.Take(5).Select(each => $"{each}")) + (changed.Count > 5 ? "; …" : "") + ". A person or another program did that. The new server has them as they "
        + $"were when {plan.Old.Machine} stood still, and that copy is proven. If that is right, type the words; what changed since is not taken along. If not, put the files back as they "
        + "were, then start octomove again.";

    private static MoveFailure Changed(string what, string why, params string[] toDo) =>
        new(new FailureReport(FailureCause.ChangedBehindOurBack, what, why, [.. toDo, NothingDone]));

    private static string Sessions(IReadOnlyList<DatabaseSession> sessions) =>
        string.Join(", ", sessions.Select(each => $"{each.Program} as {each.Login} from {each.Host}").Distinct().Take(10));

    private static string Time(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
