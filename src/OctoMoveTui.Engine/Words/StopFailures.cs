using System.Globalization;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What can go wrong while the old server is stopped, in words.</summary>
internal static class StopFailures
{
    internal static MoveFailure StartedAgain(string service, int process) => new(new(
        FailureCause.ChangedBehindOurBack, string.Create(CultureInfo.InvariantCulture, $"{service} was started again while it was being stopped (process {process})."),
        "A watchdog, a monitoring program or a colleague starts it as soon as it stops. Two live servers on one identity both deploy.",
        ["Find out what starts it: a scheduled task that runs \"Octopus.Server checkservices\", the recovery settings of the service, a monitoring program.",
         "Turn that off, then try again. The database has not been touched."]));

    internal static MoveFailure DidNotStop(string service, TimeSpan waited, int process) => new(new(
        FailureCause.Service, string.Create(CultureInfo.InvariantCulture, $"{service} did not stop within {waited.TotalMinutes:0.#} minutes{(process > 0 ? $": its process {process} is still there" : "")}."),
        "It is busy with something that can't be interrupted, or hangs.",
        ["Look at its server log (Logs/OctopusServer.txt in the home directory): a line every few seconds is work, none for minutes is a hang.",
         process > 0
             ? string.Create(CultureInfo.InvariantCulture, $"If it hangs, end it: taskkill /pid {process} /f (on Linux: kill {process}). No task is executing any more but those that you decided to leave.")
             : "If it hangs, end its process.",
         "Then try again. Nothing is lost: the database has not been touched."]));
}
