using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What can be wrong with the version of Octopus Server on the new machine, and with installing it, in words.</summary>
internal static class InstallFailures
{
    private const string WhySame = "The same version has to run on both: a newer one would change the database, an older one refuses it.";

    internal static MoveFailure NothingInstalled(string exe, IReadOnlyList<InstallerPackage> packages) => new(new(
        FailureCause.VersionMismatch, $"Octopus Server is not installed on the new server: there is no {exe}.",
        packages.Count == 0 ? "" : $"Its installer is there already: {Listed(packages)}. Whether that is the right version, only the old server can tell.",
        ["Check the old server first: then octomove names the version, and installs it from an MSI in the move folder.", "Or correct the path (New:OctopusServer)."]));

    internal static MoveFailure OtherVersion(
        string exe, string? found, string wanted, IReadOnlyList<string> folders, IReadOnlyList<InstallerPackage> others, string command) => new(new(
        FailureCause.VersionMismatch,
        found is null
            ? $"Octopus Server {wanted} is not installed on the new server: there is no {exe}."
            : $"Octopus.Server at {exe} is version {found}; the old server is {wanted}.",
        others.Count == 0 ? WhySame : $"{WhySame} {Listed(others)} {(others.Count == 1 ? "is" : "are")} of another version and will not be used.",
        [$"Get {InstallerPackage.NameOf(wanted)} from {InstallerPackage.AddressOf(wanted)} (all versions: {InstallerPackage.AllVersions}).",
         $"Put it into {string.Join(" or ", folders)}, under that name, and start octomove again, or Retry: octomove installs it.",
         $"Or install it yourself, from an elevated prompt: {command}"]));

    internal static MoveFailure OtherImage(string exe, string? found, string wanted) => new(new(
        FailureCause.VersionMismatch,
        found is null
            ? $"Octopus Server {wanted} is not installed on the new server: there is no {exe}."
            : $"Octopus.Server at {exe} is version {found}; the old server is {wanted}.",
        $"{WhySame} This machine has no Windows Installer, so octomove can't install it here.",
        [$"In a container the image is the installation, and its tag is the version: use {InstallerPackage.ImageOf(wanted)}, no other tag and not \"latest\".",
         "Or correct the path (New:OctopusServer); on Windows, the path of msiexec.exe (New:Msiexec)."]));

    internal static MoveFailure SharedInstallation(string old, string exe) => new(new(
        FailureCause.InTheWay, $"Old and new server are on this one machine, and a machine has only one installation of Octopus Server: {old}.",
        $"Installing for {exe} would work on the old server's program while that runs.", [$"Set New:OctopusServer to {old}: both instances share it."]));

    internal static MoveFailure InUse(string exe, string found, string wanted, IReadOnlyList<string> instances) => new(new(
        FailureCause.InTheWay,
        $"Octopus.Server at {exe} is version {found}, and {string.Join(", ", instances)} on this machine {(instances.Count == 1 ? "uses" : "use")} it; the old server is {wanted}.",
        "All instances of a machine share one installation. With another version they would change their databases, or refuse them; octomove does not do that to them.",
        ["Move to a machine without Octopus Server.",
         "Or, if nobody needs them any more: stop and uninstall their services, Octopus.Server delete-instance each, uninstall Octopus Server "
            + $"{found} (Settings > Apps), then Retry. Their databases stay where they are."]));

    internal static MoveFailure InstalledIn(string exe, string folder) => new(new(
        FailureCause.InTheWay, $"There is no {exe} on the new server, but Octopus Server is installed in {folder}.",
        "A machine has one installation for all its instances; installing again would replace that one.",
        [$"Name the program in {folder} in New:OctopusServer (begin with another --move folder if the plan is settled).",
         "Or, if nobody needs that installation, uninstall it (Settings > Apps), then Retry."]));

    internal static MoveFailure InstalledElsewhere(string exe, string service) => new(new(
        FailureCause.InTheWay, $"There is no {exe} on the new server, but the service {service}: Octopus Server is installed elsewhere on it, or was once.",
        "A machine has one installation for all its instances; installing another version would replace theirs.",
        [$"Look where its program is: sc qc \"{service}\". If it is the right one, name it in New:OctopusServer.",
         $"If it is a leftover that nobody needs: sc stop \"{service}\", sc delete \"{service}\", then Retry."]));

    internal static MoveFailure NotAnInstaller(string file, string wanted) => new(new(
        FailureCause.InstallFailed, $"{file} is no Windows Installer package, whatever its name says.",
        "The download was cut short, or a proxy put a page of its own in its place.",
        [$"Get it again from {InstallerPackage.AddressOf(wanted)}, then Retry."]));

    internal static MoveFailure PackageUnreadable(string file, Exception error) => new(new(
        FailureCause.InstallFailed, $"The installer {file} can't be read.", "It is still being copied, or this account may not read it.",
        ["Wait until the copy is done, or give this account the right; then Retry."], error.Message), error);

    internal static MoveFailure Failed(int exitCode, string package, string log, IReadOnlyList<string> reasons, string output)
    {
        var (why, toDo) = InstallerExitCodes.Explain(exitCode, reasons);
        return new(new(
            FailureCause.InstallFailed, $"msiexec could not install {package}: exit code {exitCode}.", why,
            [.. toDo, $"The whole log: {log}"],
            string.Join('\n', [.. reasons, .. output.Length > 0 ? [output] : (string[])[]])));
    }

    internal static MoveFailure InstalledOther(string exe, string? found, string wanted, string package, string log) => new(new(
        FailureCause.InstallFailed,
        found is null
            ? $"{package} was installed, but there is no {exe}."
            : $"{package} was installed, but Octopus.Server at {exe} is version {found} and not {wanted}.",
        found is null
            ? "The installer put it elsewhere: an earlier installation keeps its folder."
            : "Its name is not that of the version inside, or an installation that was there already stayed.",
        found is null
            ? [$"Look where it is: registry, HKLM\\Software\\Octopus\\OctopusServer, InstallLocation; or in {log}.",
               "Correct New:OctopusServer with another --move folder, or uninstall it and Retry."]
            : [$"Uninstall it (msiexec {WindowsInstaller.Uninstall(package)}), get {InstallerPackage.NameOf(wanted)} from {InstallerPackage.AddressOf(wanted)}, then Retry."]));

    internal static MoveFailure ServiceRuns(string service) => new(new(
        FailureCause.Service, $"The service {service} runs on the new server, and would not stop.",
        "The installer, or somebody, started an instance that an earlier installation left here. The new server must not run before everything is proven.",
        [$"Stop it (sc stop \"{service}\"), find out which database it works on, and take it away if nobody needs it; then Retry."]));

    internal static MoveFailure SchemaDiffers(string database, OctopusSchema before, OctopusSchema? now, bool isStarted) => new(new(
        FailureCause.VersionMismatch, $"The schema of {database} on the new server is not the one that was backed up: {Described(now)} now, {Described(before)} then.",
        isStarted ? "The new server upgraded it when it started, so it is not quite of the same version." : "Somebody attached a server of another version to it.",
        ["Don't go on: users would work on another version than before, and there would be no way back to this one.",
         "The old server is as it was and can be brought back: set its database READ_WRITE, its service to automatic and start it, stop draining its nodes, and turn "
            + "maintenance mode off.",
         "Then find out what upgraded the database, and begin a new move with another --move folder."]));

    private static string Described(OctopusSchema? schema) => schema is null
        ? "no account of it"
        : $"{schema.Scripts} scripts up to {schema.NewestScript}{(schema.Version.Length > 0 ? $", last run by {schema.Version}" : "")}";

    private static string Listed(IReadOnlyList<InstallerPackage> packages) => string.Join(", ", packages.Select(each => each.File));
}
