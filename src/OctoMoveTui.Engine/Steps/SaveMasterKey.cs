using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Guide step 2: save the master key. Before the outage, because without it everything after is worthless: it is proven against the
/// database, and that a copy is saved is proven by typing it again, or by opening the key file that it was saved to.
/// </summary>
public sealed class SaveMasterKey : MoveStep<MasterKeySaved>
{
    /// <inheritdoc/>
    public override StepId Id => new("save-master-key");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.SaveMasterKey;

    /// <inheritdoc/>
    public override Side Side => Side.Old;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.ReadsOnly;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = StepUndo.Stays(move => UndoWords.KeyFileStays(move));

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Reads the master key, proves it by decrypting the server certificate and sensitive values of the old database, shows it to you "
            + "on request, and lets you prove that you saved it: by typing it again, or by saving it to a file under a passphrase, which is then opened again."),
        new(PreviewKind.Path, move.KeyFilePath),
        move.Command(move.OldExe, move.OldExe.ShowMasterKey),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<MasterKeySaved> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var given = move.Secrets.FromEnvironment(SecretKind.MasterKey) is { } secret ? MasterKey.Parse(secret.Reveal()) : null;
        var key = await ReadKeyAsync(move, cancel);

        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.Old.Database, cancel);
        var proof = await KeyProof.ProveAsync(key, session, cancel);
        move.Proof(Notes.KeyProven(proof.By));
        if (proof.Unreadable > 0)
            move.Warn(Notes.UnreadableValues(proof.Unreadable));
        foreach (var each in proof.Evidence.NotRead)
            move.Warn(each);

        if (given is not null && !given.Equals(key))
            throw MasterKeyFailures.ConfiguredAnother();
        var file = move.Secrets.FromEnvironment(SecretKind.KeyFilePassphrase) is { } passphrase ? SaveToFile(move, key, move.KeyFilePath, passphrase) : null;
        if (given is not null)
            move.Proof(Notes.KeyTakenFromEnvironment);
        else if (file is null)
            file = await ProveSavedAsync(move, key, proof, cancel);

        move.Secrets.Remember(SecretKind.MasterKey, key.Reveal());
        return new MasterKeySaved(key.Fingerprint, proof.By) { KeyFile = file, Evidence = proof.Evidence };
    }

    private static async Task<MasterKey> ReadKeyAsync(MoveContext move, CancellationToken cancel)
    {
        try
        {
            return await move.OldExe.ShowMasterKeyAsync(cancel);
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.OctopusCommand)
        {
            return await move.AskMasterKeyAsync(failure.Report.What, cancel);
        }
    }

    // The path of the key file; null when the key was typed again.
    private static async Task<string?> ProveSavedAsync(MoveContext move, MasterKey key, ProvenKey proof, CancellationToken cancel)
    {
        string? problem = null;
        while (true)
        {
            var answer = await move.AskAsync(
                new ProveMasterKeySaved(new Secret(key.Reveal()), key.Fingerprint, proof.By) { Problem = problem, KeyFile = move.KeyFilePath }, cancel);
            try
            {
                switch (answer)
                {
                    case KeyFileGiven file:
                        move.Hide(file.Passphrase.Reveal());
                        return SaveToFile(move, key, file.File.Trim(), file.Passphrase);
                    case SecretGiven given when MasterKey.Parse(given.Value.Reveal()).Equals(key):
                        move.Proof(Notes.KeyTypedAgain);
                        return null;
                    default:
                        problem = MasterKeyFailures.TypedAnother().Report.What;
                        break;
                }
            }
            catch (MoveFailure failure)
            {
                problem = $"{failure.Report.What} {failure.Report.Why}";
            }
        }
    }

    private static string SaveToFile(MoveContext move, MasterKey key, string file, Secret passphrase)
    {
        KeyFile.Save(file, key, passphrase, new KeyOrigin(move.Plan.Old.Machine, move.Plan.Old.Instance, move.Plan.MoveId, move.Time.GetUtcNow()));
        move.Proof(Notes.KeyFileSaved(file));
        return file;
    }
}
