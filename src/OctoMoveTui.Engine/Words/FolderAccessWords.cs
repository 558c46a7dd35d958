using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>Who else may do what in the move folder.</summary>
internal static class FolderAccessWords
{
    internal static MoveFailure IsLink(string file, string target) => new(new(
        FailureCause.MoveFolder, $"{file} is a link to {target}.",
        "octomove writes its own files through no link: whoever may put one into the move folder would choose what is overwritten.",
        ["Find out who made the link, and remove it. What it leads to was not touched.",
         "If the move folder is to lie on another disk, make the folder itself a link, not the files in it."]));

    internal static string OpenToOthers(string folder, string others, string command) =>
        $"{others} may write in the move folder {folder}. Whoever can do that decides what octomove does on both servers: the plan and the journal lie there. "
        + $"If that is not meant: {command}";

    internal static string Everybody => "Everybody on this machine";

    internal static string Group => "All members of the folder's group";

    internal static string UnixCommand(string folder) => $"chmod 700 '{folder.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    internal static string WindowsCommand(string folder, string account) => $"icacls \"{folder}\" /inheritance:d /remove:g \"{account}\"";
}
