using System.Globalization;
using System.Text.RegularExpressions;

namespace OctoMoveTui.Engine.Sql;

/// <summary>One error of SQL Server, as it came.</summary>
/// <param name="Number">Its number: the same in every language.</param>
/// <param name="State">Its state: where in SQL Server it was raised.</param>
/// <param name="Severity">From 11 on it is an error; from 20 on the connection is gone.</param>
/// <param name="Text">In the language of the login.</param>
public sealed record SqlTroubleMessage(int Number, int State, int Severity, string Text);

/// <summary>
/// A failure that SQL Server reported, with what is needed to explain it. Details are taken from the message by what no translation changes
/// (quoted names, numbers, the operating system's code before its parenthesis), and where it has none, from the statement and its parameters.
/// </summary>
public sealed partial record SqlTrouble
{
    // "BACKUP DATABASE is terminating abnormally": comes last, always, and says nothing.
    private const int TerminatedAbnormally = 3013;

    /// <summary>The server as the connection string names it.</summary>
    public required string Server { get; init; }

    /// <summary>The SQL login; null with Windows authentication.</summary>
    public string? Login { get; init; }

    /// <summary>All messages, in order.</summary>
    public required IReadOnlyList<SqlTroubleMessage> Messages { get; init; }

    /// <summary>The statement; empty while connecting.</summary>
    public string Statement { get; init; } = "";

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<(string Name, object? Value)> Parameters { get; init; } = [];

    /// <summary>The database the session was in.</summary>
    public string SessionDatabase { get; init; } = "";

    /// <summary>Whom the SQL Server runs as; null when that could not be found out.</summary>
    public ServiceAccount? Account { get; init; }

    /// <summary>How far octomove's own look at the way to the server came, where it looked.</summary>
    public ServerReach? Reach { get; init; }

    /// <summary>True when the client library did not accept the server's certificate: the number for that differs between platforms.</summary>
    public bool IsCertificateRefused { get; init; }

    /// <summary>True before the first statement.</summary>
    public bool IsConnecting => Statement.Length == 0;

    /// <summary>True when the connection is gone.</summary>
    public bool IsBroken => First.Severity >= 20;

    /// <summary>The errors among the messages, without the one that says nothing.</summary>
    public IEnumerable<SqlTroubleMessage> Errors
    {
        get
        {
            var errors = Messages.Where(each => each.Severity > 10).ToList();
            var telling = errors.Where(each => each.Number != TerminatedAbnormally).ToList();
            return telling.Count > 0 ? telling : errors.Count > 0 ? errors : Messages;
        }
    }

    /// <summary>The cause: the first error. What follows it are consequences.</summary>
    public SqlTroubleMessage First => Errors.First();

    /// <summary>The number of <see cref="First"/>.</summary>
    public int Number => First.Number;

    /// <summary>The quoted parts of <see cref="First"/>.</summary>
    public IReadOnlyList<string> Names =>
        [.. Quoted().Matches(First.Text).Select(each => each.Groups.Values.Skip(1).First(group => group.Success).Value)];

    /// <summary>The file that <see cref="First"/> names, or the statement's own.</summary>
    public string? Path => Names.FirstOrDefault(IsPath)?.TrimEnd(':') ?? Parameter("@file0") ?? Parameter("@path") ?? Parameter("@file");

    /// <summary>The operating system's error code, which stands before a parenthesis: "5(Access is denied.)".</summary>
    public int? OsError =>
        OsErrorNumber().Match(Quoted().Replace(First.Text, each => IsPath(each.Value) ? "" : each.Value)) is { Success: true } match
            && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The database: the statement's, else the one that <see cref="First"/> names, else the session's.</summary>
    public string Database =>
        Parameter("@db")
        ?? (DatabaseInStatement().Match(Statement) is { Success: true } match ? match.Groups[1].Value.Replace("]]", "]", StringComparison.Ordinal) : null)
        ?? SessionDatabase;

    /// <summary>The whole numbers of <see cref="First"/> outside of quotes, the largest first: byte counts, limits.</summary>
    public IReadOnlyList<long> Amounts =>
        [.. Digits().Matches(Quoted().Replace(First.Text, ""))
            .Select(each => long.TryParse(each.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null).OfType<long>().OrderDescending()];

    /// <summary>The product versions that <see cref="First"/> names, in its order.</summary>
    public IReadOnlyList<string> Versions => [.. ProductVersion().Matches(First.Text).Select(each => each.Value)];

    /// <summary>What was being done, in a line: the beginning of the statement with its values, or of a query what it reads from. No hash.</summary>
    public string Doing
    {
        get
        {
            if (IsConnecting)
                return "";
            var text = SqlScript.Readable(Statement, [.. Parameters]);
            var line = PasswordHash().Replace(text.Split('\n')[0], "…").TrimEnd(';', ' ', '\r');
            return line.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase) && Source().Match(text) is { Success: true } from
                ? $"SELECT … FROM {from.Groups[1].Value}" : line;
        }
    }

    /// <summary>The value of a text parameter, or null.</summary>
    public string? Parameter(string name) => Parameters.FirstOrDefault(each => each.Name == name).Value as string;

    /// <summary>The n-th quoted part, or what to say instead of it.</summary>
    public string NameOr(int index, string otherwise) => index < Names.Count ? Names[index] : otherwise;

    private static bool IsPath(string text) => text.AsSpan().ContainsAny('/', '\\');

    [GeneratedRegex("""'([^']+)'|"([^"]+)"|„([^“]+)“|“([^”]+)”|«([^»]+)»|「([^」]+)」""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<!\d)(\d{1,5})\(")]
    private static partial Regex OsErrorNumber();

    [GeneratedRegex(@"\bDATABASE(?:::|\s+)\[((?:[^\]]|\]\])+)\]", RegexOptions.IgnoreCase)]
    private static partial Regex DatabaseInStatement();

    [GeneratedRegex(@"(?<![\d.])\d{1,18}(?![\d.]*\d)")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\bFROM\s+([\w.\[\]]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Source();

    [GeneratedRegex(@"\b0x[0-9a-f]+(?=\s+HASHED)", RegexOptions.IgnoreCase)]
    private static partial Regex PasswordHash();

    [GeneratedRegex(@"\d{1,3}\.\d{1,3}\.\d{1,5}")]
    private static partial Regex ProductVersion();
}
