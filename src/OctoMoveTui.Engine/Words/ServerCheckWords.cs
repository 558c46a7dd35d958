namespace OctoMoveTui.Engine.Words;

/// <summary>The titles of the checks of Octopus Server and its machine.</summary>
internal static class ServerCheckWords
{
    internal static readonly CheckWords OldVersion = new(
        "Octopus Server", "Octopus.Server answers, with the version that the database was last run by", Fails: "it can't be started, or the versions differ");

    internal static readonly CheckWords NewVersion = new(
        "Octopus Server", "the same version as on the old server, exactly", "it is not there yet, but its MSI is where octomove looks",
        "it is not installed, or the versions differ");

    internal static readonly CheckWords Service = new(
        "Service and watchdog", "the Windows service is installed; the task scheduler can be asked", "the task scheduler can't be asked",
        "there is no such service");

    internal static readonly CheckWords Api = new(
        "Web portal and API key", "the portal answers with the same version, and the key is an administrator's",
        Fails: "it does not answer, has another version, or refuses the key");

    internal static readonly CheckWords Directories = new(
        "Directories", "all are where the instance says", Fails: "one is missing");

    internal static readonly CheckWords Configuration = new(
        "Configuration", "the instance names the directories of the plan", "the portal listens at names that the new machine may not have; a setting names a path that octomove doesn't know",
        "a directory was re-pointed since the plan was made");

    internal static readonly CheckWords InTheWay = new(
        "Instance", "neither the instance nor its config file nor its service is there", Fails: "one of them is: something is in the way");

    internal static readonly CheckWords Home = new("Home directory", "it, or the nearest folder above it, can be written", Fails: "it can't");

    internal static readonly CheckWords CopyTool = new(
        "Copying program", "with `Copy:With` only: rsync, robocopy or rclone can be started and is recent enough", Fails: "it is missing, another program, or too old");

    internal static readonly CheckWords CopyDestination = new(
        "Destination of the copy", "with `Copy:With` only: reached without asking for a password; each directory is empty, or was filled by this move; a remote keeps times",
        Fails: "it can't be reached, refuses access, keeps no times, or holds files of somebody else");

    internal static readonly CheckWords CopyFetch = new(
        "Fetching from the remote", "with rclone and `Copy:To` only: rclone is there, sees the remote, and the final places are empty",
        Fails: "it is missing or too old, the remote can't be reached, or something is in the way");

    internal static readonly CheckWords RoomForCopies = new(
        "Room for the directories", "what is still to be copied fits where it goes, with a tenth to spare", Fails: "it doesn't fit",
        Unknown: "another program copies to where octomove can't look, or the system won't say what is free");

    internal const string Counting = "Counting files";

    internal const string RoomIsFar = "Another program copies the directories to where octomove can't look from here: see there that they fit.";

    internal const string MakeRoom = "Make room there, or choose another disk, before the outage begins.";

    internal static string Room(long files, long bytes, long needed, long free, string place) => Counted(files, bytes)
        + (needed == 0
            ? $" All of it is copied already; {FileFailures.Bytes(free)} are free at {place}."
            : $" Still to be copied, with a tenth to spare: {FileFailures.Bytes(needed)}; free at {place}: {FileFailures.Bytes(free)}.");

    internal static string RoomUnknown(long files, long bytes) => Counted(files, bytes) + " How much is free where they go can't be told.";

    private static string Counted(long files, long bytes) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The directories hold {files:N0} {(files == 1 ? "file" : "files")}, {FileFailures.Bytes(bytes)}.");

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
        ("O8", RoomForCopies, Moving.Side.Old),
        ("H1", HazardWords.Hazards, Moving.Side.Old),
        ("H2", HazardWords.StartUpIndexing, Moving.Side.Old),
        ("N1", NewVersion, Moving.Side.New),
        ("N2", InTheWay, Moving.Side.New),
        ("N3", Home, Moving.Side.New),
        ("N4", CopyFetch, Moving.Side.New),
        ("N5", DirectoryPlaceWords.Places, Moving.Side.New),
    ];

    internal static string ToolThere(string name, string version, string file) => $"{name}{(version.Length > 0 ? " " + version : "")} at {file}.";

    internal static string DestinationsReady(string name) => $"{name} reaches all destinations; nothing foreign lies there.";

    internal static string DirectoriesThere(int count) => $"All {count} directories are there.";

    internal const string ConfigurationFits = "The instance names the directories of the plan.";

    internal static string ServiceThere(string service, string startType) => $"Service {service} is installed, start type {startType}.";

    internal static string PortalAnswers(string url) => $"Octopus Server answers at {url}.";

    internal static string PortalAnswers(string url, string user) => $"{url} answers; the API key belongs to {user}, who may administer the system.";

    internal static string NothingInTheWay(string instance, string service) => $"There is no instance {instance} yet, no config file, and no service {service}.";

    internal static string CanWrite(string folder) => $"{folder} can be written.";
}
