using OctoMoveTui.Sandbox.SqlServer.Sessions;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>The hundred percents of a long statement: pauses, live STATS messages, percent_complete, and the faults that strike half-way.</summary>
internal sealed class Progress(Execution execution, ushort command, int step)
{
    private const int HalfWay = 50;

    public async Task RunAsync(string name, Action<int> onePercent)
    {
        var request = execution.Session.Request ??= new RunningRequest(name, execution.Server.LocalNow);
        request.Command = name;
        var options = execution.Server.Options;
        for (var percent = 1; percent <= 100; percent++)
        {
            execution.Cancel.ThrowIfCancellationRequested();
            if (options.StatsPause > TimeSpan.Zero)
            {
                request.WaitType = "BACKUPIO";
                await Task.Delay(options.StatsPause, options.Time, execution.Cancel);
            }
            if (percent == HalfWay && execution.FaultHalfWay is { } fault)
            {
                await execution.Tokens.FlushAsync(execution.Cancel);
                await BatchRunner.SufferAsync(execution, fault, []);
            }
            onePercent(percent);
            request.PercentComplete = percent;
            if (step > 0 && (percent % step == 0 || percent == 100))
            {
                await SayAsync(new SqlMessage(3211, 1, 0, MediaOptions.Say(percent)));
            }
        }
        request.WaitType = null;
    }

    /// <summary>A message that the client gets now, not at the end.</summary>
    public async Task SayAsync(SqlMessage message)
    {
        execution.Tokens.Message(message);
        execution.Tokens.DoneSoFar(command);
        await execution.Tokens.FlushAsync(execution.Cancel);
    }
}
