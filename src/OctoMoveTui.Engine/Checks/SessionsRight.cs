using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q9. Without VIEW SERVER STATE other sessions are hidden, and with them other server nodes.</summary>
public sealed class SessionsRight() : SqlCheck("Q9d", SqlCheckWords.SeesSessions, Side.Old, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["read-rights"];

    /// <inheritdoc/>
    public override bool IsFor(MoveShape shape) => true;

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var rights = await sql.RightsAsync();
        return rights.SeesServerState
            ? CheckResult.Pass(SqlCheckSentences.SeesAllSessions(rights.Login))
            : CheckResult.Unknown(
                SqlCheckSentences.SeesOwnSessionsOnly(rights.Login), SqlCheckSentences.Grant(SqlRight.ViewServerState, rights.Login, sql.Database));
    }
}
