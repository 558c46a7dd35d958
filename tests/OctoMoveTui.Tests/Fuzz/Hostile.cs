namespace OctoMoveTui.Tests.Fuzz;

/// <summary>What somebody who means harm, or a broken disk, puts where a name, a path or a number is expected.</summary>
internal static class Hostile
{
    public static readonly IReadOnlyList<string> Paths =
    [
        "..", "../outside", "../../outside/canary.txt", "../../../../../../../../tmp", "a/../../outside/canary.txt", "a/..", "./a", "a/./b", "a//b", "/", "//", "a/",
        "/etc/passwd", "/dev/null", "/proc/self/environ", @"..\outside", @"..\..\outside\canary.txt", @"C:\Windows\win.ini", "C:/x", "C:", "C:x", @"\\server\share\x",
        @"\\?\C:\x", @"\\.\pipe\x", "//server/share", "CON", "NUL", "a/nul.txt", "COM1", "LPT9.log", "a:stream", "a.txt::$DATA", "trailing.", "trailing ", ".. ", "... ", ". .",
        "a\0b", "\0", "link/canary.txt", "link", "link/..", "link/../outside/canary.txt", "linkfile", "deep/link/canary.txt", "~", "~root", "$HOME", "%TEMP%", "`id`", "$(id)", "|id", "-rf", "--help",
        "file:///etc/passwd", "%2e%2e/outside", "..%2foutside", "\u2024\u2024/outside", "\uff0e\uff0e/outside", "\ud800", "\udc00x", "a\u202egpj.exe", "a\u2066b", "\ufeffa",
        "a\nb", "a\rb", "a\tb", "\u001b[2Ja", "\u009b31m", "a\u0000", "journal.jsonl", "../plan.json", "../journal.jsonl", "lock", new('a', 300), new string('a', 255) + "/b",
        string.Concat(Enumerable.Repeat("d/", 2500)) + "f", string.Concat(Enumerable.Repeat("../", 400)) + "etc/passwd", "", " ", ".", "é", "e\u0301", "ſ", "İ",
    ];

    public static readonly IReadOnlyList<string> Numbers =
    [
        "0", "-1", "1", "2147483647", "2147483648", "-2147483649", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "99999999999999999999999999", "1e308", "1e999", "-0", "0.1", "1.5", "00012", "0x10", "1_000", "1,000", "NaN", "Infinity", "١٢٣", "１２３", "๙", "+5", " 5 ", "5e-324",
    ];

    public static readonly IReadOnlyList<string> Times =
    [
        "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999-14:00", "1601-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
        "2026-02-30T00:00:00Z", "2026-03-01T02:00:00", "2026-03-01", "yesterday", "", "2026-03-01T02:00:00+99:00", "2038-01-19T03:14:08Z",
    ];

    public static readonly IReadOnlyList<string> Words =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "&lt;&#0;", "[x](javascript:alert(1))", "| a | b |", "```", "'; DROP TABLE x; --", "]]; DROP DATABASE x", "{0}{1}{99}", "%s%n",
        "\u001b[31mred", "\u001b]0;title\a", "\u001bPq\u001b\\", "\u009d", "\b\b\b", "\r2026-03-01 02:00 The move is finished.", "\n> rm -rf /", "\u2028", "\u200b", "\ud83d\ude00", "\ud83d", "null", "true", "[]", "{}",
        new('[', 500), new('{', 500), new('"', 300), new('\\', 301), new('x', 70_000), "\\u0000", "\\ud800", "\ufffe", "\uffff",
    ];

    public static string Text(Dice dice) => dice.Next(4) switch
    {
        0 => dice.Of(Words),
        1 => dice.Of(Numbers),
        2 => dice.Of(Times),
        _ => dice.Of(Paths),
    };
}
