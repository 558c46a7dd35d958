using System.Security.Authentication;
using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Sql;

/// <summary>
/// From the client library's exception to a failure with advice. What is said about which error number stands in Words/Sql*Advice.cs, a file a
/// family; docs/sql-server-errors.md shows all of it.
/// </summary>
public static class SqlFailures
{
    /// <summary>"BACKUP DATABASE WITH COMPRESSION is not supported on this edition" (error 1844).</summary>
    public const int NoCompression = 1844;

    /// <summary>"Login failed" (error 18456): which of login and password is wrong stands only in the server's own log.</summary>
    public const int LoginRefused = 18456;

    /// <summary>The database can't be opened by this login (error 4060).</summary>
    public const int DatabaseRefused = 4060;

    /// <summary>"Could not insert a backup or restore history record in msdb": the backup or restore itself succeeded (error 3009).</summary>
    public const int NoHistory = 3009;

    /// <summary>"Invalid column name" (error 207): this version does not have it.</summary>
    public const int NoSuchColumn = 207;

    /// <summary>"Invalid object name" (error 208): there is no such table.</summary>
    public const int NoSuchTable = 208;

    /// <summary>The number of the first error, when this failure came from SQL Server.</summary>
    public static int? NumberOf(MoveFailure failure) => failure.InnerException is SqlException error ? NumberOf(error) : null;

    /// <summary>
    /// True when the backup or restore itself may well have succeeded, because msdb's history was what could not be written: any error of the
    /// chain is 3009. It need not be the first: what keeps msdb from being written (9002, 1105) comes before it.
    /// </summary>
    public static bool IsOnlyHistory(MoveFailure failure) =>
        failure.InnerException is SqlException error && MessagesOf(error).Any(each => each.Number == NoHistory);

    /// <summary>The number of the first error: the client library puts information messages of the same batch before it.</summary>
    internal static int NumberOf(SqlException error) => new SqlTrouble { Server = "", Messages = MessagesOf(error) }.Number;

    /// <summary>A plain TCP connect did not get through.</summary>
    internal static MoveFailure Unreachable(SqlServer server, ServerReach obstacle) => Failure(
        SqlNetworkAdvice.Unreached(new SqlTrouble { Server = server.Name, Login = server.Login, Messages = [], Reach = obstacle }), null, null);

    /// <summary>The session did not come about.</summary>
    internal static MoveFailure Connecting(SqlServer server, string database, SqlException error, ServerReach? reach) => Explain(
        new SqlTrouble
        {
            Server = server.Name, Login = server.Login, Messages = MessagesOf(error), SessionDatabase = database, Reach = reach,
            IsCertificateRefused = Causes(error).Any(each => each is AuthenticationException),
        },
        error);

    /// <summary>A statement failed.</summary>
    internal static MoveFailure Statement(
        SqlServer server, string database, string statement, IReadOnlyList<(string Name, object? Value)> parameters, ServiceAccount? account,
        SqlException error) => Explain(
        new SqlTrouble
        {
            Server = server.Name, Login = server.Login, Messages = MessagesOf(error), SessionDatabase = database,
            Statement = statement, Parameters = parameters, Account = account,
        },
        error);

    /// <summary>A statement met a connection that had broken before.</summary>
    internal static MoveFailure Broken(SqlServer server, string database, string statement, InvalidOperationException error) => Failure(
        SqlAdvice.For(new SqlTrouble
        {
            Server = server.Name, Login = server.Login, Messages = [new SqlTroubleMessage(0, 0, 20, error.Message)], SessionDatabase = database, Statement = statement,
        }),
        error.Message, error);

    private static MoveFailure Explain(SqlTrouble trouble, SqlException error) => Failure(
        SqlAdvice.For(trouble), string.Join("\n", trouble.Errors.Select(each => $"{each.Number}: {each.Text}")), error);

    private static MoveFailure Failure(SqlAdvice advice, string? raw, Exception? inner) =>
        new(new FailureReport(advice.Cause, advice.What, advice.Why, advice.ToDo, raw), inner);

    private static IReadOnlyList<SqlTroubleMessage> MessagesOf(SqlException error) => error.Errors.Count > 0
        ? [.. error.Errors.Cast<SqlError>().Select(each => new SqlTroubleMessage(each.Number, each.State, each.Class, each.Message))]
        : [new SqlTroubleMessage(error.Number, error.State, error.Class, error.Message)];

    private static IEnumerable<Exception> Causes(Exception error)
    {
        for (Exception? each = error; each is not null; each = each.InnerException)
            yield return each;
    }
}
