using System.Text;

namespace OctoMoveTui.Attaching;

/// <summary>Words as one command line, as Windows wants them.</summary>
internal static class WindowsWords
{
    /// <summary>A command line that the C runtime takes apart into the same words: Microsoft's rules for quotes and backslashes.</summary>
    public static string Joined(IEnumerable<string> words) => string.Join(' ', words.Select(Quoted));

    private static string Quoted(string word)
    {
        if (word.Length > 0 && word.AsSpan().IndexOfAny(" \t\n\v\"") < 0)
        {
            return word;
        }

        var text = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var letter in word)
        {
            if (letter == '\\')
            {
                backslashes++;
                continue;
            }

            text.Append('\\', letter == '"' ? backslashes * 2 + 1 : backslashes).Append(letter);
            backslashes = 0;
        }

        return text.Append('\\', backslashes * 2).Append('"').ToString();
    }
}
