using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// The one filter at every sink: journal, log, events, failures. Takes out each secret it was told of, anything that looks like a password
/// in a connection string or like the signature of a SAS token, and control sequences that could drive a terminal.
/// </summary>
public sealed partial class Redactor
{
    // Shorter "secrets" would blacken innocent text ("sa" in "message"); nobody's real password should be that short.
    private const int ShortestSecret = 4;

    private readonly Lock gate = new();

    // The longest first, so that a secret that contains another leaves nothing behind.
    private volatile string[] secrets = [];

    /// <summary>From now on this text is hidden wherever it appears, also as it is written in connection strings and in JSON.</summary>
    public void Learn(string? secret)
    {
        if (secret is not { Length: >= ShortestSecret })
            return;
        lock (gate)
            secrets = [.. secrets.Union(FormsOf(secret), StringComparer.Ordinal).OrderByDescending(each => each.Length)];
    }

    /// <summary>The text without secrets and without control sequences; line breaks stay.</summary>
    public string Clean(string text)
    {
        if (text.Length == 0)
            return text;

        foreach (var secret in secrets)
            text = text.Replace(secret, Secret.Mask, StringComparison.Ordinal);

        text = PasswordInConnectionString().Replace(text, match => match.Groups[1].Value + Secret.Mask);
        text = SasSignature().Replace(text, match => match.Groups[1].Value + Secret.Mask);
        return WithoutControls(text);
    }

    /// <summary>Cleans all sentences of a report.</summary>
    public FailureReport Clean(FailureReport report) => report with
    {
        What = Clean(report.What),
        Why = Clean(report.Why),
        ToDo = [.. report.ToDo.Select(Clean)],
        Raw = report.Raw is null ? null : Clean(report.Raw),
    };

    // A quote within quotes is doubled in a connection string (ab"c as "ab""c") and escaped in JSON; a connection string may stand in JSON.
    private static IEnumerable<string> FormsOf(string secret)
    {
        string[] quoted =
        [
            secret,
            secret.Replace("\"", "\"\"", StringComparison.Ordinal),
            secret.Replace("'", "''", StringComparison.Ordinal),
        ];
        return quoted.Concat(quoted.SelectMany(each => new[]
        {
            JsonEncodedText.Encode(each, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
            JsonEncodedText.Encode(each, JavaScriptEncoder.Default).ToString(),
        }));
    }

    private static string WithoutControls(string text)
    {
        if (!text.Any(each => (char.IsControl(each) && each != '\n') || IsInvisible(each)))
            return text;

        text = EscapeSequence().Replace(text, "");
        var kept = new StringBuilder(text.Length);
        foreach (var each in text)
        {
            if (each == '\t')
                kept.Append("    ");
            else if (each is '\u2028' or '\u2029')
                kept.Append('\n');
            else if (each == '\n' || (!char.IsControl(each) && !IsInvisible(each)))
                kept.Append(each);
        }

        return kept.ToString();
    }

    // What turns the rest of a line around (a name that ends in "gpj.exe" and is shown as "exe.jpg"), breaks it, or makes two names look like one. Not the joiners,
    // which scripts and emoji need.
    private static bool IsInvisible(char each) =>
        each is '\u061c' or '\u200b' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or '\ufeff';

    // In quotes: up to the quote that isn't doubled. Without: quotes within belong to it, those at its end to what is around it.
    [GeneratedRegex(
        """((?:password|pwd|--masterKey|--apiKey)\s*=\s*)("[^"]*(?:""[^"]*)*"|'[^']*(?:''[^']*)*'|[^;\s"'](?:[^;\s]*[^;\s"'])?)""",
        RegexOptions.IgnoreCase)]
    private static partial Regex PasswordInConnectionString();

    // What makes a SAS token of Azure a secret; base64, percent-encoded or not. "\u0026sig=" is how JSON writes "&sig=".
    [GeneratedRegex("""((?<![A-Za-z])sig\s*=\s*)[A-Za-z0-9%+/=_-]+""", RegexOptions.IgnoreCase)]
    private static partial Regex SasSignature();

    // CSI; OSC, DCS, SOS, PM and APC with what they carry; and two-character escapes (ECMA-48).
    [GeneratedRegex("""(\x1b\[|\u009b)[0-?]*[ -/]*[@-~]|(\x1b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\x07\x1b\u009c\n]*(\x07|\u009c|\x1b\\)?|\x1b[ -/]*[0-~]""")]
    private static partial Regex EscapeSequence();
}
