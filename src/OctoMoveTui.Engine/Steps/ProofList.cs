using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The proofs of one look at the new server. All are made although one fails: at night nobody wants to find faults one by one.</summary>
internal sealed class ProofList(MoveContext move)
{
    private readonly List<ServerProof> proofs = [];
    private readonly List<MoveFailure> failures = [];

    internal IReadOnlyList<ServerProof> Proofs => proofs;

    internal int Held => proofs.Count(each => each.Standing == ProofStanding.Holds);

    internal void Holds(ProofTopic topic, string what, string old, string now, string? sentence = null)
    {
        proofs.Add(Clean(new ServerProof(topic, what, ProofStanding.Holds, old, now)));
        if (sentence is not null)
            move.Proof(sentence);
    }

    internal void Told(ProofTopic topic, string what, string old, string now, string note)
    {
        proofs.Add(Clean(new ServerProof(topic, what, ProofStanding.Told, old, now, note)));
        move.Warn(note);
    }

    internal void Differs(ProofTopic topic, string what, string old, string now, MoveFailure failure)
    {
        proofs.Add(Clean(new ServerProof(topic, what, ProofStanding.Differs, old, now, failure.Report.What)));
        move.Tell(new Logged(LogKind.Error, failure.Report.What, move.Step));
        failures.Add(failure);
    }

    internal bool HasFailed => failures.Count > 0;

    /// <exception cref="MoveFailure">What differs: all of it in one report.</exception>
    internal void ThrowIfAnyDiffers()
    {
        if (failures.Count > 0)
            throw failures.Count == 1 ? failures[0] : ProofFailures.Several([.. failures.Select(each => each.Report)]);
    }

    // Descriptions and error messages come from outside, and these are kept for good.
    private ServerProof Clean(ServerProof proof) => proof with
    {
        What = move.Clean(proof.What), Old = move.Clean(proof.Old), New = move.Clean(proof.New), Note = move.Clean(proof.Note),
    };
}
