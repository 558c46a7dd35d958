using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// BACKUP, RESTORE, CHECKDB with everything a person wants to see meanwhile: percent from the STATS messages and from sys.dm_exec_requests,
/// rate and time left, and what it waits for. The second needs VIEW SERVER STATE; without it the messages have to do.
/// </summary>
internal static class LongStatement
{
    /// <summary>Runs it in a session of its own, in master.</summary>
    /// <param name="move">Plan, facts, voice.</param>
    /// <param name="sql">The server.</param>
    /// <param name="what">"Backing up".</param>
    /// <param name="bytes">How much there is to do, when it is known; else percent is shown.</param>
    /// <param name="text">The statement.</param>
    /// <param name="cancel">Cancels it on the server.</param>
    /// <param name="values">Its parameters.</param>
    /// <exception cref="MoveFailure">SQL Server refused or failed it.</exception>
    internal static async Task RunAsync(
        MoveContext move, SqlServer sql, string what, long? bytes, string text, CancellationToken cancel, params (string, object?)[] values)
    {
        var meter = move.Meter(what, bytes is null ? ProgressUnit.Percent : ProgressUnit.Bytes);
        var (gate, percent, now) = (new Lock(), 0d, (string?)null);
        await using var session = await sql.OpenMasterAsync(cancel);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var watching = WatchAsync(move, sql, session.Id, Report, ended.Token);
        try
        {
            await session.RunLongAsync(text, value => Report(value, null), cancel, values);
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
        }

        // Two sources, one bar: it never goes back.
        void Report(double? value, string? waits)
        {
            lock (gate)
            {
                (percent, now) = (Math.Max(percent, value ?? 0), waits ?? now);
                meter.Report(bytes is { } all ? all * percent / 100 : percent, bytes ?? 100, percent >= 100 && what == Notes.Restoring ? Notes.Recovering : now);
            }
        }
    }

    private static async Task WatchAsync(MoveContext move, SqlServer sql, int session, Action<double?, string?> report, CancellationToken cancel)
    {
        try
        {
            await using var second = await sql.OpenMasterAsync(cancel);
            while (true)
            {
                await move.PauseAsync(cancel);
                var rows = await second.QueryAsync(
                    SqlScript.Text("read-progress"),
                    row => (Percent: row.Fraction("percent_complete"), Wait: WaitWords.Of(row.TextOrNull("wait_type"), row.Number("blocking_session_id"))),
                    cancel, ("@session", session));
                if (rows.Count > 0)
                    report(rows[0].Percent, rows[0].Wait ?? "");
            }
        }
        catch (Exception error) when (error is MoveFailure or OperationCanceledException)
        {
            // No right, no second connection, or over: the statement itself says what matters.
        }
    }
}
