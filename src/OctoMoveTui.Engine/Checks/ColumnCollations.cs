using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q4. Columns that were made under another collation than the database's own.</summary>
public sealed class ColumnCollations() : SqlCheck("Q4c", SqlCheckWords.ColumnCollations, Side.Old)
{
    // The script's TOP.
    private const int Listed = 20;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-database", "find-other-collations"];

    /// <inheritdoc/>
    public override SqlRight Needs => SqlRight.ReadDatabase;

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var collation = (await sql.DatabaseAsync()).Collation;
        var others = await sql.AskInAsync(
            sql.Database, "find-other-collations", row => $"{row.Text("schema_name")}.{row.Text("table_name")}.{row.Text("column_name")} ({row.Text("collation_name")})",
            ("@collation", collation));
        return others.Count == 0
            ? CheckResult.Pass(SqlCheckSentences.OneCollation(collation))
            : CheckResult.Warn(SqlCheckSentences.OtherCollations(others, collation, others.Count == Listed), SqlCheckSentences.CollationsTravel);
    }
}
