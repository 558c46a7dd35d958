namespace OctoMoveTui.Engine.Files;

/// <summary>Where a path leads to once all links on the way are followed, and how two such places lie to each other.</summary>
public static class RealPath
{
    private static readonly StringComparison Comparison =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private const int LinksAtMost = 64;

    /// <summary>
    /// Follows links in each part of the path; parts that don't exist yet stay as they are. Part by part, because .NET takes <c>link/..</c> for
    /// nothing at all, and the system for the directory above the one that the link leads to.
    /// </summary>
    /// <exception cref="IOException">The links run in a circle.</exception>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full) ?? "";
        var ahead = new Stack<string>();
        Push(ahead, full[real.Length..]);
        var links = 0;
        while (ahead.TryPop(out var part))
        {
            if (part is "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            var next = Path.Join(real, part);
            if (new DirectoryInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > LinksAtMost)
            {
                throw new IOException($"The links at {ManifestPath.Show(path)} run in a circle.");
            }

            if (Path.IsPathFullyQualified(target))
            {
                real = Path.GetPathRoot(target)!;
                target = target[real.Length..];
            }

            Push(ahead, target);
        }

        return real;
    }

    /// <summary>True when the two are the same place. Both are real paths.</summary>
    public static bool Same(string one, string other) => string.Equals(one, other, Comparison);

    /// <summary>True when <paramref name="inner"/> is <paramref name="outer"/> or lies within it. Both are real paths.</summary>
    public static bool IsWithin(string inner, string outer) =>
        Same(inner, outer) || inner.StartsWith(Path.EndsInDirectorySeparator(outer) ? outer : outer + Path.DirectorySeparatorChar, Comparison);

    private static void Push(Stack<string> ahead, string path)
    {
        foreach (var part in path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            if (part != ".")
            {
                ahead.Push(part);
            }
        }
    }
}
