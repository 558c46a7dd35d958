using System.Globalization;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// How many there are of each kind, before and after: as the servers themselves count, or where a version can't, by the rows of its tables
/// against those that were counted with the backup.
/// </summary>
internal static class CountProofs
{
    private const ProofTopic Topic = ProofTopic.Counts;

    internal static async Task MakeAsync(MoveContext move, OctopusApi api, ProofList proofs, CancellationToken cancel)
    {
        var before = move.Facts.Find<StockTaken>()?.Counts ?? [];
        var now = before.Count > 0 ? await api.FindCountsAsync(cancel) ?? [] : [];
        if (now.Count == 0)
            (before, now) = await CountRowsAsync(move, cancel);
        if (before.Count == 0 || now.Count == 0)
        {
            proofs.Told(Topic, ProofWords.Counts, "", "", ProofWords.NothingCounted);
            return;
        }

        var found = now.ToDictionary(each => each.Kind, each => each.Count, StringComparer.Ordinal);
        var (equal, wrong) = (0, new List<(string Kind, long Before, long Now)>());
        foreach (var each in before)
        {
            if (!found.TryGetValue(each.Kind, out var count))
            {
                proofs.Told(Topic, each.Kind, Number(each.Count), "", ProofWords.NotCountedAnyMore(each.Kind));
            }
            else if (count == each.Count)
            {
                proofs.Holds(Topic, each.Kind, Number(each.Count), Number(count));
                equal++;
            }
            else if (ServersOwnChanges.WhyDifferent(each.Kind, each.Count, count) is { } why)
            {
                proofs.Told(Topic, each.Kind, Number(each.Count), Number(count), ProofWords.ServersOwn(each.Kind, each.Count, count, why));
            }
            else if (!move.Plan.Shape.StopsOldServer())
            {
                proofs.Told(Topic, each.Kind, Number(each.Count), Number(count), RehearsalWords.CountDiffers(each.Kind, each.Count, count));
            }
            else
            {
                wrong.Add((each.Kind, each.Count, count));
            }
        }

        if (wrong.Count == 0)
            move.Proof(ProofWords.CountsEqual(equal));
        else
            await DiffersAsync(move, proofs, wrong, cancel);
    }

    // What differs fails, and says so. Whoever then looked, and found out why, may let exactly that pass when it is tried again.
    private static async Task DiffersAsync(
        MoveContext move, ProofList proofs, List<(string Kind, long Before, long Now)> wrong, CancellationToken cancel)
    {
        var all = string.Join("; ", wrong.Select(each => ProofWords.Difference(each.Kind, each.Before, each.Now)));
        if (!move.HasMarked(all))
        {
            move.Mark(all);
            foreach (var (kind, before, now) in wrong)
                proofs.Differs(Topic, kind, Number(before), Number(now), ProofFailures.CountDiffers(kind, before, now));
            return;
        }

        await move.AskNameAsync(new TypeName(move.Plan.New.Instance, ProofWords.AcceptDifference(all), Destroys: false) { NeedsPerson = true }, cancel);
        foreach (var (kind, before, now) in wrong)
            proofs.Told(Topic, kind, Number(before), Number(now), ProofWords.Accepted(kind, before, now));
    }

    private static async Task<(IReadOnlyList<KindCount> Before, IReadOnlyList<KindCount> Now)> CountRowsAsync(MoveContext move, CancellationToken cancel)
    {
        if (move.Facts.Find<BackupSet>() is not { } set)
            return ([], []);
        var tables = ServersOwnChanges.TablesCounted.Select(each => $"dbo.{each}").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var before = set.Rows.Where(each => tables.Contains(each.Table)).Select(each => new KindCount(each.Table, each.Rows)).ToList();

        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.New.Database, cancel);
        var now = await session.CountRowsAsync(tables.Contains, (_, _) => { }, cancel);
        return (before, [.. now.Select(each => new KindCount(each.Table, each.Rows))]);
    }

    private static string Number(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
