using OctoMoveTui.CommandLine;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Attaching;

/// <summary>The engine as a process of its own: the hidden command. It has no front end but those who attach, and ends when the move does.</summary>
internal sealed class EngineSession(StopSignals signals, TextWriter output, TimeProvider time)
{
    /// <summary>First of all, before anything that takes time: from here on no terminal that hangs up reaches this process.</summary>
    public static void Detach(StopSignals signals)
    {
        signals.IgnoresHangUp = true;
        if (!OperatingSystem.IsWindows())
        {
            UnixCalls.BeginSession();
        }
    }

    /// <summary>Moves, and says so as soon as one can attach.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="MoveFailure">An engine runs for that folder already, or nobody could attach.</exception>
    public async Task<int> RunAsync(MoveSettings settings)
    {
        using var note = new CrashNote(settings.Move, time);
        var ended = await new HostedRun(time, SayReady).RunAsync(settings, null, new MoveRequest(MovePurpose.Move), signals.Token);
        return ended.ExitCode;
    }

    private void SayReady()
    {
        output.WriteLine(UnixEngineProcess.Ready);
        output.Flush();
    }
}
