using System.Security.Cryptography;
using System.Text;

namespace OctoMoveTui.Engine.Journal;

/// <summary>
/// What ties each line of the journal to the one before it: a hash over both, as the last member of the line. Accidents show by it, such as an editor, a
/// copy that was mixed with another, a line that a share lost. It is no seal: whoever means to can make it anew. Journals of earlier versions have none;
/// once a line has one, all that follow must.
/// </summary>
internal readonly record struct JournalChain
{
    private const string Name = ",\"chain\":\"";
    private const string End = "\"}";
    private const int Digits = 32;

    private readonly string? last;

    private JournalChain(string last) => this.last = last;

    /// <summary>The hash of the line before; null before the first, and after one that has none.</summary>
    public string? Last => last;

    /// <summary>Before the first line.</summary>
    public static JournalChain Begin => default;

    /// <summary>The line with its hash.</summary>
    /// <param name="line">A JSON object.</param>
    /// <param name="next">What the next line follows from.</param>
    public string Add(string line, out JournalChain next)
    {
        var hash = HashOf(line);
        next = new JournalChain(hash);
        return line[..^1] + Name + hash + End;
    }

    /// <summary>True when the line follows from the ones before it.</summary>
    public bool Follows(string line, out JournalChain next)
    {
        var at = line.Length - Name.Length - Digits - End.Length;
        if (at < 0 || !line.AsSpan(at).StartsWith(Name, StringComparison.Ordinal) || !line.EndsWith(End, StringComparison.Ordinal))
        {
            next = this;
            return last is null;
        }

        var (hash, expected) = (line.Substring(at + Name.Length, Digits), HashOf(line[..at] + "}"));
        next = new JournalChain(hash);
        return hash == expected;
    }

    private string HashOf(string line) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(last + "\n" + line)))[..Digits];
}
