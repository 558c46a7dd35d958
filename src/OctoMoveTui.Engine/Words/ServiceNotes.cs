using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said of the new instance, its service and the account of that.</summary>
internal static class ServiceNotes
{
    internal const string SettingsFit = "Listen prefixes, communications port and forced SSL came with the database and fit: nothing of them is changed.";

    internal const string Previewed =
        "Only if they don't fit this machine after the attach: listen prefixes that name the old machine or don't cover the new address, a communications port or a "
        + "forced SSL that stayed behind in the old config file (configure --webListenPrefixes, --commsListenPort, --webForceSSL). Nothing else is set.";

    internal static string WhyPassword(LogOnAccount account) =>
        $"The Windows password of {account}: the service of the new Octopus Server logs on with it. It is handed to Octopus.Server in its environment, and kept nowhere.";

    internal static string Installs(LogOnAccount account, string service) => account.Kind switch
    {
        LogOnKind.User => $"Installs the service {service}, to run as {account}: account and password go to Octopus.Server in its environment ({ServiceVariables.User}, "
            + $"{ServiceVariables.Password}), on no command line. It is not started, and its start type is on demand until start-new-server.",
        _ => $"Installs the service {service}, to run as {account}. It is not started, and its start type is on demand until start-new-server.",
    };

    internal static string StartCutOff(string service) =>
        $"{service} runs, but the run that started it was cut off: whether its node was kept from taking tasks isn't known, so that is seen to again.";

    internal static string Grants(LogOnAccount account) =>
        $"{account} is no administrator: it is given full control of the home directory and of each directory that it doesn't have already.";

    internal static string Reserves(LogOnAccount account) => $"{account} is no administrator: it has to be allowed to listen at the portal's addresses.";

    internal static string ContentProven(string database, string server, string version, long projects, long tasks) =>
        $"{database} on {server} is the restored database: last run by Octopus Server {version}, with {projects} projects and {tasks} tasks, as in the backup.";

    internal static string Set(string what, string value) => $"The new instance is told {what}: {value}.";

    internal static string Installed(string service, LogOnAccount account) => $"The service {service} is installed, logs on as {account}, depends on nothing, and is not started.";

    internal static string NotCarriedOver(IReadOnlyList<string> depends) =>
        $"The old service starts after {string.Join(", ", depends)}. That is not carried over: a SQL Server on another machine can't be waited for in this way.";

    internal static string DependsOn(string service, IReadOnlyList<string> depends) => $"The service {service} depends on {string.Join(", ", depends)}: octomove did not ask for that.";

    internal static string Granted(LogOnAccount account, string folder) => $"{account} has full control of {folder}.";

    internal static string HasFullControl(LogOnAccount account, int folders) => $"{account} is named with full control of all {folders} directories and the home directory.";

    internal static string NotOnList(LogOnAccount account, string folder) =>
        $"{folder} is a share: its access list does not name {account} with full control. Whether a group gives it that, and what the share itself allows, has to be looked at there.";

    internal static string Reserved(LogOnAccount account, string url) => $"{account} may listen at {url}.";

    internal static string WroteAndDeleted(int folders, string user, LogOnAccount account) =>
        $"In each of the {folders} directories a file could be written and deleted again, as {user}, who runs octomove."
        + (account.NeedsRights ? $" octomove can't try it as {account}." : "");

    internal static string StillStopped(string service, LogOnAccount account) => $"{service} is installed as {account} and has not been started.";

    internal static string InstanceLeft(string instance, string configFile) => $"an instance {instance} (config file {configFile})";

    internal static string InstanceToDo(string instance) => $"If the instance is a leftover: Octopus.Server delete-instance --instance=\"{instance}\". It removes the record only.";

    internal static string ConfigFileLeft(string file) => $"the config file {file}";

    internal static string ConfigFileToDo(string file) =>
        $"Move {file} away. Not even the old server's own is of any use here: its key is protected for that machine.";

    internal static string ServiceLeft(string service, string account, bool isRunning) => $"the service {service} ({(isRunning ? "running" : "stopped")}, as {account})";

    internal static string ServiceToDo(string service) => $"If the service is a leftover: sc.exe stop \"{service}\", then sc.exe delete \"{service}\".";
}
