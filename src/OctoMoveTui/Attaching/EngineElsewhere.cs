using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Attaching;

/// <summary>An engine in a process of its own, that this one is attached to.</summary>
/// <param name="client">The line to it.</param>
/// <param name="moveFolder">Its move folder: should it die, the journal there says in the middle of what.</param>
/// <param name="looksOn">True when it is only looked at.</param>
/// <param name="time">Time.</param>
/// <param name="note">Told once attached: what whoever attaches should know; or null.</param>
internal sealed class EngineElsewhere(EngineClient client, string moveFolder, bool looksOn, TimeProvider time, string? note = null) : IEngineLink, IDisposable
{
    private bool wasCutOff;

    public EngineTie Tie => looksOn ? EngineTie.OnlyLookedAt : EngineTie.ItsOwnProcess;

    public int Process => client.Process;

    public async Task<MoveEnded?> RunAsync(IFrontEnd frontEnd, CancellationToken leave)
    {
        try
        {
            if (await client.RunAsync(frontEnd, () => TellAttached(frontEnd), leave) is { } told)
            {
                return told;
            }
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            return null;
        }

        var ended = await Broken(leave);
        frontEnd.Tell(ended);
        return ended;
    }

    public void Stop(bool atOnce)
    {
        wasCutOff |= atOnce;
        client.Stop(atOnce);
    }

    public void Dispose() => client.Dispose();

    private void TellAttached(IFrontEnd frontEnd)
    {
        frontEnd.Tell(new Logged(LogKind.Info, AttachWords.Attached(client.Process, client.Since, looksOn)) { At = time.GetUtcNow() });
        if (note is not null)
        {
            frontEnd.Tell(new Logged(LogKind.Warning, note) { At = time.GetUtcNow() });
        }
    }

    // The line between two processes of one machine does not break: either the engine has died, or it let go of this screen, which did not keep up.
    private async Task<MoveEnded> Broken(CancellationToken leave)
    {
        if (wasCutOff)
        {
            return new MoveEnded(MoveOutcome.Stopped, AttachWords.CutOff, null, ExitCodes.Stopped) { At = time.GetUtcNow() };
        }

        using var again = await EngineClient.FindAsync(MeetingPlace.Of(moveFolder), looksOn: true, leave);
        var failure = again?.Process == client.Process ? AttachFailures.LetGo(client.Process) : AttachFailures.EngineDied(client.Process, WhatItWasDoing());
        var sentence = again?.Process == client.Process ? AttachWords.LooksOnNoMore(client.Process) : AttachWords.StartAgain;
        return new MoveEnded(MoveOutcome.Failed, sentence, failure, (int)failure.Cause) { At = time.GetUtcNow() };
    }

    private string? WhatItWasDoing()
    {
        try
        {
            return CutOffRun.Of(MoveJournal.Read(new MoveFolder(moveFolder)))?.Told;
        }
        catch (Exception unreadable) when (unreadable is MoveFailure or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
