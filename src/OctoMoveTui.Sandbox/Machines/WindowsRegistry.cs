namespace OctoMoveTui.Sandbox.Machines;

/// <summary>The part of a machine's registry that Octopus Server and its installer write: string values by key.</summary>
public sealed class WindowsRegistry
{
    /// <summary>Where the installer writes, and below which versions before 2020 registered their instances.</summary>
    public const string OctopusServer = @"HKEY_LOCAL_MACHINE\Software\Octopus\OctopusServer";

    private readonly SortedDictionary<string, SortedDictionary<string, string>> keys = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A value; null when it isn't there.</summary>
    public string? Find(string key, string name)
    {
        lock (keys)
            return keys.TryGetValue(key, out var values) ? values.GetValueOrDefault(name) : null;
    }

    public void Set(string key, string name, string value)
    {
        lock (keys)
        {
            if (keys.TryGetValue(key, out var values))
                values[name] = value;
            else
                keys[key] = new(StringComparer.OrdinalIgnoreCase) { [name] = value };
        }
    }

    /// <summary>The key with all its values.</summary>
    public void Delete(string key)
    {
        lock (keys)
            keys.Remove(key);
    }

    /// <summary>A key and those below it, with their values; none: there is no such key.</summary>
    public IReadOnlyList<(string Key, IReadOnlyList<(string Name, string Value)> Values)> Below(string key)
    {
        lock (keys)
        {
            return [.. keys.Where(each => each.Key.Equals(key, StringComparison.OrdinalIgnoreCase) || each.Key.StartsWith(key + "\\", StringComparison.OrdinalIgnoreCase))
                .Select(each => (each.Key, (IReadOnlyList<(string, string)>)[.. each.Value.Select(pair => (pair.Key, pair.Value))]))];
        }
    }
}
