using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Sql;

/// <summary>One connection, for as long as a step needs it.</summary>
public sealed class SqlSession : IAsyncDisposable
{
    // "n percent processed": error number 3211, sent as information at each STATS step.
    private const int PercentProcessed = 3211;

    private static readonly TimeSpan BetweenCancels = TimeSpan.FromMilliseconds(50);

    private static readonly string? ClientLibrary = typeof(SqlConnection).Assembly.GetName().Name;

    private readonly SqlConnection connection;
    private readonly SqlServer server;

    internal SqlSession(SqlConnection connection, SqlServer server, Action<string> detail)
    {
        this.connection = connection;
        this.server = server;
        connection.InfoMessage += (_, message) =>
        {
            // Runs on the thread that reads the answer: pass on and return, a slow handler would stall the server.
            foreach (SqlError each in message.Errors)
            {
                if (each.Number != PercentProcessed)
                    detail(each.Message);
            }
        };
    }

    /// <summary>The session's number on the server (@@SPID).</summary>
    public int Id => connection.ServerProcessId;

    /// <summary>All rows of a query.</summary>
    /// <exception cref="MoveFailure">SQL Server refused or failed it.</exception>
    public Task<IReadOnlyList<T>> QueryAsync<T>(
        string text, Func<SqlRow, T> map, CancellationToken cancel, params (string Name, object? Value)[] parameters) =>
        QueryAsync(text, map, parameters, (int)server.QuestionTime.TotalSeconds, cancel);

    /// <summary>All rows of a query that reads whole tables or backup files: it may take as long as it takes, or until it is cancelled.</summary>
    /// <exception cref="MoveFailure">SQL Server refused or failed it.</exception>
    public Task<IReadOnlyList<T>> QueryAtLeisureAsync<T>(
        string text, Func<SqlRow, T> map, CancellationToken cancel, params (string Name, object? Value)[] parameters) =>
        QueryAsync(text, map, parameters, 0, cancel);

    private async Task<IReadOnlyList<T>> QueryAsync<T>(
        string text, Func<SqlRow, T> map, (string Name, object? Value)[] parameters, int seconds, CancellationToken cancel)
    {
        using var effect = Effect.Of(EffectKind.Statement, text, connection.Database);
        try
        {
            await using var command = Command(text, parameters);
            command.CommandTimeout = seconds;
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancel))
                rows.Add(map(new SqlRow(reader)));
            return rows;
        }
        catch (SqlException error)
        {
            cancel.ThrowIfCancellationRequested();
            throw await ExplainAsync(text, parameters, error, cancel);
        }
        catch (InvalidOperationException error) when (error.Source == ClientLibrary)
        {
            // Whoever took an earlier failure for an answer asks on with a connection that is gone. It may say meanwhile that it is open.
            cancel.ThrowIfCancellationRequested();
            throw SqlFailures.Broken(server, connection.Database, text, error);
        }
    }

    /// <summary>The first row of a query, or null when there is none.</summary>
    public async Task<T?> FirstAsync<T>(
        string text, Func<SqlRow, T> map, CancellationToken cancel, params (string Name, object? Value)[] parameters)
        where T : class => (await QueryAsync(text, map, cancel, parameters)) is [var first, ..] ? first : null;

    /// <summary>A short statement without rows.</summary>
    public async Task ExecuteAsync(string text, CancellationToken cancel, params (string Name, object? Value)[] parameters) =>
        await QueryAsync(text, _ => 0, cancel, parameters);

    /// <summary>
    /// BACKUP, RESTORE, CHECKDB: no timeout, live percentages, real exceptions, and a cancel that reaches the server. Only a synchronous
    /// reader on a thread of its own with <see cref="SqlCommand.Cancel"/> from another gives all three: an asynchronous call can't be
    /// cancelled once the first message has arrived, and FireInfoMessageEventOnUserErrors would swallow errors of severity 16.
    /// </summary>
    /// <param name="text">The statement.</param>
    /// <param name="percent">Gets each percentage.</param>
    /// <param name="cancel">Cancels the statement on the server.</param>
    /// <param name="parameters">Its parameters.</param>
    public async Task RunLongAsync(string text, Action<int> percent, CancellationToken cancel, params (string Name, object? Value)[] parameters)
    {
        cancel.ThrowIfCancellationRequested();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var effect = Effect.Of(EffectKind.Statement, text, connection.Database);
        await using var command = Command(text, parameters);
        command.CommandTimeout = 0;

        void Percent(object? sender, SqlInfoMessageEventArgs message)
        {
            foreach (SqlError each in message.Errors)
            {
                if (each.Number == PercentProcessed && LeadingNumber(each.Message) is { } value)
                    percent(value);
            }
        }

        connection.InfoMessage += Percent;
        new Thread(() =>
        {
            try
            {
                using (var reader = command.ExecuteReader())
                {
                    do
                    {
                        while (reader.Read())
                        {
                        }
                    }
                    while (reader.NextResult());
                }

                // Only now: the next statement may come at once, and must not find the reader open.
                done.SetResult();
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        })
        { IsBackground = true, Name = "long SQL command" }.Start();

        // Cancel() does nothing before the statement is under way, and nobody says when that is: it is said again until the statement has ended.
        await using var canceller = TimeProvider.System.CreateTimer(_ => Cancel(command), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var registration = cancel.Register(() => canceller.Change(TimeSpan.Zero, BetweenCancels));
        try
        {
            await done.Task;
        }
        catch (SqlException error)
        {
            cancel.ThrowIfCancellationRequested();
            throw await ExplainAsync(text, parameters, error, cancel);
        }
        catch (InvalidOperationException error) when (error.Source == ClientLibrary)
        {
            // Whoever took an earlier failure for an answer asks on with a connection that is gone. It may say meanwhile that it is open.
            cancel.ThrowIfCancellationRequested();
            throw SqlFailures.Broken(server, connection.Database, text, error);
        }
        finally
        {
            connection.InfoMessage -= Percent;
        }
    }

    // Advice about files names the account whose rights count: the server is asked for it while it is still there.
    private async Task<MoveFailure> ExplainAsync(
        string text, (string Name, object? Value)[] parameters, SqlException error, CancellationToken cancel)
    {
        var account = SqlAdvice.WantsServiceAccount(SqlFailures.NumberOf(error)) ? await ServiceAccount.FindAsync(connection, cancel) : null;
        return SqlFailures.Statement(server, connection.Database, text, parameters, account, error);
    }

    // The connection may be broken by now, or the statement over: whoever waits for it is told, a timer's thread must not be.
    private static void Cancel(SqlCommand command)
    {
        try
        {
            command.Cancel();
        }
        catch (Exception error) when (error is SqlException or InvalidOperationException)
        {
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private SqlCommand Command(string text, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            if (value is string words)
                command.Parameters.Add(name, SqlDbType.NVarChar, Math.Max(words.Length, 128)).Value = words;
            else
                command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    // The text is in the server's language; the number in front is the same in all of them.
    private static int? LeadingNumber(string text)
    {
        var digits = text.AsSpan().Trim();
        var end = 0;
        while (end < digits.Length && char.IsAsciiDigit(digits[end]))
            end++;
        return int.TryParse(digits[..end], out var value) ? value : null;
    }
}

/// <summary>A row, read by column name and converted: real servers' types differ from the documentation, and so does the number of columns.</summary>
public readonly struct SqlRow(DbDataReader reader)
{
    /// <summary>True when the column is NULL.</summary>
    public bool IsNull(string column) => reader.IsDBNull(reader.GetOrdinal(column));

    /// <summary>Text, or null.</summary>
    public string? TextOrNull(string column) =>
        IsNull(column) ? null : Convert.ToString(reader[column], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Text; empty when NULL.</summary>
    public string Text(string column) => TextOrNull(column) ?? "";

    /// <summary>A whole number; 0 when NULL.</summary>
    public long Number(string column) =>
        IsNull(column) ? 0 : Convert.ToInt64(reader[column], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A number that may have a fraction; 0 when NULL.</summary>
    public double Fraction(string column) =>
        IsNull(column) ? 0 : Convert.ToDouble(reader[column], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A yes or no; no when NULL.</summary>
    public bool Flag(string column) => Number(column) != 0;

    /// <summary>A point in time as the server has it (local time of the server for msdb), or null.</summary>
    public DateTime? TimeOrNull(string column) =>
        IsNull(column) ? null : Convert.ToDateTime(reader[column], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Bytes, or null.</summary>
    public byte[]? Bytes(string column) => IsNull(column) ? null : (byte[])reader[column];

    /// <summary>A moment, whether the column has an offset or, as Octopus means those without, is UTC; or null.</summary>
    public DateTimeOffset? InstantOrNull(string column) => IsNull(column) ? null : reader[column] switch
    {
        DateTimeOffset instant => instant,
        DateTime utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
        var other => DateTimeOffset.Parse(Convert.ToString(other, System.Globalization.CultureInfo.InvariantCulture)!, System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Bytes as a T-SQL literal, or null.</summary>
    public string? Hex(string column) => Bytes(column) is { } bytes ? "0x" + Convert.ToHexString(bytes) : null;

    /// <summary>A GUID; empty when NULL.</summary>
    public Guid UniqueId(string column) => IsNull(column) ? Guid.Empty : (Guid)reader[column];
}
