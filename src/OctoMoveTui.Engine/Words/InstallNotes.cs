using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said about the version of Octopus Server and about installing it.</summary>
internal static class InstallNotes
{
    internal const string CutShort = "An installation was cut short, or still runs. It is run again: where it was done, Windows Installer leaves it as it is.";

    internal const string WillNotStop =
        "Installing. This takes a minute or two and can't be stopped in the middle; a stop is obeyed when it is done.";

    internal static string Preview(string? version) =>
        $"Looks whether Octopus Server {version ?? "of the old server's version"} is installed. If not, installs it from an MSI of exactly that version that you have put into the "
        + "move folder or beside it, without starting anything: no service, no instance. An installation that instances use is never replaced.";

    internal static string HaveReady(string version) => $"From {InstallerPackage.AddressOf(version)}";

    internal static string AlreadyThere(string version) => $"Octopus {version} is there";

    internal static string Installed(string version, string package, string log) => $"Octopus Server {version} was installed from {package}. The log: {log}";

    internal static string RestartWanted(string machine) =>
        $"Windows wants {machine} to be restarted. Do that now, before the outage begins; then start octomove again on this move folder.";

    internal const string NothingRuns = "Nothing was started: no Octopus Server runs on this machine.";

    internal static string ServiceStopped(string service) =>
        $"The installer started the service {service}, of an instance that an earlier installation left here: it is stopped again. Find out which database it works on.";

    internal static string InstancesLeft(IReadOnlyList<string> instances) =>
        $"This machine knows of {string.Join(", ", instances)} from an earlier installation. It was left alone.";

    internal static string NoInstances => "There is no instance: what the move makes will be the first.";

    internal static string Ready(string? found, string wanted, string package) =>
        $"{(found is null ? $"Octopus Server {wanted} is not installed yet" : $"Octopus Server {found} is installed, not {wanted}")}, but {package} lies ready.";

    internal const string ReadyAdvice = "octomove installs it in the step install-octopus-server. Nothing has to be done.";

    internal static string SameSchema(OctopusSchema schema) =>
        $"The database's schema is the one that was backed up: {schema.Scripts} scripts up to {schema.NewestScript}.";

    internal static string WaitsForItsServer(string title, string machine, StepId step) =>
        $"\"{title}\" has not been run on {machine} yet, and may be left for later. To have it done before the outage, run octomove there now: octomove run --until {step}";
}
