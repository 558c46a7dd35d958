namespace OctoMoveTui.Sandbox.Machines;

/// <summary>A request to the web portal of a machine.</summary>
public sealed record ApiCall(string Method, string Path, string Body);

/// <summary>An answer that is not the server's own: what an older version, a proxy, or a server in trouble says, or that it says nothing.</summary>
public sealed record ApiAnswer(int Status, string Body)
{
    /// <summary>None: the request is taken and the connection kept, until the caller loses patience.</summary>
    public static ApiAnswer Silence { get; } = new(0, "") { Kind = ApiAnswerKind.Silence };

    /// <summary>None: the connection is reset before anything is done.</summary>
    public static ApiAnswer Cut { get; } = new(0, "") { Kind = ApiAnswerKind.Cut };

    /// <summary>The server does what it is asked for; then the connection is reset, and nobody hears of it.</summary>
    public static ApiAnswer CutAfterwards { get; } = new(0, "") { Kind = ApiAnswerKind.CutAfterwards };

    /// <summary>The header Octopus-Node; null: the node's own name; empty: none, as from a proxy.</summary>
    public string? Node { get; init; }

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>The header Retry-After: seconds or a date.</summary>
    public string? RetryAfter { get; init; }

    internal ApiAnswerKind Kind { get; init; }
}

internal enum ApiAnswerKind { Said, Silence, Cut, CutAfterwards }
