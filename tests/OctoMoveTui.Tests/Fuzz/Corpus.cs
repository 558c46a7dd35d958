using System.Text.Json.Nodes;

namespace OctoMoveTui.Tests.Fuzz;

/// <summary>
/// Texts of one type that were made once, good ones and hostile ones; each input takes one of them and changes some of its values, which costs a tenth of
/// making it.
/// </summary>
internal sealed class Corpus(Type type, Action<JsonNode, Dice>? arrange = null, int size = 240)
{
    private static readonly double[] Hostilities = [0, 0, 0, 0.003, 0.02];

    private static readonly string[] Values =
    [
        "null", "[]", "{}", "[null]", "[[[[[]]]]]", "{\"x\":null}", "true", "-1", "0", "1.5", "1e400", "99999999999999999999", "-9223372036854775808", "\"\"", "\"a\"", "\"\\u0000\"", "\"\\ud800\"", "\"..\\/..\\/x\"",
        "\"\\u001b[2J\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"2026-03-01T02:00:00Z\"", "nul", "'x'", "[", "}", "\"x", "1,\"y\":2", "/*x*/1", "NaN",
    ];

    private readonly Lazy<IReadOnlyList<string>> texts = new(() => [.. Enumerable.Range(0, size).Select(number =>
    {
        var dice = new Dice(number + 1_000_000);
        var made = new JsonOf(dice, Hostilities[number % Hostilities.Length]).Make(type);
        if (made is JsonObject)
            arrange?.Invoke(made, dice);
        return made?.ToJsonString() ?? "null";
    })]);

    /// <summary>One of them, half of the time with some values exchanged, seldom with damage of any kind.</summary>
    public string Take(Dice dice)
    {
        var text = dice.Of(texts.Value);
        for (var times = dice.OneIn(2) ? 0 : 1 + dice.Next(3); times > 0; times--)
            text = WithOtherValue(text, dice);
        return dice.OneIn(25) ? dice.Damaged(text) : text;
    }

    private static string WithOtherValue(string text, Dice dice)
    {
        var at = text.IndexOf("\":", dice.Next(text.Length), StringComparison.Ordinal);
        if (at < 0)
            return text;
        var end = EndOfValue(text, at += 2);
        var value = dice.Next(5) switch
        {
            0 => JsonValue.Create(Hostile.Text(dice)).ToJsonString(),
            1 => dice.Of(Hostile.Numbers),
            2 => JsonValue.Create(dice.Of(Hostile.Times)).ToJsonString(),
            _ => dice.Of(Values),
        };
        return text[..at] + value + text[end..];
    }

    // Behind the value that begins there, as far as brackets and quotes tell.
    private static int EndOfValue(string text, int at)
    {
        var (depth, isText) = (0, false);
        for (; at < text.Length; at++)
        {
            if (isText)
            {
                if (text[at] == '\\')
                    at++;
                else if (text[at] == '"')
                    isText = false;
                continue;
            }

            switch (text[at])
            {
                case '"':
                    isText = true;
                    break;
                case '[' or '{':
                    depth++;
                    break;
                case ']' or '}' when depth-- == 0:
                case ',' when depth == 0:
                    return at;
            }
        }

        return text.Length;
    }
}
