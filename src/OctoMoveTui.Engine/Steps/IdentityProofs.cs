using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Who answers at the new address: the new server, and what the old one was.</summary>
internal static class IdentityProofs
{
    private const ProofTopic Topic = ProofTopic.Identity;

    internal static async Task MakeAsync(MoveContext move, OctopusApi api, ProofList proofs, CancellationToken cancel)
    {
        var old = move.Facts.Require<OldServerChecked>();
        var identity = await api.GetIdentityAsync(cancel);
        var thumbprint = await api.GetThumbprintAsync(cancel);
        Compare(proofs, "The version", old.Version, OctopusVersion.AreSame(old.Version, identity.Version) ? old.Version : identity.Version, null);
        if (!move.Plan.Shape.StopsOldServer())
            CompareInstallation(proofs, old.InstallationId, identity.InstallationId);
        else
            Compare(proofs, "The installation id", old.InstallationId, identity.InstallationId, Notes.InstallationEqual(identity.InstallationId));
        Compare(proofs, "The server certificate", old.Thumbprint, thumbprint, Notes.ThumbprintEqual(thumbprint));
        await NodeAsync(move, identity.Node, proofs, cancel);

        if (!move.Plan.Shape.StopsOldServer())
            proofs.Told(Topic, ProofWords.MaintenanceMode, "off", "", RehearsalWords.NobodyLockedOut);
        else if (await api.IsInMaintenanceModeAsync(cancel))
            proofs.Holds(Topic, ProofWords.MaintenanceMode, "", "on");
        else if (await UserLock.HoldsAsync(move, api, cancel))
            proofs.Told(Topic, ProofWords.MaintenanceMode, "off", "off", ByHandWords.Unlocked(move.Plan.New.Url));
        else
            proofs.Differs(Topic, ProofWords.MaintenanceMode, "on", "off", OctopusFailures.NotInMaintenanceMode(move.Plan.New.Url));

        if (await api.FindPotentialCloneAsync(cancel) is { } isClone)
        {
            if (isClone)
                proofs.Told(Topic, ProofWords.Clone, "", "yes", ProofWords.TakesItselfForAClone(identity.InstallationId));
            else
                proofs.Holds(Topic, ProofWords.Clone, "", "no");
        }
    }

    private static void Compare(ProofList proofs, string what, string before, string now, string? sentence)
    {
        if (string.Equals(before, now, StringComparison.OrdinalIgnoreCase))
            proofs.Holds(Topic, what, before, now, sentence);
        else
            proofs.Differs(Topic, what, before, now, OctopusFailures.Differs(what, before, now));
    }

    // A copy that keeps the id is two servers with one identity.
    private static void CompareInstallation(ProofList proofs, string before, string now)
    {
        if (before != now)
            proofs.Holds(Topic, "The installation id", before, now, RehearsalWords.OtherInstallation(now));
        else
            proofs.Differs(Topic, "The installation id", before, now, RehearsalWords.SameInstallation(now));
    }

    // A name in DNS that still leads to the old server would prove everything of the wrong one.
    private static async Task NodeAsync(MoveContext move, string? answering, ProofList proofs, CancellationToken cancel)
    {
        var oldNodes = move.Facts.Find<MaintenanceModeEntered>()?.DrainedNodes ?? [];
        var own = (await move.NewExe.ShowConfigurationAsync(cancel)).NodeName;
        var old = string.Join(", ", oldNodes);
        if (answering is null)
            proofs.Told(Topic, ProofWords.Node, old, "", ProofWords.NodeNotSaid(move.Plan.New.Url));
        else if (own.Length > 0 ? answering == own : !oldNodes.Contains(answering))
            proofs.Holds(Topic, ProofWords.Node, old, answering, ProofWords.NodeAnswers(move.Plan.New.Url, answering));
        else if (oldNodes.Contains(answering))
            proofs.Differs(Topic, ProofWords.Node, old, answering, ProofFailures.OldNodeAnswers(move.Plan.New.Url, answering));
        else
            proofs.Told(Topic, ProofWords.Node, old, answering, ProofWords.AnotherNodeAnswers(move.Plan.New.Url, answering, own));
    }
}
