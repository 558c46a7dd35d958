using System.Globalization;
using Humanizer;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What Octopus Server's API, or a proxy before it, answers when it does not do what was asked, in words.</summary>
internal static class ApiFailures
{
    private const string LooksFirst = "Then try again: octomove looks at how things stand before it asks once more.";

    /// <param name="url">The server.</param>
    /// <param name="request">Method and path.</param>
    /// <param name="status">Its answer, 401 for instance.</param>
    /// <param name="said">What came with it.</param>
    /// <param name="pause">How long the server asks to be left alone; null when it doesn't say.</param>
    internal static MoveFailure Refused(string url, string request, int status, string said, TimeSpan? pause)
    {
        var (why, toDo) = status switch
        {
            401 => ("The API key is wrong, was revoked, or has expired; or its user was deactivated.",
                ["Make an API key for a user with AdministerSystem (Profile > My API Keys).", "Try again: you are asked for the key."]),
            403 => ("The user of the API key may not do that. Octopus names the missing permission below, where it says it at all.",
                ["Give that user the permission AdministerSystem (Configuration > Teams: Octopus Administrators), or make a key for one who has it.",
                 "Try again: you are asked for the key."]),
            429 => ("It gets more requests than it allows: of octomove, or of others with the same user.",
                [$"Wait {(pause is { } span ? span.Humanize(2, CultureInfo.InvariantCulture) : "a few minutes")}, then try again.",
                 "If it happens again: use a key of a user of its own, or raise the limit (Configuration > Settings)."]),
            500 => ("It ran into an error of its own: its database was not reached or blocked, for instance, or its disk is full.",
                ["Read its server log (Logs/OctopusServer.txt in the home directory, or Configuration > Diagnostics).", LooksFirst]),
            503 => ("It is starting, stopping or overloaded; or a proxy before it says that for it.",
                ["Look whether its service runs, and at its server log (Logs/OctopusServer.txt in the home directory).", LooksFirst]),
            502 or 504 => ("A proxy or load balancer before it gets no answer from it.",
                ["Look whether its service runs; or give octomove the address of the server itself, without the proxy.", LooksFirst]),
            _ => ("", (string[])["Read what it said below.", LooksFirst]),
        };
        return new(new(FailureCause.OctopusApi, string.Create(CultureInfo.InvariantCulture, $"Octopus Server at {url} refused {request} (HTTP {status})."), why, toDo, said));
    }

    internal static MoveFailure Silent(string url, string request, TimeSpan limit, Exception error) => new(new(
        FailureCause.OctopusApi, $"Octopus Server at {url} did not answer {request} within {limit.Humanize(2, CultureInfo.InvariantCulture)}.",
        "It hangs or is overloaded; or a firewall or proxy on the way lost the answer.",
        ["Look whether the web portal answers in a browser, and at the server log (Logs/OctopusServer.txt in the home directory).", LooksFirst,
         "If it is only slow: raise Timing:Request."], error.Message), error);

    internal static MoveFailure Broken(string url, string request, bool changes, Exception error) => new(new(
        FailureCause.OctopusApi, $"The connection to Octopus Server at {url} broke during {request}.",
        "The server ended, or something on the way cut the line." + (changes ? " Whether the request was still carried out, nobody said." : ""),
        ["Look whether its service runs.", LooksFirst], error.Message), error);
}
