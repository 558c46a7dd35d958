using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said when the settings of another copying program can't be used. Nothing has been changed then.</summary>
internal static class CopyPlanFailures
{
    internal const string Rsync = "rsync: user@newserver: with the colon at its end; each directory goes straight to its place on the new server.";

    internal const string Robocopy =
        @"robocopy: \\newserver, for its administrative shares, or D:\Octopus=\\newserver\octopus: the place on the new server = how the old server reaches it.";

    internal const string Rclone = "rclone: remote:path, a remote of rclone's own configuration; the new server fetches from there.";

    internal static MoveFailure UnknownProgram(string with) => Usage(
        $"Copy:With is {with}.", "octomove can copy the directories itself, or with rsync, robocopy or rclone.", ["Choose one of these four words."]);

    internal static MoveFailure ToWithoutProgram() => Usage(
        "Copy:To is set, and Copy:With is octomove.", "octomove itself copies to paths that it can open, and needs no such address.",
        ["Set Copy:With to rsync, robocopy or rclone.", "Or leave Copy:To empty."]);

    internal static MoveFailure NoProgram(string key) => Usage($"{key} is empty.", "It is the path of the program that copies.", ["Correct it, or leave it out."]);

    internal static MoveFailure BadDestination(string to, string form) => Usage($"Copy:To is {to}; nothing can be copied there.", "", [form]);

    internal static MoveFailure SecretInDestination() => Usage(
        "Copy:To holds a password or another secret, which would be written into the plan and the journal.", "",
        ["For rsync use a key, known to ssh or its agent.", "For rclone make a remote with rclone config, and name it here: remote:path."]);

    internal static MoveFailure SecretInShell() => Usage(
        "Copy:RemoteShell holds a password, which would be written into the plan and be seen in the list of processes.", "",
        ["Use a key without a passphrase, or an agent: ssh -i PATH."]);

    internal static MoveFailure NotMapped(DirectoryPlan directory, string to) => Usage(
        $"Copy:To is {to}; it doesn't say how the old server reaches {directory.To}, where {directory.Kind} goes.", "",
        [Robocopy, "Several mappings are parted by semicolons."]);

    internal static MoveFailure RelativePlace(DirectoryPlan directory) => Usage(
        $"{directory.Kind} goes to {directory.To}, which is not a whole path.", "Another program can't know what it is relative to.",
        ["Give the new home directory as a whole path."]);

    private static MoveFailure Usage(string what, string why, IReadOnlyList<string> toDo) => new(new(FailureCause.Usage, what, why, toDo));
}
