using System.Text.Json.Serialization;

namespace OctoMoveTui.Engine.Agreement;

/// <summary>A line of <c>agreement-old.jsonl</c> or <c>agreement-new.jsonl</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "line")]
[JsonDerivedType(typeof(AgreementHeader), "header")]
[JsonDerivedType(typeof(FaultLine), "fault")]
[JsonDerivedType(typeof(OrphanLine), "orphan")]
[JsonDerivedType(typeof(AgreementEnd), "end")]
public abstract record AgreementLine;

/// <summary>The first line: what was compared, and when.</summary>
public sealed record AgreementHeader(int Version, DateTimeOffset At, string SqlServer, string Database, IReadOnlyDictionary<string, string> Directories, bool Hashes) : AgreementLine;

/// <summary>A row whose file is missing or another.</summary>
public sealed record FaultLine(Disagreement Fault) : AgreementLine
{
    /// <summary>True when the base line doesn't have it.</summary>
    public bool IsNew { get; init; }
}

/// <summary>A file without a row.</summary>
public sealed record OrphanLine(AgreementKind Of, string File, long Size) : AgreementLine;

/// <summary>The last line: without it the list was cut short and counts for nothing.</summary>
public sealed record AgreementEnd(AgreementTotals Totals) : AgreementLine;
