using System.Reflection;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.CommandLine.Configuring;

/// <summary>Every configuration key there is, read from the settings themselves so that the two can't drift apart.</summary>
internal sealed class KnownKeys
{
    private static readonly string[] SecretNames = ["MasterKey", "ApiKey", "Password", "AdminPassword", "KeyFilePassphrase", "ServicePassword"];

    private readonly Dictionary<string, string> keys = new(StringComparer.OrdinalIgnoreCase);

    public KnownKeys()
    {
        Collect(typeof(MoveSettings), "");
        Collect(typeof(ScreenSettings), "Screen:");
    }

    /// <summary>All keys, spelled as documented.</summary>
    public IReadOnlyCollection<string> All => keys.Values;

    public bool Contains(string key) => keys.ContainsKey(key);

    /// <summary>The key as documented, whatever case it was written in.</summary>
    public string Spelled(string key) => keys.GetValueOrDefault(key, key);

    public static bool IsSecret(string key) => SecretNames.Contains(key[(key.LastIndexOf(':') + 1)..], StringComparer.OrdinalIgnoreCase);

    public static string Variable(string key) => ConfigurationLoader.EnvironmentPrefix + key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>The key that was probably meant, or null.</summary>
    public string? Nearest(string key) => keys.Values
        .Select(known => (Known: known, Distance: Distance(known.ToUpperInvariant(), key.ToUpperInvariant())))
        .Where(candidate => candidate.Distance <= Math.Max(2, key.Length / 4))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Known)
        .FirstOrDefault();

    private void Collect(Type type, string prefix)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var isSection = property.PropertyType.Assembly == typeof(MoveSettings).Assembly && property.PropertyType.IsClass;
            if (isSection)
            {
                Collect(property.PropertyType, prefix + property.Name + ":");
            }
            else
            {
                keys[prefix + property.Name] = prefix + property.Name;
            }
        }
    }

    // Levenshtein, two rows.
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(change, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
