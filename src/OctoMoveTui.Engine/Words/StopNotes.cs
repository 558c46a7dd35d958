using System.Globalization;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said while the old server is stopped.</summary>
internal static class StopNotes
{
    internal static string ProcessGone(int process, string how) => process > 0
        ? string.Create(CultureInfo.InvariantCulture, $"Process {process} is gone, and no other server of this instance runs (seen by {how}).")
        : $"No server of this instance runs (seen by {how}).";

    internal static string ProcessesUnseen(string how) =>
        $"The processes of this machine can't be listed ({how}): that the old server's is gone is the service manager's word, and that of the sessions on the database. "
        + "A server that somebody runs from a console would be seen by its sessions only.";

    internal static string Strays(IReadOnlyList<int> processes) =>
        $"Octopus.Server also runs without a service: process {string.Join(", ", processes.Select(each => each.ToString(CultureInfo.InvariantCulture)))}. Which instance can't be told. "
        + "If it is a server run from a console, end it; a session of it on the old database would stop this step.";

    internal static string WatchdogsUnseen(string service) =>
        $"The task scheduler can't be asked, so a watchdog may be on. {service} is disabled, which defeats it; whoever sets its start type back lets the watchdog start it at "
        + "once. Look by hand for tasks that run \"Octopus.Server checkservices\".";

    internal static string WatchdogStaysOn(string task, string service, string why) =>
        $"The scheduled task \"{task}\" can't be disabled{(why.Trim().Length > 0 ? $" ({why.Trim()})" : "")}. {service} is disabled, which defeats it; whoever sets its start type "
        + "back lets it start the old server at once. Have it disabled by somebody who may.";
}
