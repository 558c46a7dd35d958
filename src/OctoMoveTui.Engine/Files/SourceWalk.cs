using System.Runtime.CompilerServices;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// Walks the source, makes each directory at the destination before anything is put into it, and hands out the files and links. What can't
/// be copied at all (names, unreadable directories) is noted here and not handed out.
/// </summary>
internal sealed class SourceWalk(CopyJob job, ManifestIndex index, CopyTally tally, CopyRecorder recorder, bool ignoresCase)
{
    // Where the destination takes "A" for "a": the names of the folder in hand, as hashes.
    private readonly HashSet<UInt128> _names = [];
    private string _folder = "";

    public IEnumerable<Found> Files()
    {
        foreach (var found in DirectoryWalk.Walk(job.Source, Enter))
        {
            switch (found.Kind)
            {
                case FoundKind.Unreadable:
                    tally.NotCopied(
                        found.Path.Length == 0 ? "." : found.Path,
                        found.Trouble is DirectoryNotFoundException ? "the directory vanished" : $"the directory can't be read: {found.Trouble!.Message}",
                        unsettled: job.SourceIsLive && found.Path.Length > 0 && found.Trouble is DirectoryNotFoundException);
                    break;
                case FoundKind.File or FoundKind.Link when IsUsable(found):
                    yield return found;
                    break;
            }
        }
    }

    private bool Enter(Found directory)
    {
        if (!IsUsable(directory))
        {
            return false;
        }

        var to = ManifestPath.Under(job.Destination, directory.Path);
        ref var known = ref index.Find(directory.Path);
        var isKnown = !Unsafe.IsNullRef(ref known);
        if (isKnown)
        {
            known.Seen = true;
            tally.SawKnown();
            if (known.Size != ManifestIndex.DirectorySize)
            {
                File.Delete(to); // we put a file or a link there once; the source has a directory of that name now
            }
        }

        var there = new DirectoryInfo(to);
        if (there.LinkTarget is not null)
        {
            throw FileFailures.DestinationIsLink(job, directory.Path);
        }

        if (there.Exists)
        {
            PartFile.RemoveLeftovers(to);
        }
        else
        {
            Directory.CreateDirectory(to);
        }

        if (!isKnown || known.Size != ManifestIndex.DirectorySize || known.Ticks != directory.Ticks)
        {
            recorder.Add(new DirectoryLine(directory.Path, directory.Ticks));
        }

        return true;
    }

    private bool IsUsable(Found found)
    {
        if (ManifestPath.Problem(found.Path) is { } problem)
        {
            tally.NotCopied(found.Path, $"the path can't be used: {problem}", unsettled: false);
            return false;
        }

        if (ignoresCase && !IsNewName(found.Path))
        {
            tally.NotCopied(found.Path, "another name in the same directory differs only by case, and the destination can't hold both", unsettled: false);
            return false;
        }

        return true;
    }

    private bool IsNewName(string path)
    {
        var slash = path.LastIndexOf('/');
        var folder = slash < 0 ? "" : path[..slash];
        if (folder != _folder)
        {
            _folder = folder;
            _names.Clear();
        }

        return _names.Add(ManifestIndex.HashOf(path[(slash + 1)..].ToUpperInvariant()));
    }
}
