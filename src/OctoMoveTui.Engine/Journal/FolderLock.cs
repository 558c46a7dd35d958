using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Journal;

/// <summary>
/// Holds the move folder for one process, by two means. The file <c>lock</c> is opened without sharing, so that the operating system lets go of it when the
/// process dies, however it dies; but not every share tells another machine of it, and a carried disk tells nothing. So <c>lock.json</c> says who holds
/// the folder, and a beat in it goes up. What was left there without a word is taken over only with proof, see <see cref="LockLeft"/>.
/// </summary>
public sealed class FolderLock : IAsyncDisposable
{
    private readonly MoveFolder folder;
    private readonly FileStream held;
    private readonly Conversation conversation;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource leaving = new();
    private readonly CancellationTokenSource lost = new();
    private LockRecord record;
    private Task beating = Task.CompletedTask;

    private FolderLock(MoveFolder folder, FileStream held, LockRecord record, Conversation conversation, TimeProvider time)
    {
        (this.folder, this.held, this.record, this.conversation, this.time) = (folder, held, record, conversation, time);
    }

    /// <summary>What was proven of the run that held the folder before and left it without a word; null when none did.</summary>
    public string? TakenOver { get; private init; }

    /// <summary>Cancelled when another run has taken the folder over while this one holds it: then nothing more may be written.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Why nothing more may be written here; null while all is well.</summary>
    public MoveFailure? Loss { get; private set; }

    /// <summary>Takes the lock.</summary>
    /// <exception cref="MoveFailure">Somebody else has it, or may have it, or it can't be written.</exception>
    /// <exception cref="MoveStopped">Whether somebody else has it was asked, and the answer was to stop.</exception>
    public static async Task<FolderLock> TakeAsync(
        MoveFolder folder, RunIdentity me, Conversation conversation, TimingSettings timing, TimeProvider time, CancellationToken cancel)
    {
        var file = Open(folder);
        try
        {
            var proof = LockRecord.Find(folder) is { } left
                ? await new LockLeft(folder, me, conversation, timing, time).ProveAsync(left, cancel) : null;
            var record = new LockRecord(Guid.NewGuid(), me, time.GetUtcNow(), timing.LockBeat) { BeatAt = time.GetUtcNow() };
            record.Write(folder);
            var taken = new FolderLock(folder, file, record, conversation, time) { TakenOver = proof };
            taken.beating = taken.BeatAsync();
            return taken;
        }
        catch
        {
            LetGo(file);
            throw;
        }
    }

    /// <summary>Gives the folder free, without a trace in it.</summary>
    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await beating;
        try
        {
            if (Loss is null && LockRecord.Find(folder)?.Run == record.Run)
                Disk.Delete(folder.LockRecordFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or MoveFailure)
        {
            // A share that is gone: how the run ended must not be lost over it. The next run finds the record, and a process that has ended.
        }

        LetGo(held);
        leaving.Dispose();
        lost.Dispose();
    }

    private static FileStream Open(MoveFolder folder)
    {
        try
        {
            return OwnFile.Open(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (IsHeld(error))
        {
            throw LockFailures.Held(folder, WhoHolds(folder), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw MoveFailures.MoveFolderUnusable(folder.Path, error);
        }
    }

    // Windows: ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; elsewhere EWOULDBLOCK, 11 on Linux and 35 on macOS.
    private static bool IsHeld(IOException error) =>
        OperatingSystem.IsWindows() ? (error.HResult & 0xFFFF) is 32 or 33 : error.HResult is 11 or 35;

    // Of an earlier version there is no record; the journal's last line tells as much.
    private static string? WhoHolds(MoveFolder folder)
    {
        try
        {
            if (LockRecord.Find(folder) is { } record)
                return LockNotes.Holder(record);
            return MoveJournal.Read(folder).Entries.LastOrDefault() is { } last ? LockNotes.LastSeen(last) : null;
        }
        catch (Exception error) when (error is MoveFailure or IOException)
        {
            return null;
        }
    }

    // Beside the work, never in its way: a sign of life that can't be given is told and tried again. That another run has the folder is another matter.
    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(record.BeatEvery, time);
        var isTroubled = false;
        try
        {
            while (await timer.WaitForNextTickAsync(leaving.Token))
            {
                try
                {
                    await BeatOnceAsync();
                    isTroubled = false;
                }
                catch (MoveFailure failure)
                {
                    if (!isTroubled)
                        conversation.Tell(new Logged(LogKind.Warning, LockNotes.NoSignOfLife(folder.LockRecordFile, failure.Report.Raw ?? failure.Report.What)));
                    isTroubled = true;
                }

                if (Loss is not null)
                    return;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task BeatOnceAsync()
    {
        // Gone: somebody deleted it, taking it for a leftover. It is written again.
        if (LockRecord.Find(folder) is { } found && found.Run != record.Run)
        {
            Loss = LockFailures.TakenFromUs(folder.Path, found);
            conversation.Tell(new Logged(LogKind.Error, Loss.Report.What));
            await lost.CancelAsync();
            return;
        }

        record = record with { Beat = record.Beat + 1, BeatAt = time.GetUtcNow() };
        record.WriteSign(folder);
    }

    private static void LetGo(FileStream file)
    {
        try
        {
            file.Dispose();
        }
        catch (IOException)
        {
        }
    }
}
