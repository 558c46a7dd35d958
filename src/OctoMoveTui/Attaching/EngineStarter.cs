using System.ComponentModel;
using OctoMoveTui.CommandLine;
using OctoMoveTui.CommandLine.Configuring;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Attaching;

/// <summary>Finds the engine of a move folder on this machine, or starts one: a process of its own, that the end of this terminal does not end.</summary>
/// <param name="run">The engine in this process, for where none can be started.</param>
/// <param name="process">How one is started on this system.</param>
/// <param name="time">Time.</param>
internal sealed class EngineStarter(RunMove run, IEngineProcess process, TimeProvider time)
{
    /// <summary>The hidden command that is the engine.</summary>
    public const string Command = "engine";

    /// <summary>Looks for the engine, and attaches to it.</summary>
    /// <param name="moveFolder">Its full path.</param>
    /// <param name="looksOn">True to look on only.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null when none runs.</returns>
    /// <exception cref="MoveFailure">One runs that this program can't attach to.</exception>
    public async Task<IEngineLink?> FindAsync(string moveFolder, bool looksOn, CancellationToken cancel) =>
        await EngineClient.FindAsync(MeetingPlace.Of(moveFolder), looksOn, cancel) is { } client ? new EngineElsewhere(client, moveFolder, looksOn, time) : null;

    /// <summary>The engine that runs for this move folder, or a new one. Where none can be started, or nobody could attach to it, one in this process.</summary>
    /// <param name="settings">What is configured.</param>
    /// <param name="options">The options of this command line, for the engine's own: no secret is ever among them.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="MoveFailure">One runs that this program can't attach to.</exception>
    public async Task<IEngineLink> StartAsync(ProgramSettings settings, IReadOnlyList<string> options, CancellationToken cancel)
    {
        if (settings.Move.Move.Length == 0)
        {
            return Here(null);
        }

        var folder = new MoveFolder(settings.Move.Move).Path;
        if (await EngineClient.FindAsync(MeetingPlace.Of(folder), looksOn: false, cancel) is { } running)
        {
            return new EngineElsewhere(running, folder, looksOn: false, time, options.Contains("--set") ? AttachWords.OptionsPassedOver : null);
        }

        string? why;
        try
        {
            why = await process.StartAsync([Command, .. options, "--move", folder], MeetingPlace.Of(folder), cancel);
        }
        catch (Exception refused) when (refused is Win32Exception or IOException or UnauthorizedAccessException)
        {
            why = refused.Message;
        }

        // Also when it did not start: somebody else may have been faster.
        return await FindAsync(folder, looksOn: false, cancel) ?? Here(AttachWords.NoProcessOfItsOwn(why));

        EngineHere Here(string? note) => new(run, settings.Move, note is null ? null : new Logged(LogKind.Warning, note) { At = time.GetUtcNow() });
    }
}

/// <summary>A process of its own on this system.</summary>
internal interface IEngineProcess
{
    /// <summary>Starts octomove and returns when its engine listens, or has ended.</summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="place">Where it is going to listen.</param>
    /// <param name="cancel">Gives up waiting; the process is left alone.</param>
    /// <returns>Null when it listens; else what it said when it ended.</returns>
    /// <exception cref="Win32Exception">It can't be started.</exception>
    Task<string?> StartAsync(IReadOnlyList<string> arguments, MeetingPlace place, CancellationToken cancel);
}
