using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What can go wrong with Octopus Server, its service and its API, in words.</summary>
internal static class OctopusFailures
{
    // Exit codes of the command framework; 42 is a security exception.
    private const int NotElevated = 42;

    internal static MoveFailure ProgramMissing(string file, Exception error) => new(new(
        FailureCause.OctopusCommand, $"The program {file} can't be started.", "It is not installed there, or may not be run by this account.",
        ["Check the path in the plan.", "Octopus Server of the same version has to be installed on the new server before the move."], error.Message), error);

    internal static MoveFailure CommandFailed(string command, ProgramOutput output) => new(new(
        FailureCause.OctopusCommand, $"A command of Octopus Server failed with exit code {output.ExitCode}: {command}",
        output.ExitCode == NotElevated ? "octomove does not run with administrator rights." : "",
        output.ExitCode == NotElevated ? ["Start octomove from an elevated prompt."] : ["Read what it said below, put that right, then try again."],
        output.Showable.Trim()));

    internal static MoveFailure Unreadable(string file, string verb) => new(new(
        FailureCause.OctopusCommand, $"{file} {verb} printed no JSON that can be read.", "It is of a version that octomove does not know.",
        ["Run the command by hand and look at its output."]));

    internal static MoveFailure NoKeyShown(string file) => new(new(
        FailureCause.OctopusCommand, $"{file} show-master-key printed no key.", "octomove may lack administrator rights.",
        ["Start octomove from an elevated prompt, or enter the key by hand when asked."]));

    internal static MoveFailure ServiceUnknown(string service, string raw) => new(new(
        FailureCause.Service, $"The service {service} can't be queried.", "", ["Start octomove with administrator rights."], raw.Trim()));

    internal static MoveFailure ServiceMissing(string service) => new(new(
        FailureCause.Service, $"There is no service {service}.", "The instance has no Windows service, or another instance is meant.",
        ["Check the instance name in the plan."]));

    internal static MoveFailure ServiceCommandFailed(string service, string command, string raw) => new(new(
        FailureCause.Service, $"{service}: \"{command}\" failed.", "octomove may lack administrator rights.",
        ["Start octomove with administrator rights, then try again."], raw.Trim()));

    internal static MoveFailure StillConnected(string database, string who) => new(new(
        FailureCause.Service, $"Somebody is still connected to the database {database}: {who}.",
        "Another server node, a report, or a management studio. Whatever it wrote after the backup would be lost.",
        ["Close that program or stop that node, then try again."]));

    internal static MoveFailure Resurrected(string service) => new(new(
        FailureCause.ChangedBehindOurBack, $"The old service {service} runs again, or may start again.",
        "Somebody started it, or its start type was set back. Two live servers on one identity both deploy.",
        ["Stop and disable it, and find out who started it.", "If users worked on it meanwhile, that work is not in the backup: begin a new move."]));

    internal static MoveFailure OldDatabaseWritable(string database) => new(new(
        FailureCause.ChangedBehindOurBack, $"The old database {database} is writable again.", "Somebody set it READ_WRITE after the backup was taken.",
        ["Find out who and why. If anything was written there, it is not on the new server: begin a new move."]));

    internal static MoveFailure ApiUnreachable(string url, Exception error) => new(new(
        FailureCause.OctopusApi, $"Octopus Server does not answer at {url}.", "It is not running, or listens at another address.",
        ["Check the address, including a virtual directory (https://host/octopus), and that the service runs."], error.Message), error);

    internal static MoveFailure NotAdministrator(string url, string user) => new(new(
        FailureCause.OctopusApi, $"The API key is that of {user}, who may not administer Octopus Server at {url}.",
        "Maintenance mode, draining and the re-index want the permission AdministerSystem. Found now, before anybody is locked out.",
        ["Make an API key for a user with AdministerSystem (Profile > My API Keys) and start again with it.", "Or leave the key empty: docs/quiet.md says what octomove can't do then."]));

    internal static MoveFailure ApiUnreadable(string url, string path, string text, Exception? error) => new(new(
        FailureCause.OctopusApi, $"What answers at {url}{path} is not the API of an Octopus Server.", "The address is that of a proxy, or of another program.",
        ["Check the address, including a virtual directory."], text.Length <= 500 ? text : text[..500]), error);

    internal static MoveFailure DidNotAnswer(string url, TimeSpan waited) => new(new(
        FailureCause.OctopusApi, $"The new server did not answer at {url} within {waited.TotalMinutes:0} minutes.",
        "It stopped right after its start, listens at another address, or is still busy.",
        ["Read its server log (Logs/OctopusServer.txt in the home directory).",
         "Look whether it listens elsewhere: the listen prefixes travel in the database, TLS bindings don't (netsh http show sslcert).",
         "Then try again: octomove looks whether it runs."]));

    internal static MoveFailure TasksStillRunning(IReadOnlyList<string> tasks) => new(new(
        FailureCause.TasksRunning, $"{tasks.Count} task(s) are executing again.", string.Join("; ", tasks.Take(5)),
        ["Wait until they have finished, then try again. Draining keeps new ones from starting."]));

    internal static MoveFailure OldVersionsDiffer(string one, string its, string other, string others) => new(new(
        FailureCause.VersionMismatch, $"{one} is version {its}; {other} is {others}.",
        "They don't belong together: another instance, another database, or an upgrade that was never finished.",
        ["Check path, address and instance of the old server in the plan.", "If they are right: start the old server once, so that it brings its database up to date."]));

    internal static MoveFailure DirectoryRePointed(string kind, string planned, string found) => new(new(
        FailureCause.CheckFailed, $"The directory {kind} of the old server is {found} now; the plan says {planned}.", "It was re-pointed since the plan was made.",
        ["Begin a new move with another --move folder, or point it back."]));

    internal static MoveFailure TwoSqlServers(string octopus, string admin) => new(new(
        FailureCause.CheckFailed, $"The two connection strings of the new server lead to different SQL Servers: {octopus} and {admin}.",
        "The database would be restored on one, and the new Octopus Server would look for it on the other.",
        ["Correct New:ConnectionString or New:AdminConnectionString."]));

    internal static MoveFailure AttachedElsewhere(string found, string planned) => new(new(
        FailureCause.Differs, $"The new instance is attached to {found}; the plan says {planned}.", "Somebody configured it by hand.",
        ["Attach it to the planned database (Octopus.Server database --instance …), then try again."]));

    internal static MoveFailure OldServerAnswers(string url, string node) => new(new(
        FailureCause.ChangedBehindOurBack, $"The old server still answers at {url}, as node {node}.", "Somebody started it. Two live servers on one identity both deploy.",
        ["Stop and disable it.", "If users worked on it meanwhile, that work is not in the backup: begin a new move."]));

    internal static MoveFailure DidNotEnterMaintenanceMode(string url) => new(new(
        FailureCause.OctopusApi, $"The old server at {url} did not go into maintenance mode.", "It did not take the change.",
        ["Turn it on in Configuration > Maintenance, then try again."]));

    internal static MoveFailure TaskFailed(string id, string state, string error) => new(new(
        FailureCause.OctopusApi, $"The re-index task {id} ended as {state}.", "", ["Look at its task log on the new server, then try again."], error));

    internal static MoveFailure Differs(string what, string old, string found) => new(new(
        FailureCause.Differs, $"{what} differs: {found} on the new server, {old} on the old one.", "",
        ["Don't go on before you know why.",
         "The old server can still be brought back: set its database READ_WRITE, its service to automatic and start it, stop draining its nodes, and "
            + "turn maintenance mode off."]));

    internal static MoveFailure NotInMaintenanceMode(string url) => new(new(
        FailureCause.Differs, $"The new server at {url} is not in maintenance mode.", "Somebody turned it off, or another server answers there.",
        ["Turn it on again in Configuration > Maintenance and check that nobody has begun to work on it."]));

    internal static MoveFailure StillInMaintenanceMode(string url) => new(new(
        FailureCause.OctopusApi, $"The new server at {url} is still in maintenance mode.", "It did not take the change.",
        ["Turn it off in Configuration > Maintenance, then try again."]));
}
