using OctoMoveTui.Engine.CopyTools;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>The exit codes of rsync and of the ssh below it. Messages of the system end with its number, which no language changes: "(13)".</summary>
internal static class RsyncFailures
{
    /// <summary>Every exit code that rsync(1) names, and those of ssh and a remote shell; docs/copying-with-other-tools.md has them.</summary>
    internal static readonly IReadOnlyList<int> Codes = [1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 20, 21, 22, 23, 24, 25, 30, 35, 124, 125, 126, 127, 255];

    internal static string VanishedWhileLive(string kind) =>
        $"{kind}: some files vanished while rsync copied. That is normal as long as Octopus works; the copy inside the outage settles it.";

    internal static MoveFailure Of(CopyOrder order, int exitCode, IReadOnlyList<string> said, string shell)
    {
        var (why, toDo) = Explain(exitCode, said, shell);
        return CopyToolFailures.Of("rsync", order, exitCode, why, toDo, said);
    }

    internal static MoveFailure CannotReach(string directory, int exitCode, IReadOnlyList<string> said, string shell)
    {
        var (why, toDo) = Explain(exitCode, said, shell);
        return CopyToolFailures.CannotList("rsync", directory, exitCode, why, toDo, said);
    }

    /// <summary>True when rsync only says that the directory is not there.</summary>
    internal static bool IsMissing(IReadOnlyList<string> said) =>
        Has(said, "(2)") && !Has(said, "(13)") && said.Any(each => each.Contains("change_dir", StringComparison.Ordinal) || each.Contains("link_stat", StringComparison.Ordinal));

    private static (string Why, IReadOnlyList<string> ToDo) Explain(int exitCode, IReadOnlyList<string> said, string shell) => exitCode switch
    {
        _ when Has(said, "(28)") || Has(said, "(122)") => (
            "The disk on the other side is full, or a quota was reached.", ["Make room there."]),
        _ when Has(said, "(30)") => ("The file system on the other side is read-only.", ["Mount it for writing, or choose another place."]),
        1 or 4 or 2 when Has(said, "unknown option") || exitCode != 1 => (
            "The rsync on the other server is too old for an option.", ["Install rsync 3.2.3 or later on both servers."]),
        1 => ("rsync didn't accept its arguments.", ["Look at the command line in the log, and at the rsync on the other server: 3.2.3 or later is needed."]),
        3 => ("rsync can't enter the source, or can't make the destination.", ["Give the account on the new server the right to write there."]),
        5 or 6 or 35 => ("An rsync daemon answered; octomove copies over ssh.", ["Let Copy:To be user@newserver: with one colon."]),
        10 => ("The connection broke.", ["Look at the network between the servers."]),
        11 => ("A file could not be read or written.", ["Look at the message below: the disk may be full, or damaged."]),
        // Which of the two codes it is depends on who is faster: rsync that misses its other half, or ssh that says why.
        12 or 255 when IsShellMissing(said) => NoRsyncThere(),
        12 or 255 when Ssh(said, shell) is { } known => known,
        12 or 13 => (
            "The other side ended in the middle: the connection broke, its disk is full, or what answers there prints something of its own.",
            ["Look at the message below.", $"See that a command without a login prints nothing else: {shell} user@newserver true"]),
        14 or 21 or 22 when Has(said, "Failed to exec") => (
            $"The remote shell can't be started: {shell}.", ["Install an ssh client, or give its path in Copy:RemoteShell."]),
        14 or 21 or 22 => ("rsync ran into trouble with its own processes, or has too little memory.", ["Look at the message below."]),
        20 => ("It was stopped by a signal.", ["Find out who stopped it."]),
        23 when Has(said, "(13)") => (
            "Access was denied to some files or directories.",
            ["Give the account octomove runs under the right to read the source, and the account on the new server the right to write."]),
        23 => ("Some files were not copied; everything else is.", ["Look at the list below."]),
        24 => (
            "Files vanished while they were copied, though Octopus is stopped: somebody still writes there.",
            ["Make sure that the old server is stopped."]),
        25 => ("rsync was told not to remove files, and wanted to.", ["Tell the makers of octomove: it never asks for that."]),
        30 => ("Nothing came over the line for ten minutes.", ["Look at the network between the servers, and at the load of the new one."]),
        124 or 125 => ("The command on the other server failed or was killed.", ["Look at the message below."]),
        126 or 127 => NoRsyncThere(),
        255 => ("ssh failed.", [$"Try by hand what it says: {shell} user@newserver rsync --version"]),
        _ => ("That exit code is not in rsync's manual.", ["Look at the message below."]),
    };

    private static (string, IReadOnlyList<string>) NoRsyncThere() => (
        "The new server was reached, and there is no rsync on it, or not on the PATH of that account.", ["Install rsync 3.2.3 or later on the new server."]);

    private static (string, IReadOnlyList<string>)? Ssh(IReadOnlyList<string> said, string shell) => said switch
    {
        _ when Has(said, "Host key verification failed") || Has(said, "REMOTE HOST IDENTIFICATION HAS CHANGED") => (
            "ssh doesn't know the new server's host key, or knows another.",
            [$"Log in once by hand with the same account, compare the fingerprint with the server's own, and accept it: {shell} user@newserver",
             "If the key has changed, find out why before you trust it."]),
        _ when Has(said, "Permission denied") || Has(said, "Too many authentication failures") => (
            "The new server refused the key, and nobody can type a password there.",
            ["Put the public key into the account's authorized_keys on the new server.", $"Name the private key: Copy:RemoteShell = {shell} -i PATH",
             "Try it: the command must come back without asking anything."]),
        _ when Has(said, "Could not resolve") => ("The name of the new server is not known here.", ["Correct the name in Copy:To."]),
        _ when Has(said, "Connection refused") => (
            "Nothing listens there.", ["Start the ssh server on the new machine, or give its port: Copy:RemoteShell = ssh -p PORT"]),
        _ when Has(said, "timed out") || Has(said, "No route to host") => ("The new server doesn't answer.", ["Look at its name, its firewall and the network between."]),
        _ => null,
    };

    private static bool IsShellMissing(IReadOnlyList<string> said) =>
        Has(said, "command not found") || Has(said, ": not found") || Has(said, "is not recognized");

    private static bool Has(IReadOnlyList<string> said, string text) => said.Any(each => each.Contains(text, StringComparison.Ordinal));
}
