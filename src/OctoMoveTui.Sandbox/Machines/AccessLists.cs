using System.Collections.Concurrent;

namespace OctoMoveTui.Sandbox.Machines;

/// <summary>Who was given full control of which folder; it holds for what lies below, too.</summary>
public sealed class AccessLists
{
    private readonly ConcurrentDictionary<(string Folder, string Account), bool> granted = new();

    public void Grant(string folder, string account) => granted[(Normal(folder), account.ToUpperInvariant())] = true;

    public void Remove(string folder, string account) => granted.TryRemove((Normal(folder), account.ToUpperInvariant()), out _);

    public bool HasFullControl(string folder, string account)
    {
        for (var at = Normal(folder); at is { Length: > 0 }; at = Path.GetDirectoryName(at))
        {
            if (granted.ContainsKey((at, account.ToUpperInvariant())))
                return true;
        }

        return false;
    }

    /// <summary>The accounts with full control of a folder, and whether each has it from a folder above.</summary>
    internal IEnumerable<(string Account, bool IsInherited)> Of(string folder) => granted.Keys
        .Where(each => Normal(folder) == each.Folder || Normal(folder).StartsWith(each.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        .Select(each => (each.Account, each.Folder != Normal(folder)))
        .Distinct();

    private static string Normal(string folder) => Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar);
}
