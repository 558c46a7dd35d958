using System.Collections.Concurrent;
using System.Reflection;

namespace OctoMoveTui.Engine.Sql;

/// <summary>
/// The T-SQL of the move, one embedded file a statement. Values are parameters; names, which T-SQL does not take as parameters everywhere,
/// are filled into <c>{braces}</c> quoted.
/// </summary>
public static class SqlScript
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <summary>The names of all scripts.</summary>
    public static IEnumerable<string> Names =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(each => each.EndsWith(".sql", StringComparison.Ordinal)).Order();

    /// <summary>The text of a script, with its names and options filled in.</summary>
    public static string Text(string name, params ReadOnlySpan<(string Brace, string Filling)> fillings)
    {
        var text = Texts.GetOrAdd(name, Read);
        foreach (var (brace, filling) in fillings)
            text = text.Replace("{" + brace + "}", filling, StringComparison.Ordinal);
        return text;
    }

    /// <summary>A name in brackets, as T-SQL wants it.</summary>
    public static string Quote(string name) => "[" + name.Replace("]", "]]", StringComparison.Ordinal) + "]";

    /// <summary>The statement with literals in place of parameters and without its comments, for a person to read.</summary>
    public static string Readable(string text, params ReadOnlySpan<(string Parameter, object? Value)> values)
    {
        var lines = text.Split('\n').Where(each => !each.StartsWith("--", StringComparison.Ordinal));
        text = string.Join('\n', lines).Trim();
        foreach (var (parameter, value) in values)
            text = System.Text.RegularExpressions.Regex.Replace(text, parameter + @"\b", _ => Literal(value));
        return text;
    }

    private static string Literal(object? value) => value switch
    {
        null => "NULL",
        string words => "N'" + words.Replace("'", "''", StringComparison.Ordinal) + "'",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "NULL",
    };

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name + ".sql")
            ?? throw new ArgumentException($"There is no script {name}.sql.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
