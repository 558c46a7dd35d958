using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>Refuses new places of directories that can't be: where a copy would meet itself or another directory, or where nothing moves.</summary>
internal static class FolderPlanning
{
    /// <summary>Looks at the places only, not at what lies there: a place that is not empty and not ours is refused by the copy, before the outage.</summary>
    /// <exception cref="MoveFailure">A place can't be taken.</exception>
    internal static void RefuseImpossible(MovePlan plan, FolderSettings wanted)
    {
        if (!plan.Shape.MovesFoldersOnly())
            return;
        if (CopyTools.CopyTool.Of(plan) is { IsFar: true })
            throw FolderFailures.FarCopy();
        foreach (var kind in wanted.Named.Keys.Where(kind => plan.Directories.All(each => each.Kind != kind)))
            throw FolderFailures.NoSuchDirectory(kind);
        foreach (var same in plan.Directories.Where(each => each.StaysInPlace && wanted.Named.ContainsKey(each.Kind)))
            throw FolderFailures.SamePlace(same);

        var moved = plan.Directories.Where(each => !each.StaysInPlace).ToList();
        if (moved.Count == 0)
            throw FolderFailures.NothingMoves();
        foreach (var each in moved)
        {
            if (!Path.IsPathFullyQualified(each.To))
                throw FolderFailures.NotAbsolute(each);
            foreach (var other in plan.Directories)
            {
                if (Meet(each.To, other.From))
                    throw FolderFailures.Inside(each, other.Kind, other.From);
                if (other != each && Meet(each.To, other.To))
                    throw FolderFailures.Inside(each, other.Kind, other.To);
            }
        }
    }

    /// <summary>True when one path is the other, or lies inside it. Without regard to case: what differs in nothing else is a slip.</summary>
    internal static bool Meet(string one, string other)
    {
        var (a, b) = (Closed(one), Closed(other));
        return a.StartsWith(b, StringComparison.OrdinalIgnoreCase) || b.StartsWith(a, StringComparison.OrdinalIgnoreCase);
    }

    private static string Closed(string path) => Path.GetFullPath(path).Replace('\\', '/').TrimEnd('/') + "/";
}
