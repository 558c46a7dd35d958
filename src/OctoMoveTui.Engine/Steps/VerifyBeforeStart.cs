using OctoMoveTui.Engine.Agreement;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// The gate: the new server is not started before database, key, paths and files are proven. A start could already be a re-index, which
/// drops packages whose file is missing (#1839).
/// </summary>
public sealed class VerifyBeforeStart : MoveStep<ProvenBeforeStart>
{
    /// <inheritdoc/>
    public override StepId Id => new("verify-before-start");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.VerifyBeforeStart;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = new UndoVerifyBeforeStart();

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, (move.Plan.Shape.MovesFoldersOnly() ? FolderWords.BeforeStartPreviewed : "Proves, before the new server starts for the first time: "
            + (move.Plan.Shape.StopsOldServer() ? "the old server is down and fenced" : RehearsalWords.BeforeStartPreviewed) + "; the new service has not run; the version is "
            + "the same, and the database's schema as it was; the key stored in the new instance "
            + "decrypts the restored database; all tables have their rows; the paths in the database are the new ones, and a file can be written and deleted there; every copied file "
            + "is there, by ") + $"{Looks(move)}. If a file is missing or damaged it says so; Retry then copies exactly that file again. "
            + "Then each package, finished task and artifact in the database is looked for in the directories: what is missing, and was not missing on the old server, stops here."),
        .. move.Plan.Directories.Select(each => new PreviewLine(PreviewKind.Path, each.To)),
    ];

    private static string Looks(MoveContext move) =>
        move.Copying.Verify == VerifyDepth.Contents ? "size, time and content" : "size and time (not by content: Copy:Verify says so)";

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing != Journal.JournalStanding.Finished ? new StepProbe.NotDone()
            : move.IsOfThisRun || move.HasBegun(new StartNewServer().Id) || move.HasBegun(StartServerAgain.Word) ? new StepProbe.CannotTell()
            : new StepProbe.WantedAgain(DriftWords.ProvenEarlier));

    /// <inheritdoc/>
    public override async Task<ProvenBeforeStart> RunAsync(MoveContext move, CancellationToken cancel)
    {
        if (move.IsHere(Side.Old))
        {
            await StopOldServer.ProveDownAsync(move, cancel);
            if (OldServerDown.Proven(move) is { } down)
                move.Proof(down);
        }

        await MuteDatabase.ProveAsync(move, cancel);
        await ServiceInstalling.ProveNotStartedAsync(move, cancel);
        await CheckNewServer.CheckVersionAsync(move, cancel);
        await ProveDatabaseAsync(move, cancel);
        await SameVersion.ProveSchemaAsync(move, isStarted: false, cancel);
        var key = await ProveKeyAsync(move, cancel);
        var tables = await ProveRowsAsync(move, cancel);
        if (await PlaceDirectories.FindWrongPathsAsync(move, cancel) is { Count: > 0 } wrong)
            throw CheckFailures.PathsWrong(wrong);
        if (move.Plan.Directories.Count > 0)
            move.Proof(Notes.PathsAreRight(move.Plan.Directories.Count));
        DirectoryCopying.ProveShared(move);

        // The files first: a directory that is gone as a whole is brought back by Retry, and has no rights until then.
        var files = await ProveFilesAsync(move, cancel);
        await ServiceRights.ProveAsync(move, cancel);
        var agreement = await AgreementRun.OnNewAsync(move, move.Agreement.Hashes == HashReading.Always, keepsPackages: true, cancel);
        return new ProvenBeforeStart(key.By, tables.Count, files) { Evidence = key.Evidence, Agreement = agreement.Kinds, Packages = agreement.Packages, MayBeDropped = await ProveStartDropsNothingNewAsync(move, agreement, cancel) };
    }

    // The first start may be a re-index: what that drops was accepted before the outage, or is now.
    private static async Task<long> ProveStartDropsNothingNewAsync(MoveContext move, AgreementTotals agreement, CancellationToken cancel)
    {
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.New.Database, cancel);
        var indexing = await StartUpIndexing.ReadAsync(session, cancel);
        ReindexForecast.Tell(move, indexing);
        return indexing.MayRun
            ? await ReindexForecast.AcceptAsync(move, agreement.Dropped, indexing, move.Folder.AgreementOf(Side.New), cancel)
            : move.Facts.Find<DatabaseAndFilesCompared>()?.MayBeDropped ?? 0;
    }

    // A database that stayed where it is has nothing to be compared with.
    private static async Task<IReadOnlyList<ReceiptTable>> ProveRowsAsync(MoveContext move, CancellationToken cancel)
    {
        if (!move.Plan.Shape.BringsDatabase())
            return [];
        var tables = await RestoreDatabase.CompareRowsAsync(move, cancel);

        // The receipt says that the new database is the old one: that of a rehearsal is not.
        if (move.Plan.Shape.StopsOldServer())
            await ReceiptWriting.WriteAsync(move, tables, cancel);
        return tables;
    }

    // The database that counts is the one the new instance is attached to.
    private static async Task ProveDatabaseAsync(MoveContext move, CancellationToken cancel)
    {
        RefuseOtherDatabase(move, await move.NewExe.ShowConfigurationAsync(cancel));
        move.Proof(Notes.AttachedTo($"{ConnectionStrings.Read(move.Plan.New.ConnectionString)}"));
    }

    /// <summary>The instance is attached to the planned database.</summary>
    /// <exception cref="MoveFailure">It is attached to another one.</exception>
    internal static void RefuseOtherDatabase(MoveContext move, InstanceConfiguration configuration)
    {
        var attached = ConnectionStrings.Read(configuration.ConnectionString);
        var planned = ConnectionStrings.Read(move.Plan.New.ConnectionString);
        if (attached.Server != planned.Server || attached.Database != planned.Database || attached.Login != planned.Login)
            throw OctopusFailures.AttachedElsewhere($"{attached}", $"{planned}");
    }

    // The key that counts is the one the new instance holds, not the one we remember.
    private static async Task<ProvenKey> ProveKeyAsync(MoveContext move, CancellationToken cancel)
    {
        var stored = await move.NewExe.ShowMasterKeyAsync(cancel);
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.New.Database, cancel);
        var proof = await KeyProof.ProveAsync(stored, session, cancel);
        move.Proof(Notes.KeyProven(proof.By));

        var old = move.Facts.Require<OldServerChecked>().Thumbprint;
        if (proof.Thumbprint is { } found)
        {
            if (!found.Equals(old, StringComparison.OrdinalIgnoreCase))
                throw OctopusFailures.Differs("The server certificate", old, found);
            move.Proof(Notes.ThumbprintEqual(old));
        }

        return proof;
    }

    // The first failure names the files; Retry, or the next start of octomove, copies just these again and verifies everything anew.
    private static async Task<long> ProveFilesAsync(MoveContext move, CancellationToken cancel)
    {
        var (files, wrong) = (0L, new List<DirectoryDifferences>());

        // Contents that were proven before are not read a second time inside the outage.
        var depth = move.Facts.Find<ProvenBeforeStart>() is null ? move.Copying.Verify : VerifyDepth.SizesAndTimes;
        foreach (var directory in move.Plan.DirectoriesToCopy)
        {
            var job = DirectoryCopying.LastWay(move, directory);
            var told = new ToldDifferences(job.ManifestFile);
            if (told.Read() is { Count: > 0 } paths)
                await DirectoryCopying.CopyAgainAsync(move, directory, paths, cancel);

            var found = await DirectoryCopying.VerifyAsync(move, job, depth, cancel);
            told.Write(found.Differences);
            if (found.DifferenceCount > 0)
            {
                wrong.Add(new DirectoryDifferences(job, told.File, found.Differences)
                {
                    Again = move.CopyTool is { } tool && DirectoryCopying.ComesStraight(move) ? CopyToolFailures.Again(move.Plan, tool, directory.Kind) : null,
                });
                continue;
            }

            var copied = move.Facts.Require<DirectoriesCopied>().Directories.First(each => each.Kind == directory.Kind);
            if (copied.ContentHash != found.ContentHash)
                throw CheckFailures.ManifestDiffers(directory.Kind, job.ManifestFile);
            move.Proof(Notes.DirectoryEqual(directory.Kind, found.Files, depth));
            files += found.Files;
        }

        return wrong.Count == 0 ? files : throw CheckFailures.FilesDiffer(wrong);
    }
}
