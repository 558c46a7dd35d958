using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>The labels of the plan form, and what can be wrong with a field.</summary>
internal static class PlanWords
{
    internal const string Missing = "This has to be filled in.";
    internal const string NoAddress = "This is not an address. It looks like https://octopus.example.com";
    internal const string NoSecret =
        "A URL with a token or a password in it: that was taken out. Put the secret into a credential on both SQL Servers (CREATE CREDENTIAL), and name the container here.";

    internal const string Proposed = "Filled in from what this instance says of itself: check it.";
    internal const string NoSuchProgram = "There is no such file on this machine.";

    internal static string NoNewProgram(string moveFolder) =>
        $"There is no such file on this machine. Correct the path; or put the MSI of the old server's version into {moveFolder}, and octomove installs it.";

    internal static readonly IReadOnlyDictionary<string, (string Label, string Help)> Fields = new Dictionary<string, (string, string)>
    {
        ["Old:OctopusServer"] = ("Old Octopus.Server", "The path of the Octopus.Server executable on the old server."),
        ["Old:Instance"] = ("Old instance", "The instance that moves."),
        ["Old:Url"] = ("Old address", "The address of the old web portal, with a virtual directory if there is one."),
        ["New:OctopusServer"] = ("New Octopus.Server", "The path of the Octopus.Server executable on the new server: the same version."),
        ["New:Instance"] = ("New instance", "The name of the new instance. Keep the old one unless there is a reason; empty = the old one."),
        ["New:Url"] = ("New address", "Where the new web portal will answer."),
        ["New:Home"] = ("New home directory", "Where the new instance lives. Keep the old path if you can: nothing has to be re-pointed then."),
        ["Backup:FolderOnOldSql"] = ("Backup folder (old SQL)", "As the old SQL Server's service account sees it; empty = its own backup folder."),
        ["Backup:FolderOnNewSql"] = ("Backup folder (new SQL)", "The same folder as the new SQL Server sees it; empty = the same path."),
    };

    internal static (string Label, string Help) Field(string key, MoveShape shape) => key.Split(':') switch
    {
        ["Folders", var kind] => FolderWords.Field(kind),
        ["New", "Home"] when shape.MovesFoldersOnly() => ("New base folder", FolderWords.BaseHelp),
        _ => Fields[key],
    };

    internal static string ConfiguredOtherwise(string help, string configured) => $"{help} The configuration says: {configured}";

    internal static string NoInstance(string instance, IReadOnlyList<string> known) => known.Count == 0
        ? $"There is no instance {instance} on this machine, and no other either."
        : $"There is no instance {instance} on this machine. There are: {string.Join(", ", known)}.";
}
