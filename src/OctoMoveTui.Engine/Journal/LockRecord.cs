using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Journal;

/// <summary>
/// Who holds the move folder, for others to read: lock.json. Its <see cref="Beat"/> goes up as long as the holder lives. That it goes up is what counts,
/// never a time in it: two machines' clocks need not agree.
/// </summary>
/// <param name="Run">Which holding this is: one that comes after has another.</param>
/// <param name="By">Who.</param>
/// <param name="Since">Since when, by the holder's clock.</param>
/// <param name="BeatEvery">How often the beat goes up.</param>
public sealed record LockRecord(Guid Run, RunIdentity By, DateTimeOffset Since, TimeSpan BeatEvery)
{
    /// <summary>Goes up by one with each sign of life.</summary>
    public long Beat { get; init; }

    /// <summary>When the last one was given, by the holder's clock; for people.</summary>
    public DateTimeOffset BeatAt { get; init; }

    /// <summary>Who holds the folder, or held it when it was left without a word; null when nobody does.</summary>
    /// <exception cref="MoveFailure">The record is there and can't be understood, or can't be read.</exception>
    public static LockRecord? Find(MoveFolder folder)
    {
        try
        {
            using var file = new FileStream(folder.LockRecordFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var text = new StreamReader(file);
            return StrictJson.Read<LockRecord>(text.ReadToEnd());
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException error)
        {
            throw LockFailures.Unreadable(folder.LockRecordFile, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw MoveFailures.MoveFolderUnusable(folder.Path, error);
        }
    }

    /// <summary>Puts it in place of an earlier one, whole.</summary>
    /// <exception cref="MoveFailure">It can't be written.</exception>
    internal void Write(MoveFolder folder) => WholeFile.Write(folder.LockRecordFile, JsonSerializer.Serialize(this, MoveJson.Line) + "\n");

    /// <summary>The same for a sign of life: by the clock and not by the move, so that it is no <see cref="Effects.Effect"/> of the move.</summary>
    /// <exception cref="MoveFailure">It can't be written.</exception>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "Not an effect of the move, see above.")]
    internal void WriteSign(MoveFolder folder)
    {
        try
        {
            var part = folder.LockRecordFile + ".part";
            using (var file = OwnFile.Anew(part))
            {
                JsonSerializer.Serialize(file, this, MoveJson.Line);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, folder.LockRecordFile, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw MoveFailures.MoveFolderUnusable(folder.Path, error);
        }
    }
}
