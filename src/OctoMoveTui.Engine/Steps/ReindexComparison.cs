using OctoMoveTui.Engine.Agreement;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Afterwards: every package that had its file before the first start must still be listed. Compared package by package, for a package that was
/// found may hide one that was lost.
/// </summary>
internal static class ReindexComparison
{
    private const int MostNamed = 20;

    /// <summary>Compares the spaces that are done.</summary>
    /// <param name="move">The move.</param>
    /// <param name="done">The spaces and their tasks.</param>
    /// <param name="cancel">The person stops.</param>
    /// <exception cref="MoveFailure">Packages that have their file are not listed any more; they are named.</exception>
    internal static async Task<IReadOnlyList<SpaceReindexed>> CompareAsync(MoveContext move, IReadOnlyList<RunningReindex> done, CancellationToken cancel)
    {
        var (listed, counts) = await ReadAsync(move, cancel);
        var forecast = ReindexForecast.Find(move).ToDictionary(each => each.Space, StringComparer.Ordinal);
        List<SpaceReindexed> spaces =
        [
            .. done.Select(each =>
            {
                var expected = forecast.GetValueOrDefault(each.Space) ?? new SpacePackages(each.Space, 0, 0, 0, 0);
                return new SpaceReindexed(each.Space, each.Name, each.Task, expected.Rows, expected.Kept, counts.GetValueOrDefault(each.Space));
            }),
        ];

        var ids = done.Select(each => each.Space).ToHashSet(StringComparer.Ordinal);
        var (lost, named) = (0L, new List<string>());
        var kept = KeptPackages.Read(move.Folder.PackagesBeforeStart);

        // The list can't be made anew, for the files may have changed since. What was counted stands in the journal.
        if (kept is null && move.Facts.Find<ProvenBeforeStart>() is { Packages.Count: > 0 })
            move.Warn(ReindexWords.ListUnfit(move.Folder.PackagesBeforeStart, [.. spaces.Where(each => each.After < each.Expected)]));

        foreach (var each in kept ?? [])
        {
            cancel.ThrowIfCancellationRequested();
            if ((each.Space.Length > 0 && !ids.Contains(each.Space)) || listed.Contains(KeyOf(each.Space, each.Name)))
                continue;
            if (lost++ < MostNamed)
                named.Add($"{each.Name}{(each.Space.Length > 0 ? $" ({each.Space})" : "")}");
        }

        if (lost > 0)
            throw ReindexWords.Lost(named, lost, [.. done.Select(each => each.Task)], move.Folder.PackagesBeforeStart);
        foreach (var each in spaces)
            move.Proof(ReindexWords.Reindexed(each));
        return spaces;
    }

    private static async Task<(HashSet<ulong> Listed, Dictionary<string, long> Counts)> ReadAsync(MoveContext move, CancellationToken cancel)
    {
        var (listed, counts) = (new HashSet<ulong>(), new Dictionary<string, long>(StringComparer.Ordinal));
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.New.Database, cancel);
        if (await RowPages.OfAsync(session, "NuGetPackage", cancel) is { } pages && PackageColumns.Of(pages) is { } columns)
        {
            await foreach (var row in pages.ReadAsync(columns.Wanted, columns.Read, cancel))
            {
                listed.Add(KeyOf(row.Space, row.Name));
                counts[row.Space] = counts.GetValueOrDefault(row.Space) + 1;
            }
        }

        return (listed, counts);
    }

    // A re-index may give a row another id: space, package and version are what people know it by.
    private static ulong KeyOf(string space, string name) => Disagreement.KeyOf($"{space}\n{name}".ToUpperInvariant());
}
