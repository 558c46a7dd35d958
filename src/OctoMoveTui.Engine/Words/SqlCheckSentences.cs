using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>What the SQL Server checks find and advise: common to all, and the steps' one failure at the end.</summary>
internal static partial class SqlCheckSentences
{
    internal const string OldNotChecked = "The old server has not been checked for this plan yet; this is held against it.";

    internal static string OldUnknown(string what) => $"The check of the old server could not tell {what}.";

    internal static string NothingToLookAt(string database) => $"There is no database {database} to look at.";

    internal static string Denied(string login, int? number) => $"The login {login} may not ask (error {number}).";

    internal static string NoAnswer(TimeSpan limit) => $"No answer within {limit.TotalSeconds:0} seconds.";

    internal static string CouldNotAsk(string what) => $"It could not be asked. {what}";

    internal static string Broken(Exception defect) => $"This check is broken, which is a defect of octomove: {defect.Message}";

    internal static string LoggedIn(string login, string server) => $"{login} is logged in to {server}.";

    /// <summary>The statement that gives a right.</summary>
    internal static string Grant(SqlRight right, string login, string database) => right switch
    {
        SqlRight.ViewServerState => $"USE master; GRANT VIEW SERVER STATE TO {Q(login)};",
        SqlRight.ViewDefinitions => $"USE master; GRANT VIEW ANY DEFINITION TO {Q(login)};",
        SqlRight.ReadHistory => $"USE msdb; CREATE USER {Q(login)} FOR LOGIN {Q(login)}; ALTER ROLE db_datareader ADD MEMBER {Q(login)};",
        SqlRight.ReadDatabase => $"USE {Q(database)}; ALTER ROLE db_datareader ADD MEMBER {Q(login)};",
        SqlRight.ViewDatabaseState => $"USE {Q(database)}; GRANT VIEW DATABASE STATE TO {Q(login)};",
        SqlRight.CreateDatabase => $"USE master; GRANT CREATE ANY DATABASE TO {Q(login)};",
        _ => $"USE {Q(database)}; ALTER ROLE db_backupoperator ADD MEMBER {Q(login)};",
    };

    /// <summary>All checks that failed, as one failure: the cause is the first one's.</summary>
    internal static MoveFailure Failed(Side side, IReadOnlyList<(string Id, string Title, CheckResult Result)> failed)
    {
        var first = failed[0].Result;
        if (failed.Count == 1)
            return new(new(first.Cause, first.Finding, "", first.Advice, first.Raw));

        return new(new(
            first.Cause,
            // Short: it stands behind the step's name too. Each finding has been told by its check.
            $"{failed.Count} checks of the {(side == Side.Old ? "old" : "new")} server failed: {string.Join("; ", failed.Select(each => $"{each.Id} {each.Title}"))}.",
            string.Join(" ", failed.Select(each => $"{each.Id}: {each.Result.Finding}")),
            [.. failed.SelectMany(each => each.Result.Advice.Select(advice => $"{each.Id}: {advice}"))],
            failed.Select(each => each.Result.Raw).FirstOrDefault(each => each is not null)));
    }

    private static string Q(string name) => SqlScript.Quote(name);

    private static string Size(long bytes) => Notes.Size(bytes);
}
