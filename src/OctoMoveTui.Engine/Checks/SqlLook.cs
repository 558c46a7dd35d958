using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Checks;

/// <summary>
/// The connections of one run of checks, one a database, and the answers so far: several checks look at one row. A connection that broke or
/// was stopped in the middle of a query is not used again.
/// </summary>
public sealed class SqlLook(SqlServer server) : IAsyncDisposable
{
    private readonly Dictionary<string, SqlSession> sessions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, object> answers = new(StringComparer.Ordinal);

    /// <summary>Opens the connection to master before the first query, so that trouble with it is said once.</summary>
    /// <exception cref="MoveFailure">The server can't be reached, or refuses the login.</exception>
    public Task ConnectAsync(CancellationToken cancel) => SessionAsync("master", cancel);

    /// <summary>The rows of a query; from memory when it was asked before.</summary>
    public async Task<IReadOnlyList<T>> AskAsync<T>(
        string database, string text, Func<SqlRow, T> map, (string Name, object? Value)[] values, CancellationToken cancel)
    {
        var key = $"{database}\n{SqlScript.Readable(text, values)}";
        if (answers.TryGetValue(key, out var known))
            return known is MoveFailure failed ? throw failed : (IReadOnlyList<T>)known;

        try
        {
            var session = await SessionAsync(database, cancel);
            var rows = await session.QueryAsync(text, map, cancel, values);
            answers[key] = rows;
            return rows;
        }
        catch (MoveFailure failure)
        {
            answers[key] = failure;
            if (failure.Report.Cause == FailureCause.SqlConnection)
                await DropAsync(database);
            throw;
        }
        catch (OperationCanceledException)
        {
            await DropAsync(database);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var session in sessions.Values)
            await session.DisposeAsync();
        sessions.Clear();
    }

    private async Task<SqlSession> SessionAsync(string database, CancellationToken cancel)
    {
        if (!sessions.TryGetValue(database, out var session))
            sessions[database] = session = await server.OpenAsync(database, cancel);
        return session;
    }

    private async Task DropAsync(string database)
    {
        if (sessions.Remove(database, out var session))
            await session.DisposeAsync();
    }
}
