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
    public override StepNature Nature => StepNature.ReadsOnly;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Proves, before the new server starts for the first time: the old server is down and fenced; the key stored in the new instance "
            + "decrypts the restored database; all tables have their rows; the paths in the database are the new ones; every copied file "
            + "is there, by size, time and content."),
        .. move.Plan.Directories.Select(each => new PreviewLine(PreviewKind.Path, each.To)),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<ProvenBeforeStart> RunAsync(MoveContext move, CancellationToken cancel)
    {
        if (move.IsHere(Side.Old))
        {
            await StopOldServer.ProveDownAsync(move, cancel);
            move.Proof(Notes.OldServerStillDown(move.Plan.Old.Service));
        }

        await ProveDatabaseAsync(move, cancel);
        var key = await ProveKeyAsync(move, cancel);
        var tables = await RestoreDatabase.CompareRowsAsync(move, cancel);
        if (await PlaceDirectories.FindWrongPathsAsync(move, cancel) is { Count: > 0 } wrong)
            throw CheckFailures.PathsWrong(wrong);
        move.Proof(Notes.PathsAreRight(move.Plan.Directories.Count));
        return new ProvenBeforeStart(key, tables, await ProveFilesAsync(move, cancel));
    }

    // The database that counts is the one the new instance is attached to.
    private static async Task ProveDatabaseAsync(MoveContext move, CancellationToken cancel)
    {
        var attached = ConnectionStrings.Read((await move.NewExe.ShowConfigurationAsync(cancel)).ConnectionString);
        var planned = ConnectionStrings.Read(move.Plan.New.ConnectionString);
        if (attached.Server != planned.Server || attached.Database != planned.Database || attached.Login != planned.Login)
            throw OctopusFailures.AttachedElsewhere($"{attached}", $"{planned}");
        move.Proof(Notes.AttachedTo($"{planned}"));
    }

    // The key that counts is the one the new instance holds, not the one we remember.
    private static async Task<string> ProveKeyAsync(MoveContext move, CancellationToken cancel)
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

        return proof.By;
    }

    private static async Task<long> ProveFilesAsync(MoveContext move, CancellationToken cancel)
    {
        var (verifier, files) = (new DirectoryVerifier(move.Time), 0L);
        foreach (var directory in move.Plan.Directories)
        {
            var meter = move.Meter($"Verifying {directory.Kind}", ProgressUnit.Bytes);
            var manifest = move.Plan.OneMachine ? move.Folder.ManifestOf(directory.Kind) : move.Folder.PlacedManifestOf(directory.Kind);
            var totals = await verifier.VerifyAsync(
                directory.Kind, directory.To, manifest, VerifyDepth.Contents,
                progress => meter.Report(progress.BytesDone, progress.BytesTotal, progress.CurrentFile), cancel);
            if (totals.DifferenceCount > 0)
                throw CheckFailures.FilesDiffer(directory.Kind, totals.DifferenceCount, totals.Differences.Take(5).Select(each => each.ToString()));

            var copied = move.Facts.Require<DirectoriesCopied>().Directories.First(each => each.Kind == directory.Kind);
            if (copied.ContentHash != totals.ContentHash)
                throw CheckFailures.FilesDiffer(directory.Kind, 1, ["the hash over all files differs from the one taken on the old server"]);
            move.Proof(Notes.DirectoryEqual(directory.Kind, totals.Files));
            files += totals.Files;
        }

        return files;
    }
}
