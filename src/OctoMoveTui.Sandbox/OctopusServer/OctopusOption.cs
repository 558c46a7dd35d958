using System.Globalization;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>An option of a command: a flag, or a name with a value (<c>--name=value</c> or <c>--name value</c>).</summary>
internal sealed record OctopusOption(string Name, bool HasValue, string Description = "", string? Alias = null)
{
    /// <summary>The first version that knows it; null: all.</summary>
    public string? Since { get; init; }

    public static OctopusOption Flag(string name, string description = "") => new(name, HasValue: false, description);

    public static OctopusOption Value(string name, string description = "", string? alias = null) => new(name, HasValue: true, description, alias);
}

/// <summary>The options that one call of Octopus.Server was given.</summary>
internal sealed class GivenOptions
{
    /// <summary>Accepted by every command, and by some versions no longer shown in the help.</summary>
    private static readonly OctopusOption[] Common =
    [
        OctopusOption.Flag("console", "Don't attempt to run as a service, even if the user is non-interactive"),
        OctopusOption.Flag("nologo", "Don't print title or version information"),
        OctopusOption.Flag("noconsolelogging", "Don't log to the console"),
        OctopusOption.Flag("help", "Show detailed help for this command"),
    ];

    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ControlledFailure">An option that the command doesn't have, or a value that is missing.</exception>
    public static GivenOptions Parse(IReadOnlyList<string> words, IEnumerable<OctopusOption> known, IReadOnlyList<string> dropped)
    {
        var all = known.Concat(Common.Where(each => !dropped.Contains(each.Name))).ToList();
        var given = new GivenOptions();
        var unknown = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            var bare = word.StartsWith("--", StringComparison.Ordinal) ? word[2..] : word.StartsWith('-') ? word[1..] : null;
            var equals = bare?.IndexOf('=', StringComparison.Ordinal) ?? -1;
            var name = equals < 0 ? bare : bare![..equals];
            var option = all.FirstOrDefault(each => Is(each.Name, name) || Is(each.Alias, name));
            if (option is null || (!option.HasValue && equals >= 0))
            {
                unknown.Add(word);
                continue;
            }

            if (!option.HasValue)
                given.values[option.Name] = "true";
            else if (equals >= 0)
                given.values[option.Name] = bare![(equals + 1)..];
            else if (i + 1 < words.Count)
                given.values[option.Name] = words[++i];
            else
                throw new ControlledFailure($"Missing required value for option '--{option.Name}'.");
        }

        return unknown.Count == 0 ? given : throw new ControlledFailure($"Unrecognized command line arguments: {string.Join(' ', unknown.Select(HideValue))}");
    }

    public bool Has(string name) => values.ContainsKey(name);

    public string? this[string name] => values.GetValueOrDefault(name);

    public bool? Switch(string name) => this[name] is not { } text ? null
        : bool.TryParse(text, out var value) ? value
        : throw new ControlledFailure($"Could not convert string `{text}' to type Boolean for option `--{name}'.");

    public int? Number(string name) => this[name] is not { } text ? null
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value
        : throw new ControlledFailure($"Could not convert string `{text}' to type Int32 for option `--{name}'.");

    private static bool Is(string? name, string? given) => name is not null && string.Equals(name, given, StringComparison.OrdinalIgnoreCase);

    /// <summary>What was not understood may still be a secret with a misspelt name before it.</summary>
    private static string HideValue(string word) => word.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals ? word[..equals] : word;
}
