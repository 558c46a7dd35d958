using System.Text.RegularExpressions;

namespace OctoMoveTui.Engine.CopyTools;

/// <summary>Understands what a tool says while it copies: how far it is, and what troubles it has.</summary>
internal abstract partial class ToolOutput
{
    private const int Kept = 100;
    private readonly List<string> _troubles = [];

    /// <summary>Bytes copied so far by this run.</summary>
    public long BytesDone { get; private protected set; }

    /// <summary>How many bytes this run will copy, where the tool knows.</summary>
    public long? BytesTotal { get; private protected set; }

    /// <summary>The file in hand.</summary>
    public string? CurrentFile { get; private protected set; }

    /// <summary>The first hundred troubles, a line each.</summary>
    public IReadOnlyList<string> Troubles => _troubles;

    /// <summary>Takes one line.</summary>
    /// <returns>The line for the log; null when it only tells of progress.</returns>
    public string? Take(string line)
    {
        var text = Understand(line.TrimEnd());
        return text is null ? null : Secret().Replace(text, "$1***");
    }

    /// <summary>Takes one line, and says what of it is for the log.</summary>
    private protected abstract string? Understand(string line);

    private protected void Trouble(string text)
    {
        if (_troubles.Count < Kept)
            _troubles.Add(Secret().Replace(text, "$1***"));
    }

    // Errors of clouds repeat the request, signed URL and all.
    [GeneratedRegex("""((?:sig|signature|x-amz-[a-z-]+|token|access_token|secret|password|pass|key)=)[^&\s"']+""", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
