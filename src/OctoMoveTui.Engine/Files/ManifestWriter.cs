using System.Text;
using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>Appends to a manifest in batches; a batch is on disk when <see cref="Append"/> returns. One writer at a time: the lock of the move folder sees to that.</summary>
public sealed class ManifestWriter : IDisposable
{
    private readonly FileStream _file;

    private ManifestWriter(FileStream file) => _file = file;

    /// <summary>Opens the manifest, cuts off a torn last line, and writes the header when it is a new one.</summary>
    public static ManifestWriter Open(string manifestFile, ManifestHeader header)
    {
        try
        {
            OwnFile.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(manifestFile))!);
            var writer = new ManifestWriter(OwnFile.Open(manifestFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1));
            Manifest.CutTornLine(writer._file);
            if (writer._file.Length == 0)
            {
                writer.Append([header]);
            }

            return writer;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailures.CannotWrite(manifestFile, e);
        }
    }

    /// <summary>Writes the lines with one write and flushes them to the disk.</summary>
    public void Append(IReadOnlyCollection<ManifestLine> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        var text = new StringBuilder(lines.Count * 96);
        foreach (var line in lines)
        {
            text.Append(line.Write()).Append('\n');
        }

        using (Effect.Of(EffectKind.FileWrite, Path.GetFileName(_file.Name), _file.Name))
        {
            _file.Write(Encoding.UTF8.GetBytes(text.ToString()));
            _file.Flush(flushToDisk: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
