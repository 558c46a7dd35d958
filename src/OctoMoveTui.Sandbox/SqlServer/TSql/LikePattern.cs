using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>LIKE with %, _, [sets] and ESCAPE; case does not count.</summary>
internal static class LikePattern
{
    private static readonly ConcurrentDictionary<(string, string?), Regex> Compiled = new();

    public static bool Matches(string text, string pattern, string? escape) =>
        Compiled.GetOrAdd((pattern, escape), key => Compile(key.Item1, key.Item2, whole: true)).IsMatch(text);

    public static int IndexOf(string pattern, string text)
    {
        var open = pattern.StartsWith('%');
        var match = Compile(pattern.Trim('%'), null, whole: false).Match(text);
        return match.Success && (open || match.Index == 0) ? match.Index + 1 : 0;
    }

    private static Regex Compile(string pattern, string? escape, bool whole)
    {
        var regex = new StringBuilder(whole ? "^" : "");
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (escape is { Length: 1 } && c == escape[0] && i + 1 < pattern.Length)
            {
                regex.Append(Regex.Escape(pattern[++i].ToString()));
            }
            else if (c == '[' && pattern.IndexOf(']', i + 1) is var end and > 0)
            {
                var set = pattern[(i + 1)..end]
                    .Replace(@"\", @"\\", StringComparison.Ordinal)
                    .Replace("[", @"\[", StringComparison.Ordinal);
                regex.Append('[').Append(set).Append(']');
                i = end;
            }
            else
            {
                regex.Append(
                    c switch
                    {
                        '%' => ".*",
                        '_' => ".",
                        _ => Regex.Escape(c.ToString()),
                    }
                );
            }
        }
        return new Regex(
            regex.Append(whole ? " *$" : "").ToString(),
            RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant
        );
    }
}
