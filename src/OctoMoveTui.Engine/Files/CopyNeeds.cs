namespace OctoMoveTui.Engine.Files;

/// <summary>What a directory holds, and how much of it is still to be copied.</summary>
/// <param name="Files">Files and links.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Needed">Bytes that the files take that are not at the destination yet, in whole blocks.</param>
internal readonly record struct CopyNeeds(long Files, long Bytes, long Needed)
{
    private const long Block = 4096;

    /// <summary>With a tenth more: directories, the manifest and other tenants of the disk take some, too.</summary>
    public long NeededToBeSafe => Needed + (Needed / 10);

    /// <summary>Counts. What can't be read counts as nothing: the copy itself names it.</summary>
    /// <param name="source">The directory.</param>
    /// <param name="index">What is at the destination already, with the same size and time.</param>
    /// <param name="soFar">Told after each file.</param>
    /// <param name="cancel">Stops between two files.</param>
    public static CopyNeeds Of(string source, ManifestIndex index, Action<CopyNeeds> soFar, CancellationToken cancel)
    {
        long files = 0, bytes = 0, needed = 0;
        foreach (var found in DirectoryWalk.Walk(source, asks: true))
        {
            cancel.ThrowIfCancellationRequested();
            if (found.Kind is not (FoundKind.File or FoundKind.Link))
            {
                continue;
            }

            var size = found.Kind == FoundKind.File ? found.Size : 0;
            files++;
            bytes += size;
            if (!index.TryFind(found.Folder, found.Name, out var known) || known.Size != size || known.Ticks != found.Ticks)
            {
                needed += (size + Block - 1) / Block * Block;
            }

            soFar(new CopyNeeds(files, bytes, needed));
        }

        return new CopyNeeds(files, bytes, needed);
    }
}
