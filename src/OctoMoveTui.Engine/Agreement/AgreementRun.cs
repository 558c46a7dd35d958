using System.Text.Json;
using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Agreement;

/// <summary>Compares database and files of one side, writes the whole list into the move folder, and tells what a person has to know of it.</summary>
internal static class AgreementRun
{
    /// <summary>How many are named one by one; all are in the list.</summary>
    internal const int MostNamed = 20;

    /// <summary>The old server: what is missing there is the base line.</summary>
    internal static async Task<AgreementTotals> OnOldAsync(MoveContext move, bool hashes, CancellationToken cancel)
    {
        var found = await RunAsync(
            move, Side.Old, await move.OldSqlAsync(cancel), hashes, _ => false, kept: null, cancel);
        move.Info(AgreementNotes.BaseLine(found.Totals.Faults, found.File));
        return found.Totals;
    }

    /// <summary>The new server, held against the base line.</summary>
    /// <param name="move">The move.</param>
    /// <param name="hashes">True to read all packages.</param>
    /// <param name="keepsPackages">True to write down which packages are there, for the re-index to be held against.</param>
    /// <param name="cancel">The person stops.</param>
    /// <exception cref="MoveFailure">There are faults that the base line doesn't have.</exception>
    internal static async Task<AgreementTotals> OnNewAsync(MoveContext move, bool hashes, bool keepsPackages, CancellationToken cancel)
    {
        var before = FindBaseLine(move);
        var found = await LookAsync(before);

        // The base line was left out; where one machine does both sides it can still be had.
        if (before is null && found.Totals.NewFaults > 0 && move.IsHere(Side.Old))
        {
            await OnOldAsync(move, hashes, cancel);
            before = FindBaseLine(move);
            found = await LookAsync(before);
        }

        // The files were copied after the backup, while the old server worked on and cleaned up.
        if (found.Totals.NewFaults > 0 && !move.Plan.Shape.StopsOldServer())
        {
            move.Warn(RehearsalWords.RowsWithoutFiles(found.Totals.NewFaults));
            return found.Totals;
        }

        if (found.Totals.NewFaults > 0)
            throw AgreementFailures.NewFaults(found.Totals.NewFaults, found.Named, found.File, before?.Header.At, move.Plan);
        if (found.Totals.Faults > 0)
            move.Warn(AgreementNotes.OldFaults(found.Totals.Faults, before!.Header.At, move.Folder.AgreementOf(Side.Old)));
        return found.Totals;

        async Task<Found> LookAsync(BaseLine? line)
        {
            await using var packages = keepsPackages ? new KeptPackages(move.Folder.PackagesBeforeStart) : null;
            var totals = await RunAsync(
                move, Side.New, await move.NewSqlAsync(cancel), hashes, fault => line is null || !line.Has(fault), packages is null ? null : packages.Add, cancel);
            packages?.Close();
            return totals;
        }
    }

    /// <summary>The base line of this move, or null.</summary>
    internal static BaseLine? FindBaseLine(MoveContext move) =>
        BaseLine.Of(move.Folder.AgreementOf(Side.Old)) is { } found && found.Header.Database == move.Plan.Old.Database ? found : null;

    private static async Task<Found> RunAsync(
        MoveContext move, Side side, SqlServer sql, bool hashes, Func<Disagreement, bool> isNew, Action<PackageRow>? kept, CancellationToken cancel)
    {
        var database = move.Plan.Of(side).Database;
        var directories = move.Plan.Directories.ToDictionary(each => each.Kind, each => side == Side.Old ? each.From : each.To, StringComparer.Ordinal);

        // Looked at on its own, before a move was begun, there is nowhere to write.
        var file = Directory.Exists(move.Folder.Path) ? move.Folder.AgreementOf(side) : null;
        using var list = file is null ? null : new AgreementList(file);
        var began = move.Time.GetUtcNow();
        list?.Write(new AgreementHeader(1, began, sql.Name, database, directories, hashes));

        var (named, orphans) = (new List<Disagreement>(), new List<OrphanLine>());
        await using var session = await sql.OpenAsync(database, cancel);
        var totals = await new Comparison(session, new ComparisonOrder
        {
            Directories = directories,
            Began = began,
            Hashes = hashes,
            IsNew = isNew,
            Write = line =>
            {
                list?.Write(line);
                if (line is FaultLine fault && named.Count < MostNamed && (side == Side.Old || fault.IsNew))
                    named.Add(fault.Fault);
                if (line is OrphanLine orphan && orphans.Count < MostNamed)
                    orphans.Add(orphan);
            },
            Kept = kept ?? (_ => { }),
            Meter = what => move.Meter(what, ProgressUnit.Items),
        }).RunAsync(cancel);
        list?.Write(new AgreementEnd(totals));
        list?.Close();
        Tell(move, totals, named, orphans, file);
        return new Found(totals, named, file);
    }

    private static void Tell(MoveContext move, AgreementTotals totals, List<Disagreement> named, List<OrphanLine> orphans, string? file)
    {
        foreach (var each in totals.Kinds)
        {
            if (each.Untold is { } why)
                move.Warn(why);
            else if (each.Missing + each.Different + each.CannotTell == 0)
                move.Proof(AgreementNotes.Agrees(each));
            else
                move.Warn(AgreementNotes.Disagrees(each));
        }

        foreach (var each in named)
            move.Warn($"  {each}");
        foreach (var each in orphans)
            move.Info(AgreementNotes.Orphan(each));
        var told = named.Count + orphans.Count;
        if (totals.Faults + totals.Kinds.Sum(each => each.Orphans) > told)
            move.Info(AgreementNotes.AllListed(file));
    }

    private sealed record Found(AgreementTotals Totals, IReadOnlyList<Disagreement> Named, string? File);
}
