using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace OctoMoveTui.Engine.Agreement;

/// <summary>A row whose file is missing or another.</summary>
/// <param name="Of">What it is.</param>
/// <param name="Row">The row's id: the key by which a base line is compared.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Space">The space it belongs to; empty where there is none.</param>
/// <param name="How">What is wrong.</param>
/// <param name="Where">The file, or where it was looked for.</param>
/// <param name="Detail">The two sizes or hashes; empty when the file is missing.</param>
public sealed record Disagreement(AgreementKind Of, string Row, string Name, string Space, DisagreementKind How, string Where, string Detail)
{
    /// <summary>What a base line is searched for: the same row with the same trouble. 64 bits of a hash: two faults that share them are not to be expected.</summary>
    internal ulong Key => KeyOf($"{Of}\n{Row.ToUpperInvariant()}\n{How}");

    /// <summary>64 bits of a hash.</summary>
    internal static ulong KeyOf(string text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name}{(Space.Length > 0 ? $" ({Space})" : "")}: {(How == DisagreementKind.Missing ? $"no file {Where}" : $"{Where} {Detail}")}";
}
