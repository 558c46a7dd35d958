namespace OctoMoveTui.Engine.Files;

/// <summary>
/// The manifest of a copy: append-only text, one line a file, which a person can read and <c>grep</c>. A line in it means that the file is on
/// disk at the destination under its final name.
/// </summary>
public static class Manifest
{
    /// <summary>Reads it line by line, never the whole file.</summary>
    /// <exception cref="Moving.MoveFailure">The manifest is damaged, or is none.</exception>
    public static IEnumerable<ManifestLine> Read(string manifestFile)
    {
        using var reader = new ManifestReader(manifestFile);
        while (reader.Next())
        {
            yield return reader.ToLine();
        }
    }

    /// <summary>Cuts off a torn last line, so that the next one doesn't grow out of it.</summary>
    internal static void CutTornLine(FileStream manifest)
    {
        var buffer = new byte[4096];
        var end = manifest.Length;
        while (end > 0)
        {
            var start = Math.Max(0, end - buffer.Length);
            var piece = buffer.AsSpan(0, (int)(end - start));
            manifest.Position = start;
            manifest.ReadExactly(piece);
            var newline = piece.LastIndexOf((byte)'\n');
            if (newline >= 0)
            {
                end = start + newline + 1;
                break;
            }

            end = start;
        }

        manifest.SetLength(end);
        manifest.Position = end;
    }
}
