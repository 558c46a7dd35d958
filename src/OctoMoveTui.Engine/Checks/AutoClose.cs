using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q4. Express switches it on for new databases, and the restored one inherits it.</summary>
public sealed class AutoClose() : SqlCheck("Q4f", SqlCheckWords.AutoClose, Side.Old)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-database"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var row = await sql.DatabaseAsync();
        return row.IsAutoClose
            ? CheckResult.Warn(SqlCheckSentences.AutoClose(isOn: true), SqlCheckSentences.SetAutoClose(row.Name))
            : CheckResult.Pass(SqlCheckSentences.AutoClose(isOn: false));
    }
}
