using System.Text.Json;

namespace OctoMoveTui.Engine.Moving;

/// <summary>What the user keeps: why the new Octopus Server is the one that was on the old machine, and what is left to do. Never a secret.</summary>
/// <param name="MoveId">The move.</param>
/// <param name="WrittenAt">When it was written last, UTC: after the proofs, when maintenance mode ended, and when the old server was retired.</param>
/// <param name="Standing">How far the move is, in a sentence.</param>
/// <param name="Keys">How the master key was proven, each time.</param>
/// <param name="Proofs">Each thing that the new server was asked.</param>
/// <param name="Afterwards">What was proven when maintenance mode ended, and after; a sentence each.</param>
/// <param name="Remaining">What is left to do, a sentence each.</param>
public sealed record OctopusReceipt(
    string MoveId, DateTimeOffset WrittenAt, string Standing, IReadOnlyList<ReceiptKey> Keys, IReadOnlyList<ServerProof> Proofs,
    IReadOnlyList<string> Afterwards, IReadOnlyList<string> Remaining)
{
    /// <summary>The text of octopus-receipt.json.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, MoveJson.Indented);
}

/// <summary>A proof of the master key.</summary>
/// <param name="When">Against which database.</param>
/// <param name="Thumbprint">The server certificate that it opened; empty when there was none to open.</param>
/// <param name="Fit">Sensitive values that it decrypted.</param>
/// <param name="Tried">Sensitive values that were tried.</param>
/// <param name="Notes">What could not be used.</param>
public sealed record ReceiptKey(string When, string Thumbprint, int Fit, int Tried, IReadOnlyList<string> Notes);
