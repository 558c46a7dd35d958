using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q4. The database brings its own collation; temporary tables have the server's.</summary>
public sealed class ServerCollation() : SqlCheck("Q4d", SqlCheckWords.ServerCollation, Side.Old, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var collation = (await sql.ServerAsync()).Facts.Collation;
        if (sql.Side == Side.Old)
        {
            sql.Scene.Keep(found => found with { ServerCollation = collation });
            return CheckResult.Pass(SqlCheckSentences.SameServerCollation(collation));
        }

        var old = sql.Old(each => each.ServerCollation, "its collation");
        return string.Equals(old, collation, StringComparison.OrdinalIgnoreCase)
            ? CheckResult.Pass(SqlCheckSentences.SameServerCollation(collation))
            : CheckResult.Warn(SqlCheckSentences.OtherServerCollation(old, collation), SqlCheckSentences.SameCollation);
    }
}
