using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>What is wrong with one directory at its new place.</summary>
/// <param name="Job">How its files come there.</param>
/// <param name="List">The file that lists all differences.</param>
/// <param name="Differences">All of them.</param>
public sealed record DirectoryDifferences(CopyJob Job, string List, IReadOnlyList<FileDifference> Differences)
{
    /// <summary>How they are copied again, where not by octomove itself.</summary>
    public string? Again { get; init; }
}

/// <summary>
/// The list of differences that a person was told of, beside the manifest. On disk, for the next attempt may be another run of octomove: only
/// what is in it is copied again, never something that nobody was told of.
/// </summary>
internal sealed class ToldDifferences(string manifestFile)
{
    /// <summary>The file that holds the list; a person may read it.</summary>
    public string File { get; } = Path.ChangeExtension(manifestFile, ".differences.txt");

    /// <summary>The paths in the list; none when there is no list. A line that can't be read is passed over: verifying finds it again.</summary>
    public IReadOnlyCollection<string> Read()
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        if (!System.IO.File.Exists(File))
        {
            return paths;
        }

        foreach (var line in System.IO.File.ReadLines(File))
        {
            try
            {
                paths.Add(ManifestPath.Read(line.Split('\t')[0]));
            }
            catch (FormatException)
            {
            }
        }

        return paths;
    }

    /// <summary>Writes the list anew; no differences, no list.</summary>
    public void Write(IReadOnlyCollection<FileDifference> differences)
    {
        try
        {
            if (differences.Count > 0)
            {
                OwnFile.Write(File, string.Concat(differences.Select(each => $"{ManifestPath.Show(each.Path)}\t{each.Detail}{Environment.NewLine}")));
            }
            else
            {
                System.IO.File.Delete(File);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailures.CannotWrite(File, e);
        }
    }
}
