using System.Text.Json;

namespace OctoMoveTui.Engine.Moving;

/// <summary>What the user keeps: why the database on the new SQL Server is the one that was on the old. Never a secret.</summary>
/// <param name="MoveId">The move.</param>
/// <param name="WrittenAt">When the servers were asked, UTC.</param>
/// <param name="Statements">What was proven otherwise than by comparing, a sentence each.</param>
/// <param name="Lines">Each thing compared.</param>
/// <param name="Tables">Exact row counts, table by table.</param>
public sealed record DatabaseReceipt(string MoveId, DateTimeOffset WrittenAt, IReadOnlyList<string> Statements, IReadOnlyList<ReceiptLine> Lines, IReadOnlyList<ReceiptTable> Tables)
{
    /// <summary>The text of database-receipt.json.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, MoveJson.Indented);
}

/// <summary>One thing compared.</summary>
/// <param name="What">What it is.</param>
/// <param name="Old">As the old side has it; empty when it can't be asked from here.</param>
/// <param name="Backup">As the backup file has it; empty when it has no such thing.</param>
/// <param name="New">As the new side has it; empty when it can't be asked.</param>
public sealed record ReceiptLine(string What, string Old, string Backup, string New)
{
    /// <summary>All that could be asked say the same.</summary>
    public bool Holds => Values.Distinct(StringComparer.OrdinalIgnoreCase).Count() <= 1;

    /// <summary>Fewer than two could be asked: nothing is proven.</summary>
    public bool IsOpen => Values.Count() < 2;

    private IEnumerable<string> Values => new[] { Old, Backup, New }.Where(each => each.Length > 0);
}

/// <summary>The exact row counts of a table on both servers.</summary>
public sealed record ReceiptTable(string Table, long Old, long New);
