using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q14. Whatever the connection strings call it: the database that would be overwritten must not be the original.</summary>
public sealed class NotTheOldDatabase() : SqlCheck("Q14", SqlCheckWords.NotTheOldDatabase, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server"];

    /// <inheritdoc/>
    public override bool EndsTheRest => true;

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var old = sql.Scene.Old ?? throw new CannotBeTold(SqlCheckSentences.OldNotChecked);
        var server = (await sql.ServerAsync()).Facts.ServerName;
        return string.Equals(old.SqlServer, server, StringComparison.OrdinalIgnoreCase) && string.Equals(old.Database, sql.Database, StringComparison.OrdinalIgnoreCase)
            ? CheckResult.Failed(CheckFailures.SameDatabase(server, old.Database))
            : CheckResult.Pass(SqlCheckSentences.AnotherDatabase(sql.Database, server, old.Database, old.SqlServer));
    }
}
