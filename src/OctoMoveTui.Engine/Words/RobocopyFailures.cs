using System.Globalization;
using System.Text.RegularExpressions;
using OctoMoveTui.Engine.CopyTools;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>The exit codes of robocopy, which are bits, and the numbers of Windows in its lines: "ERROR 5 (0x00000005)".</summary>
internal static partial class RobocopyFailures
{
    /// <summary>The bits: 1 copied, 2 something else is there, 4 a file where a directory should be, 8 not copied, 16 nothing done.</summary>
    internal static readonly IReadOnlyList<int> Codes = [0, 1, 2, 4, 8, 16];

    private static readonly int[] InUse = [2, 3, 32, 33];

    internal static string Mismatched(CopyOrder order) =>
        $"{order.Kind}: at {order.To} something is a file where a directory should be, or the other way round. It is named when the files are verified.";

    internal static string InUseWhileLive(string kind, IReadOnlyList<string> said) =>
        $"{kind}: {said.Count} files were in use or vanished while robocopy copied. That is normal as long as Octopus works; the copy inside the outage settles it.";

    /// <summary>The first number of Windows in a text; null when there is none.</summary>
    internal static int? NumberIn(string text) =>
        WindowsNumber().Match(text) is { Success: true } match
            && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>True when all that failed is of the kind that a working Octopus makes.</summary>
    internal static bool AreOnlyInUse(IReadOnlyList<string> said) =>
        said.Count > 0 && said.All(each => NumberIn(each) is { } number && InUse.Contains(number));

    internal static MoveFailure Of(CopyOrder order, int exitCode, IReadOnlyList<string> said)
    {
        var (why, toDo) = Explain(said.Select(NumberIn).FirstOrDefault(each => each is not null));
        return CopyToolFailures.Of("robocopy", order, exitCode, exitCode switch
        {
            < 0 => "It was killed, or could not be run to its end. ",
            < 16 => "Some files were not copied; everything else is. ",
            _ => "It copied nothing: it can't open the source or the destination, or didn't accept its arguments. ",
        } + why, toDo, said);
    }

    internal static MoveFailure CannotReach(string directory, int? number, string said)
    {
        var (why, toDo) = Explain(number);
        return CopyToolFailures.CannotList("robocopy", directory, 16, why, toDo, said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    private static (string Why, IReadOnlyList<string> ToDo) Explain(int? number) => number switch
    {
        5 => ("Access is denied (error 5).", ["Give the account octomove runs under the right to read the source and to write to the share and to the directory behind it."]),
        2 or 3 => ("A file or a path was not found (error 2 or 3).", ["Make sure that the old server is stopped, and that the share leads to a directory that is there."]),
        32 or 33 => ("A file is in use (error 32).", ["Make sure that the old server is stopped, and look which program has it open."]),
        53 or 67 or 1231 or 1232 => (
            "The new server or its share can't be found (error 53 or 67).", ["Look at the name in Copy:To, at the firewall (port 445), and whether the share is there: net view \\\\newserver /all"]),
        59 or 64 or 121 or 1236 or 1240 => ("The connection broke (error 59, 64 or 121).", ["Look at the network between the servers."]),
        86 or 1326 or 1327 or 1331 or 1385 => (
            "The new server refuses this account (error 1326).", [@"Log in to the share as an account that may: net use \\newserver\share /user:DOMAIN\name (it asks for the password)."]),
        1219 => ("Another account is logged in to that server from here (error 1219).", [@"End that connection: net use \\newserver\share /delete"]),
        112 or 39 => ("The disk of the new server is full (error 112).", ["Make room there."]),
        1295 or 1816 => ("A quota was reached.", ["Raise it, or choose another place."]),
        19 => ("The medium is write-protected (error 19).", ["Choose another place."]),
        206 => ("A name is too long (error 206).", ["Choose a shorter path for the new directory."]),
        87 => ("robocopy didn't accept its arguments (error 87).", ["Look at the command line in the log."]),
        { } other => ($"Windows said error {other.ToString(CultureInfo.InvariantCulture)}.", ["Look at the lines below."]),
        null => ("", ["Look at the log of this run."]),
    };

    [GeneratedRegex(@"\b(\d{1,5}) \(0x[0-9A-Fa-f]{8}\)")]
    private static partial Regex WindowsNumber();
}
