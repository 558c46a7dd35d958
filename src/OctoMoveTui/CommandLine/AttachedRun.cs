using OctoMoveTui.Attaching;
using OctoMoveTui.CommandLine.Configuring;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.CommandLine;

/// <summary><c>octomove attach</c>: a move that runs on this machine already, on the screen or as lines of text.</summary>
internal sealed class AttachedRun(Surroundings surroundings, ProgramSettings settings)
{
    /// <summary>Shows it, and lets it be answered unless one only looks on.</summary>
    /// <exception cref="MoveFailure">None runs here.</exception>
    public async Task<int> ShowAsync(bool looksOn)
    {
        var link = await FindAsync(looksOn, wantsToStop: false);
        if (!settings.Screen.Plain && surroundings.HasTerminal())
        {
            return await surroundings.ShowScreen(settings, link, surroundings.Stop);
        }

        return looksOn || surroundings.Keyboard.IsThere
            ? await new PlainRun(surroundings, settings).RunAsync(link)
            : throw new MoveFailure(new FailureReport(FailureCause.Usage, CommandLineWords.NoTerminal, "", []));
    }

    /// <summary>Has it stopped, and waits for its end.</summary>
    /// <exception cref="MoveFailure">None runs here.</exception>
    public async Task<int> StopAsync()
    {
        var link = await FindAsync(looksOn: false, wantsToStop: true);
        surroundings.SayAtSignal(AttachWords.Leaving);
        link.Stop(atOnce: false);
        await surroundings.Out.WriteLineAsync(AttachWords.StopAsked(link.Process));
        if (await link.RunAsync(new Deaf(), surroundings.Stop) is not { } ended)
        {
            return ExitCodes.Stopped;
        }

        await surroundings.Out.WriteLineAsync(ended.Sentence);
        return ended.Failure is { Cause: FailureCause.NoEngine } ? (int)FailureCause.NoEngine : ExitCodes.Done;
    }

    private async Task<IEngineLink> FindAsync(bool looksOn, bool wantsToStop)
    {
        var folder = settings.Move.Move.Length > 0 ? new MoveFolder(settings.Move.Move) : throw AttachFailures.NoFolder();
        return await surroundings.FindEngine(folder.Path, looksOn, surroundings.Stop)
            ?? throw AttachFailures.NothingRuns(folder.Path, CutOffRun.Of(MoveJournal.Read(folder))?.Told, wantsToStop);
    }

    /// <summary>Waits for the end and for nothing else.</summary>
    private sealed class Deaf : IFrontEnd
    {
        public void Tell(MoveEvent happening)
        {
        }

        public async Task<MoveAnswer> AskAsync(MoveQuestion question, CancellationToken cancel)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            throw new OperationCanceledException(cancel);
        }
    }
}
