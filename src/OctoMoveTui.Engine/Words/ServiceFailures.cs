using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What can go wrong with the new instance, the account of its service, and what that account may do; in words.</summary>
internal static class ServiceFailures
{
    internal static MoveFailure DoesNotStayUp(string service) => new(new(
        FailureCause.Service, $"The service {service} was started, does not answer, and is stopped again.",
        "Octopus Server ended by itself: it did not reach its database, could not read a directory, or its port is taken.",
        ["Read the last lines of its server log (Logs/OctopusServer.txt in the home directory) and of the Windows event log (Application).",
         "Put that right, then try again: octomove starts it once more."]));

    internal static MoveFailure Leftovers(string instance, IReadOnlyList<(string What, string ToDo)> found) => new(new(
        FailureCause.InTheWay,
        found.Count == 1 ? $"On the new server there is already {found[0].What}." : $"On the new server there are leftovers: {string.Join("; ", found.Select(each => each.What))}.",
        $"octomove makes the instance {instance} itself. Octopus Server would take over what it finds under that name without a word, with the connection string and the key in it.",
        [.. found.Select(each => each.ToDo), "If it is in use: choose another instance name and home directory, in a new move folder."]));

    internal static MoveFailure EmptyDatabase(string database, string server, long tables) => new(new(
        FailureCause.CheckFailed, $"The database {database} on {server} holds no Octopus Server: the table OctopusServerInstallationHistory is not in it ({tables} tables are).",
        "The connection string leads to another database than the one that was restored, most likely by a typo. Octopus Server would make a new, empty server of it.",
        ["Compare server and database in New:ConnectionString with those of the restored database.", "Nothing was attached."]));

    internal static MoveFailure OtherDatabase(string database, string server, string what, string old, string found) => new(new(
        FailureCause.CheckFailed, $"The database {database} on {server} is not the one that was restored: {what} {found} there, {old} in the backup.",
        "The connection string leads to another database of an Octopus Server, or somebody works on this one.",
        ["Compare server and database in New:ConnectionString with those of the restored database.", "Nothing was attached."]));

    internal static MoveFailure WrongAccount(string service, LogOnAccount wanted, string shown) => new(new(
        FailureCause.Service, $"The service {service} logs on as {shown}, not as {wanted}.",
        wanted.Kind == LogOnKind.User ? "This version of Octopus Server may not take the account from its environment." : "Windows did not take the account.",
        wanted.Kind == LogOnKind.User
            ? [$"Set it by hand: services.msc, {service}, Properties, Log On. That gives the account the right to log on as a service, too. Then Retry."]
            : [$"Set it by hand: sc.exe config \"{service}\" obj= \"{wanted.Name}\"; then Retry.",
               "A managed account has to be installed on this machine (Install-ADServiceAccount) and may need the right \"Log on as a service\"."]));

    internal static MoveFailure RunsEarly(string service) => new(new(
        FailureCause.ChangedBehindOurBack, $"The service {service} runs already, before database, key, paths and files are proven.",
        "Somebody or something started it. Its first start may already drop packages whose file is missing.",
        [$"Stop it (sc.exe stop \"{service}\"), and find out who started it.",
         "If it ran while files were still missing: have the database restored again, in a new move folder."]));

    internal static MoveFailure LogOnRefused(string service, LogOnAccount account, string? raw) => new(new(
        FailureCause.Service, $"Windows did not let the service {service} log on as {account} (error 1069).",
        account.Kind == LogOnKind.User
            ? "The password is wrong or expired, the account is locked, or it may not log on as a service."
            : "The account is not usable on this machine, or may not log on as a service.",
        account.Kind == LogOnKind.User
            ? ["Retry asks for the password again and gives it to the service.",
               $"If the password is right: give {account} the right \"Log on as a service\" (secpol.msc, Local Policies, User Rights Assignment), then Retry."]
            : [$"Install the managed account on this machine (Install-ADServiceAccount), and give {account} the right \"Log on as a service\" (secpol.msc); then Retry."],
        raw));

    internal static MoveFailure AccessListUnknown(string folder, string raw) => new(new(
        FailureCause.Files, $"Who may use {folder} can't be told.", "icacls failed: the folder is not there, or this account may not read its access list.",
        ["Look at the folder's security tab, put that right, then Retry."], raw.Trim()));

    internal static MoveFailure NotGranted(string folder, LogOnAccount account, string command, string raw) => new(new(
        FailureCause.Files, $"{account} could not be given full control of {folder}.", "This account may not change the folder's access list, or Windows does not know that name.",
        ["Start octomove as an administrator, or have somebody run: " + command, "Then Retry: what is granted already is not granted again."], raw.Trim()));

    internal static MoveFailure NotReserved(string url, LogOnAccount account, string command, string raw) => new(new(
        FailureCause.Service, $"{account} could not be allowed to listen at {url}.",
        "octomove does not run as an administrator, Windows does not know that name, or the address is reserved for another account.",
        ["Look at: netsh http show urlacl", "Delete a reservation that is in the way (netsh http delete urlacl url=…), and run: " + command, "Then Retry."], raw.Trim()));

    internal static MoveFailure HttpSysUnknown(string asked, string raw) => new(new(
        FailureCause.Service, $"netsh {asked} failed.", "octomove may lack administrator rights.", ["Start octomove from an elevated prompt, then try again."], raw.Trim()));

    internal static MoveFailure SettingsNotTaken(string what, string wanted, string found) => new(new(
        FailureCause.Differs, $"The new instance did not take {what}: it says {found}, and was told {wanted}.", "",
        ["Set it by hand with Octopus.Server configure, then Retry."]));

    internal static MoveFailure CannotDelete(string kind, string path, Exception error) => new(new(
        FailureCause.Files, $"{kind}: a file can't be written and deleted again in {path}.",
        "The folder is missing, or this account may not write there. If the service's account may not either, retention fails and packages reappear.",
        [$"Look at the access list of {path}, put it right, then Retry."], error.Message), error);

    internal static MoveFailure MachineAccount(LogOnAccount account, string sqlMachine, string machine) => new(new(
        FailureCause.CheckFailed, $"The new service will run as {account}, and logs in to SQL Server on {sqlMachine} with Windows authentication: over the network it is only the machine, {machine}.",
        "Octopus Server does not support that with a SQL Server on another machine: the login fails for DOMAIN\\HOST$ or for ANONYMOUS LOGON.",
        ["Name a domain account in New:ServiceAccount (DOMAIN\\name, or DOMAIN\\name$ for a managed one).", "Or use a SQL login in New:ConnectionString."]));
}
