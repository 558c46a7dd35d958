using System.Globalization;
using Humanizer;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What can go wrong with a program that octomove starts, in words.</summary>
internal static class CommandFailures
{
    /// <param name="command">The command line, secrets masked.</param>
    /// <param name="limit">How long it was given.</param>
    /// <param name="said">What it had said until then; empty where it may not be shown.</param>
    /// <param name="error">The end of waiting.</param>
    internal static MoveFailure Hangs(string command, TimeSpan limit, string said, Exception error) => new(new(
        FailureCause.OctopusCommand, $"This had not ended after {limit.Humanize(2, CultureInfo.InvariantCulture)}, and octomove ended it with all that it had started: {command} .",
        "It waits for something that does not come: its database, a service, a file that another program holds, or somebody to press a key.",
        ["Octopus.Server writes what it does into Logs/OctopusServer.txt in the home directory and into %ProgramData%\\Octopus: read the last lines there.",
         "Then try again: octomove looks at how far it came. If it only takes longer here: raise Timing:Command."], said.Length == 0 ? null : said), error);
}
