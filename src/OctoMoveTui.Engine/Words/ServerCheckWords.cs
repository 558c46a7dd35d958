namespace OctoMoveTui.Engine.Words;

/// <summary>The titles of the checks of Octopus Server and its machine.</summary>
internal static class ServerCheckWords
{
    internal static readonly CheckWords OldVersion = new(
        "Octopus Server", "Octopus.Server answers, with the version that the database was last run by", Fails: "it can't be started, or the versions differ");

    internal static readonly CheckWords NewVersion = new(
        "Octopus Server", "the same version as on the old server, exactly", Fails: "it is not installed, or the versions differ");

    internal static readonly CheckWords Service = new(
        "Service and watchdog", "the Windows service is installed; the task scheduler can be asked", "the task scheduler can't be asked",
        "there is no such service");

    internal static readonly CheckWords Api = new(
        "Web portal and API key", "the portal answers with the same version, and the key is an administrator's",
        Fails: "it does not answer, has another version, or refuses the key");

    internal static readonly CheckWords Directories = new(
        "Directories", "all are where the instance says", Fails: "one is missing");

    internal static readonly CheckWords Configuration = new(
        "Configuration", "the instance names the directories of the plan", "the portal listens at names that the new machine may not have",
        "a directory was re-pointed since the plan was made");

    internal static readonly CheckWords InTheWay = new(
        "Instance", "neither the instance nor its config file is there", Fails: "one of them is: something is in the way");

    internal static readonly CheckWords Home = new("Home directory", "it, or the nearest folder above it, can be written", Fails: "it can't");

    internal static readonly CheckWords CopyTool = new(
        "Copying program", "with `Copy:With` only: rsync, robocopy or rclone can be started and is recent enough", Fails: "it is missing, another program, or too old");

    internal static readonly CheckWords CopyDestination = new(
        "Destination of the copy", "with `Copy:With` only: reached without asking for a password; each directory is empty, or was filled by this move; a remote keeps times",
        Fails: "it can't be reached, refuses access, keeps no times, or holds files of somebody else");

    internal static readonly CheckWords CopyFetch = new(
        "Fetching from the remote", "with rclone and `Copy:To` only: rclone is there, sees the remote, and the final places are empty",
        Fails: "it is missing or too old, the remote can't be reached, or something is in the way");

    /// <summary>In the order in which they are made, with the ids that docs/checks.md explains.</summary>
    internal static IReadOnlyList<(string Id, CheckWords Words, Moving.Side Side)> All { get; } =
    [
        ("O1", OldVersion, Moving.Side.Old),
        ("O2", Service, Moving.Side.Old),
        ("O3", Api, Moving.Side.Old),
        ("O4", Directories, Moving.Side.Old),
        ("O5", Configuration, Moving.Side.Old),
        ("O6", CopyTool, Moving.Side.Old),
        ("O7", CopyDestination, Moving.Side.Old),
        ("N1", NewVersion, Moving.Side.New),
        ("N2", InTheWay, Moving.Side.New),
        ("N3", Home, Moving.Side.New),
        ("N4", CopyFetch, Moving.Side.New),
    ];

    internal static string ToolThere(string name, string version, string file) => $"{name}{(version.Length > 0 ? " " + version : "")} at {file}.";

    internal static string DestinationsReady(string name) => $"{name} reaches all destinations; nothing foreign lies there.";

    internal static string DirectoriesThere(int count) => $"All {count} directories are there.";

    internal const string ConfigurationFits = "The instance names the directories of the plan.";

    internal static string ServiceThere(string service, string startType) => $"Service {service} is installed, start type {startType}.";

    internal static string PortalAnswers(string url, string user) => $"{url} answers; the API key belongs to {user}, who may administer the system.";

    internal static string NothingInTheWay(string instance) => $"There is no instance {instance} yet.";

    internal static string CanWrite(string folder) => $"{folder} can be written.";
}
