using System.Text;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Journal;

/// <summary>
/// Holds the move folder for one process: the file is opened without sharing, so that the operating system lets go of it when the process
/// dies, however it dies. Inside it says who holds it.
/// </summary>
public sealed class FolderLock : IDisposable
{
    private readonly FileStream held;

    private FolderLock(FileStream held) => this.held = held;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="Moving.MoveFailure">Somebody else has it, or it can't be written.</exception>
    public static FolderLock Take(MoveFolder folder, DateTimeOffset now)
    {
        FileStream file;
        try
        {
            file = OwnFile.Open(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw MoveFailures.FolderLocked(folder.Path, WhoWasLast(folder), error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw MoveFailures.MoveFolderUnusable(folder.Path, error);
        }

        try
        {
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes($"{Environment.MachineName}, process {Environment.ProcessId}, since {now:u}\n"));
            file.Flush(flushToDisk: true);
            return new FolderLock(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LetGo(file);
            throw MoveFailures.MoveFolderUnusable(folder.Path, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            held.SetLength(0);
        }
        catch (IOException)
        {
            // A share that is gone: what the file says no longer matters, and how the run ended must not be lost over it.
        }

        LetGo(held);
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

    // The lock file itself can't be read while it is held; the journal's last line tells as much.
    private static string? WhoWasLast(MoveFolder folder)
    {
        try
        {
            var last = MoveJournal.Read(folder).Entries.LastOrDefault();
            return last is null ? null : $"{last.User} on {last.Machine}, process {last.Process}, at {last.At:u}";
        }
        catch (Exception error) when (error is Moving.MoveFailure or IOException)
        {
            return null;
        }
    }
}
