using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>Small files that people keep: whole or not there, whatever kills the program in the middle.</summary>
internal static class WholeFile
{
    /// <summary>Writes under another name, to the disk, and renames; replaces an earlier one.</summary>
    /// <exception cref="Moving.MoveFailure">It can't be written.</exception>
    internal static void Write(string file, string text)
    {
        try
        {
            OwnFile.Write(file, text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CheckFailures.CannotWrite(file, error);
        }
    }
}
