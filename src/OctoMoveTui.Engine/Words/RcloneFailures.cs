using OctoMoveTui.Engine.CopyTools;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>The exit codes of rclone, and the sentences of its remotes that say more than those.</summary>
internal static class RcloneFailures
{
    /// <summary>Every exit code that rclone.org/docs names; docs/copying-with-other-tools.md has them. 1 and 2 changed places between versions.</summary>
    internal static readonly IReadOnlyList<int> Codes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

    internal static string ChangedWhileLive(string kind, int count) =>
        $"{kind}: {count} files changed or vanished while rclone copied. That is normal as long as Octopus works; the copy inside the outage settles it.";

    /// <summary>True when all that failed is of the kind that a working Octopus makes.</summary>
    internal static bool AreOnlyChanges(IReadOnlyList<string> said) => said.Count > 0 && said.All(each =>
        each.Contains("source file is being updated", StringComparison.Ordinal) || each.Contains("no such file or directory", StringComparison.Ordinal)
        || each.Contains("cannot find the file specified", StringComparison.Ordinal) || each.StartsWith("Attempt ", StringComparison.Ordinal)
        || each.StartsWith("Failed to copy", StringComparison.Ordinal));

    internal static MoveFailure Of(CopyOrder order, int exitCode, IReadOnlyList<string> said)
    {
        var (why, toDo) = Explain(exitCode, said);
        return CopyToolFailures.Of("rclone", order, exitCode, why, toDo, said);
    }

    internal static MoveFailure CannotReach(string directory, int exitCode, IReadOnlyList<string> said)
    {
        var (why, toDo) = Explain(exitCode, said);
        return CopyToolFailures.CannotList("rclone", directory, exitCode, why, toDo, said);
    }

    private static (string Why, IReadOnlyList<string> ToDo) Explain(int exitCode, IReadOnlyList<string> said) => exitCode switch
    {
        _ when Has(said, "find section in config file") => (
            "There is no remote of that name in the rclone configuration of this account.",
            ["Make it: rclone config, as the account that octomove runs under; or correct the name in Copy:To.",
             "If the configuration lies elsewhere, set RCLONE_CONFIG in the environment of octomove. Both servers need the remote."]),
        _ when Has(said, "unable to decrypt configuration") || Has(said, "configuration password") => (
            "rclone's configuration is encrypted, and it can't ask for the password here.", ["Set RCLONE_CONFIG_PASS in the environment of octomove."]),
        _ when Has(said, "unknown flag") || Has(said, "unknown shorthand") => ("This rclone is too old for an option.", ["Install a newer rclone on both servers."]),
        _ when Has(said, "no space left") || Has(said, "not enough space") || Has(said, "quota") => ("The other side is full, or a quota was reached.", ["Make room there."]),
        _ when Has(said, "AccessDenied") || Has(said, "Access Denied") || Has(said, "403") || Has(said, "401") || Has(said, "InvalidAccessKeyId")
            || Has(said, "invalid_grant") || Has(said, "unable to authenticate") || Has(said, "permission denied") => (
            "The remote, or a directory, refused access.", ["Renew the remote's sign-in (rclone config reconnect), or give its account the right to read, write and list there."]),
        _ when Has(said, "no such host") || Has(said, "connection refused") || Has(said, "i/o timeout") || Has(said, "network is unreachable") => (
            "The remote can't be reached from here.", ["Look at the network, the proxy and the remote's address."]),
        _ when Has(said, "NoSuchBucket") => ("The bucket is not there.", ["Make it, or correct Copy:To."]),
        _ when Has(said, "source file is being updated") => (
            "Files changed while they were copied, though Octopus is stopped: somebody still writes there.", ["Make sure that the old server is stopped."]),
        1 or 2 => ("rclone met an error, or didn't accept its arguments.", ["Look at the message below."]),
        3 => ("The directory that is copied is not there.", ["If it is the remote's: let the old server's octomove copy first."]),
        4 => ("A file that is copied is not there any more.", ["Make sure that the old server is stopped."]),
        5 => ("The remote failed again and again; it may work later.", ["Wait a little."]),
        6 => ("The remote refused some files.", ["Look at the list below."]),
        7 => ("The remote refuses everything, and trying again won't help: an account that is locked or used up, most likely.", ["Look at the account."]),
        8 => ("The limit of what may be transferred is reached: --max-transfer, from rclone's configuration or the environment.", ["Raise it."]),
        10 => ("The limit of how long a copy may take is reached: --max-duration, from rclone's configuration or the environment.", ["Raise it."]),
        _ => ("It was killed, or that exit code is not in rclone's manual.", ["Look at the message below."]),
    };

    private static bool Has(IReadOnlyList<string> said, string text) => said.Any(each => each.Contains(text, StringComparison.OrdinalIgnoreCase));
}
