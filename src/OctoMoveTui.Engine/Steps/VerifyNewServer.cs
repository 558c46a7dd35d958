using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>After the guide: the new server itself is asked, while it is still locked, whether it is what the old one was.</summary>
public sealed class VerifyNewServer : MoveStep<NewServerVerified>
{
    /// <inheritdoc/>
    public override StepId Id => new("verify-new-server");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.VerifyNewServer;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.ReadsOnly;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Compares version, installation id and thumbprint with the old server's, and reads the log of an old task."),
        new(PreviewKind.Request, $"GET {move.Plan.New.Url}/api, /api/configuration/certificates/certificate-global, /api/tasks/{{id}}/raw"),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<NewServerVerified> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var old = move.Facts.Require<OldServerChecked>();
        using var api = await move.NewApiAsync(cancel);
        var (identity, checks) = (await api.GetIdentityAsync(cancel), 0);

        Compare("The version", old.Version, identity.Version);
        Compare("The installation id", old.InstallationId, identity.InstallationId);
        Compare("The server certificate", old.Thumbprint, await api.GetThumbprintAsync(cancel));
        move.Proof(Notes.ThumbprintEqual(old.Thumbprint));

        if (!await api.IsInMaintenanceModeAsync(cancel))
            throw OctopusFailures.NotInMaintenanceMode(move.Plan.New.Url);
        checks++;

        // Blank deployment screens are what a missing TaskLogs directory looks like.
        if (await api.FindTaskFinishedBeforeAsync(move.Facts.Require<MaintenanceModeEntered>().Since, cancel) is { } task)
        {
            move.Proof(Notes.TaskLogReadable(task, (await api.ReadTaskLogAsync(task, cancel)).Length));
            checks++;
        }

        if (await TaskLeftovers.FindAsync(move, api, cancel) is { Count: > 0 } leftovers)
            move.Warn(TaskWords.Leftovers(move.Plan.New.Url, leftovers));
        return new NewServerVerified(checks);

        void Compare(string what, string before, string now)
        {
            if (!string.Equals(before, now, StringComparison.OrdinalIgnoreCase))
                throw OctopusFailures.Differs(what, before, now);
            checks++;
        }
    }
}
