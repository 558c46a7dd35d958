using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q4. Octopus Server needs a case-insensitive database (Octopus's documentation).</summary>
public sealed class DatabaseCollation() : SqlCheck("Q4b", SqlCheckWords.Collation, Side.Old)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-database"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var row = await sql.DatabaseAsync();
        if (row.Collation.Length == 0)
            throw new CannotBeTold(SqlCheckSentences.NotOnline(row.Name, row.StateText));

        sql.Scene.Keep(found => found with { DatabaseCollation = row.Collation });
        return row.Collation.Contains("_CI_", StringComparison.OrdinalIgnoreCase)
            ? CheckResult.Pass(SqlCheckSentences.Collation(row.Collation))
            : CheckResult.Fail(SqlCheckSentences.CaseSensitive(row.Name, row.Collation), SqlCheckSentences.AskOctopus);
    }
}
