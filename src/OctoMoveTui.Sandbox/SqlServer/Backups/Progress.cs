using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Sessions;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>The hundred percents of a long statement: pauses, live STATS messages, percent_complete, and the faults that strike on the way.</summary>
internal sealed class Progress(Execution execution, ushort command, int step)
{
    /// <summary>Before the first percent: the client hears nothing, and sys.dm_exec_requests shows 0 percent with this wait.</summary>
    public async Task BeginAsync(string name, string wait)
    {
        var request = execution.Session.Request ??= new RunningRequest(name, execution.Server.LocalNow);
        request.Command = name;
        request.WaitType = wait;
        await StrikeAsync(0);
        await PauseAsync();
    }

    public async Task RunAsync(Action<int> onePercent)
    {
        var request = execution.Session.Request!;
        request.WaitType = WaitTypes.BackupIo;
        for (var percent = 1; percent <= 100; percent++)
        {
            await PauseAsync();
            await StrikeAsync(percent);
            onePercent(percent);
            request.PercentComplete = percent;
            if (step > 0 && (percent % step == 0 || percent == 100))
            {
                await SayAsync(new SqlMessage(3211, 1, 0, MediaOptions.Say(percent)));
            }
        }
        request.WaitType = null;
    }

    private async Task PauseAsync()
    {
        execution.Cancel.ThrowIfCancellationRequested();
        if (execution.Server.Options.StatsPause is var pause && pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, execution.Server.Options.Time, execution.Cancel);
        }
    }

    private async Task StrikeAsync(int percent)
    {
        if (execution.LaterFault is { } fault && fault.AtPercent == percent)
        {
            await execution.Tokens.FlushAsync(execution.Cancel);
            await BatchRunner.SufferAsync(execution, fault);
        }
    }

    /// <summary>4035, file by file; returns how many pages there were.</summary>
    public async Task<long> SayPagesAsync(BackupHeader header, string database)
    {
        var pages = 0L;
        foreach (var file in header.Files)
        {
            var own = file.IsLog ? 2 : file.Bytes / DatabaseFile.PageBytes;
            pages += own;
            await SayAsync(
                new SqlMessage(4035, 1, 0, $"Processed {own} pages for database '{database}', file '{file.LogicalName}' on file {header.Position}.")
            );
        }
        return pages;
    }

    /// <summary>The history row comes last; when it can't be written that is an error, but what it should have told of is good.</summary>
    public async Task WriteHistoryAsync(Action write)
    {
        if (execution.Server.Faults.StrikesHistory())
        {
            await SayAsync(BackupErrors.HistoryLost);
            return;
        }
        write();
    }

    /// <summary>A message that the client gets now, not at the end.</summary>
    public async Task SayAsync(SqlMessage message)
    {
        execution.Tokens.Message(message);
        execution.Tokens.DoneSoFar(command);
        await execution.Tokens.FlushAsync(execution.Cancel);
    }
}
