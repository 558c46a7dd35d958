using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>
/// Q14. Where the database stays, the new server has to reach the very same one: "(local)" means another server on another machine, and a typing
/// error could lead to a copy. Opened with the login that the new server will use.
/// </summary>
public sealed class DatabaseThatStays() : SqlCheck("Q14c", SqlCheckWords.DatabaseThatStays, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server", "read-installed-version"];

    /// <inheritdoc/>
    public override bool EndsTheRest => true;

    /// <inheritdoc/>
    public override bool IsFor(MoveShape shape) => !shape.BringsDatabase();

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var old = sql.Scene.Old ?? throw new CannotBeTold(SqlCheckSentences.OldNotChecked);
        var server = (await sql.ServerAsync()).Facts.ServerName;
        if (!string.Equals(old.SqlServer, server, StringComparison.OrdinalIgnoreCase) || !string.Equals(old.Database, sql.Database, StringComparison.OrdinalIgnoreCase))
            return CheckResult.Failed(ShapeFailures.AnotherDatabase(sql.Database, server, old.Database, old.SqlServer));
        var version = (await sql.AskInAsync(sql.Database, "read-installed-version", row => row.Text("version"))).FirstRow();
        return version is not null && version != old.Version
            ? CheckResult.Failed(ShapeFailures.NotTheSameContent(sql.Database, version, old.Version))
            : CheckResult.Pass(SqlCheckSentences.SameDatabase(sql.Database, server));
    }
}
