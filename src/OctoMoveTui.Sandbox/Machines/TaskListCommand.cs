using System.Globalization;
using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Sandbox.Machines;

/// <summary><c>tasklist.exe</c> with <c>/svc</c>, as far as a move needs it: the processes of Octopus Server, each with its service.</summary>
internal sealed class TaskListCommand(OctopusMachine machine)
{
    public async Task<int> AnswerAsync(StandInCall call)
    {
        if (call.Arguments is not ["/svc", "/fo", "csv", "/nh", "/fi", "imagename eq Octopus.Server.exe"])
        {
            await call.WriteErrorLineAsync("ERROR: Invalid argument/option.\nType \"TASKLIST /?\" for usage.");
            return 1;
        }

        var rows = machine.Services.All.Where(service => service.ProcessId > 0).Select(service => (service.ProcessId, service.Name))
            .Concat(machine.StrayProcesses.Select(process => (process, "N/A"))).ToArray();
        if (rows.Length == 0)
            await call.WriteLineAsync("INFO: No tasks are running which match the specified criteria.");
        foreach (var (process, service) in rows)
            await call.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\"Octopus.Server.exe\",\"{process}\",\"{service}\""));
        return 0;
    }
}
