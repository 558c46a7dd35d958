namespace OctoMoveTui.Engine.Files;

/// <summary>Symbolic links: copied as links when they stay inside the tree, refused by name otherwise, never followed.</summary>
internal static class LinkCopy
{
    /// <summary>The target of a link that may be copied.</summary>
    /// <exception cref="FileTrouble">It leads out of the tree, or is no link any more.</exception>
    public static string TargetOf(string path, string from, string realSource)
    {
        var target = Read(from) ?? throw new FileTrouble("it was a link and is none any more", moves: true);
        if (ManifestPath.IsAbsolute(target))
        {
            throw new FileTrouble($"it is a link to {ManifestPath.Show(target)}; only relative links are copied", moves: false);
        }

        if (ClimbsOut(path, target) || LeadsOut(from, realSource))
        {
            throw new FileTrouble($"it is a link that leads out of the directory, to {ManifestPath.Show(target)}", moves: false);
        }

        return target;
    }

    public static bool IsThere(string to, string target) => new FileInfo(to).LinkTarget == target;

    /// <summary>Makes the link anew. Links hold no data: there is nothing to lose between the two calls.</summary>
    public static void Make(string to, string target, bool leadsToDirectory)
    {
        // Only Windows tells links to directories from links to files.
        if (new DirectoryInfo(to) is { LinkTarget: not null } old)
        {
            if (OperatingSystem.IsWindows() && (old.Attributes & FileAttributes.Directory) != 0)
            {
                Directory.Delete(to);
            }
            else
            {
                File.Delete(to);
            }
        }
        else if (File.Exists(to))
        {
            File.Delete(to); // an earlier pass put a file there
        }

        _ = leadsToDirectory ? Directory.CreateSymbolicLink(to, target) : File.CreateSymbolicLink(to, target);
    }

    /// <summary>
    /// True when somebody put a link where a directory on the way to the path should be, or in its own place when it ends with a slash: what is
    /// behind that was never ours.
    /// </summary>
    public static bool IsBehindLink(string root, string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (new DirectoryInfo(ManifestPath.Under(root, path[..slash])).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static string? Read(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileTrouble.Of(e);
        }
    }

    private static bool ClimbsOut(string path, string target)
    {
        var depth = path.Count(c => c == '/');
        foreach (var part in target.Split('/', '\\'))
        {
            depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
            {
                return true;
            }
        }

        return false;
    }

    // Links on the way can make an innocent-looking path climb.
    private static bool LeadsOut(string from, string realSource)
    {
        try
        {
            return !RealPath.IsWithin(RealPath.Of(from), realSource);
        }
        catch (IOException)
        {
            return false; // leads nowhere, or in a circle: harmless, and copied as it is
        }
    }
}
