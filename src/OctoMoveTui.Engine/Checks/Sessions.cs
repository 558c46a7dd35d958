using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>
/// Q17. Who is connected: on the old server the nodes of Octopus Server show themselves by their host names; on the new one nobody should be
/// in a database that is going to be overwritten.
/// </summary>
public sealed class Sessions() : SqlCheck("Q17", SqlCheckWords.Sessions, Side.Old, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-database", "read-rights", "find-sessions"];

    /// <inheritdoc/>
    public override bool IsFor(MoveShape shape) => true;

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        if (sql.Side == Side.New && await sql.FindDatabaseAsync() is null)
            return CheckResult.Pass(SqlCheckSentences.NobodyConnected);

        var sessions = await sql.SessionsAsync();
        if (sql.Side == Side.New && sessions.Count > 0)
            return CheckResult.Warn(SqlCheckSentences.ConnectedToNew(sql.Database, sessions), SqlCheckSentences.CloseThem);

        var elsewhere = sessions.Select(each => each.Host).Where(each => !IsOldMachine(sql.Plan, each)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (elsewhere.Count > 0)
            return CheckResult.Warn(SqlCheckSentences.ConnectedFromElsewhere(sessions, elsewhere), SqlCheckSentences.StopOthers);
        if (!(await sql.RightsAsync()).SeesServerState)
        {
            return CheckResult.Unknown(
                sessions.Count == 0 ? SqlCheckSentences.SeesOnlyItsOwn(sql.Scene.Login) : $"{SqlCheckSentences.SeesOnlyItsOwn(sql.Scene.Login)} {SqlCheckSentences.Connected(sessions)}",
                SqlCheckSentences.Grant(SqlRight.ViewServerState, sql.Scene.Login, sql.Database));
        }

        return CheckResult.Pass(sessions.Count == 0 ? SqlCheckSentences.NobodyConnected : SqlCheckSentences.Connected(sessions));
    }

    // A plan may have the full name of the machine, a session has the short one.
    private static bool IsOldMachine(MovePlan plan, string host) =>
        string.Equals(plan.Old.Machine.Split('.')[0], host.Split('.')[0], StringComparison.OrdinalIgnoreCase);
}
