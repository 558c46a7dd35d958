using System.Globalization;
using Humanizer;
using OctoMoveTui.Engine.Agreement;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said about the re-index of the built-in package repository.</summary>
internal static class ReindexWords
{
    // The one report with numbers (#3017): 52,000 packages in 8 hours of full disk use.
    private const double SlowestSecondsAPackage = 8 * 3600.0 / 52_000;

    internal const string Progress = "Re-indexing packages";

    internal static string Word(long dropped) => string.Create(CultureInfo.InvariantCulture, $"drop {dropped}");

    internal static string Consequence(long dropped, StartUpIndexing? indexing, string list)
    {
        var what = $"{Packages(dropped)} {(dropped == 1 ? "has" : "have")} no file (listed in {list}). ";
        return indexing switch
        {
            null => what + "A re-index takes them off the list, and releases can't find them any more. To keep the rows, stop here, start octomove again, and leave this step out.",
            { IsOn: false } => what + "The re-index of guide step 8 takes them off the list, and releases can't find them any more. To keep the rows, stop here, start octomove again, "
                + "and leave out this step and reindex-packages.",
            _ => what + $"{StartUp(indexing)} The first start of the new server takes them off the list, and releases can't find them any more. To keep the rows, stop here, "
                + $"switch it off on the old server under {StartUpIndexing.Place}, then start octomove again. Or put the files back.",
        };
    }

    internal static string StartUp(StartUpIndexing indexing) => indexing.IsOn switch
    {
        true => $"Octopus re-indexes its packages whenever it starts ({indexing.Property} is on).",
        false => $"Octopus does not re-index its packages when it starts ({indexing.Property} is off).",
        null => "Whether Octopus re-indexes its packages whenever it starts can't be told from the database: octomove takes it for granted that it does.",
    };

    internal static string Forecast(SpacePackages space) =>
        $"{(space.Space.Length > 0 ? space.Space : "Packages")}: {Number(space.Rows)} listed"
        + $"{(space.WithoutFile > 0 ? $"; {Number(space.WithoutFile)} without a file will be dropped" : "; none will be dropped")}"
        + $"{(space.Orphans > 0 ? $"; up to {Number(space.Orphans)} found without a row may be added" : "")}.";

    internal const string NoForecast = "There is no forecast: database and files were not compared.";

    internal static string Estimate(long packages, long bytes)
    {
        var longest = TimeSpan.FromSeconds(packages * SlowestSecondsAPackage);
        return $"It reads {Number(packages)} packages, {Notes.Size(bytes)}. How long that takes depends on the disk: in the one report with numbers it was 8 hours for 52,000 packages (#3017), "
            + $"at that pace {About(longest)}. It can be left running: key b, or Timing:Reindex.";
    }

    internal static string Follows(string space, string task) => $"{space}: {task} re-indexes the packages already; it is followed instead of beginning another one.";

    internal static string AlreadyDone(string space, string task) => $"{space}: the new server re-indexed by itself when it started ({task}).";

    internal static string Reindexed(SpaceReindexed space) =>
        $"{space.Name}: {Packages(space.After)} listed after the re-index, {Number(space.Expected)} expected{(space.After > space.Expected ? $", {Number(space.After - space.Expected)} more found" : "")}.";

    internal static string Left(IReadOnlyList<RunningReindex> tasks) =>
        $"The re-index runs on by itself: {List(tasks)}. Until it has ended, packages can be missing from lists.";

    internal static string StillRuns(string url, IReadOnlyList<RunningReindex> tasks) =>
        $"The re-index still runs at {url}: {List(tasks)}. Look at its task there when it has ended; fewer packages than before would be packages that lost their file.";

    internal static string NotAsExpected(string space, long found, long expected, string task) =>
        $"{space}: {Number(found)} packages are listed after the re-index ({task}), at least {Number(expected)} have a file. Look at the task's log, and compare with packages-before-start.jsonl in the move folder.";

    internal static string EndedBadly(string space, string task, string state) =>
        $"{space}: the re-index {task} ended as {state}. Start it again under {StartUpIndexing.Place} (Sync now), and look at its log.";

    internal static string ListUnfit(string file, IReadOnlyList<SpaceReindexed> fewer) =>
        $"{file} is gone, or not as it was written before the first start: somebody edited it, or lines of it are lost. So it can't be told package by package what the "
        + "re-index dropped, only by numbers: " + (fewer.Count == 0 ? "no space lists fewer packages than had a file before."
            : string.Join("; ", fewer.Select(each => $"{each.Name} lists {each.After} of {each.Expected} that had a file before")) + ". Look at the log of the re-index before users come in.");

    internal static MoveFailure Lost(IReadOnlyList<string> names, long count, IReadOnlyList<string> tasks, string list) => new(new FailureReport(
        FailureCause.Differs,
        $"{Packages(count)} that had {(count == 1 ? "its" : "their")} file before the new server was started {(count == 1 ? "is" : "are")} not listed any more after the re-index.",
        string.Join("; ", names.Take(5)),
        [
            "Look whether the files are still in the package directory of the new server: octomove verify names what is gone, and octomove verify --repair brings it back.",
            $"Then Retry: the packages are indexed again. The log of the task says what it found ({string.Join(", ", tasks)}).",
            $"All packages that must be listed are in {list}.",
            "The old server is as it was, and users have not been let in: everything can still be taken back.",
        ],
        names.Count > 5 ? string.Join('\n', names) : null));

    private static string List(IReadOnlyList<RunningReindex> tasks) => string.Join(", ", tasks.Select(each => $"{each.Task} ({each.Name})"));

    private static string About(TimeSpan time) => time.TotalMinutes < 2 ? "a minute or two"
        : time.TotalHours < 2 ? $"about {Number((long)Math.Ceiling(time.TotalMinutes))} minutes"
        : $"about {Number((long)Math.Ceiling(time.TotalHours))} hours";

    private static string Packages(long count) => "package".ToQuantity(count, "N0", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
