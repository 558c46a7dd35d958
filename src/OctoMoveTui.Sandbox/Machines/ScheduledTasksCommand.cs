using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Sandbox.Machines;

/// <summary><c>schtasks.exe</c>, as far as a move needs it: query, change, delete.</summary>
internal sealed class ScheduledTasksCommand(OctopusMachine machine)
{
    private static readonly string[] WithValue = ["/tn", "/fo", "/s", "/u", "/p"];
    private static readonly string[] Flags = ["/query", "/change", "/delete", "/run", "/end", "/v", "/nh", "/f", "/enable", "/disable", "/?"];

    public async Task<int> AnswerAsync(StandInCall call)
    {
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var word = call.Arguments[i];
            if (WithValue.Contains(word, StringComparer.OrdinalIgnoreCase) && i + 1 < call.Arguments.Count)
                options[word] = call.Arguments[++i];
            else if (Flags.Contains(word, StringComparer.OrdinalIgnoreCase))
                options[word] = "";
            else
                return await FailAsync(call, $"ERROR: Invalid argument/option - '{word}'.\nType \"SCHTASKS /?\" for usage.");
        }

        // Without a verb schtasks queries.
        if (options.ContainsKey("/change"))
            return await ChangeAsync(call, options);
        if (options.ContainsKey("/delete"))
            return await DeleteAsync(call, options);
        return options.ContainsKey("/run") || options.ContainsKey("/end")
            ? await FailAsync(call, "ERROR: the sandbox runs its scheduled tasks by the clock only.")
            : await QueryAsync(call, options);
    }

    private async Task<int> QueryAsync(StandInCall call, Dictionary<string, string> options)
    {
        var tasks = machine.ScheduledTasks.All;
        if (options.TryGetValue("/tn", out var name))
        {
            if (machine.ScheduledTasks.Find(name) is not { } task)
                return await FailAsync(call, "ERROR: The system cannot find the file specified.");

            tasks = [task];
        }

        var verbose = options.ContainsKey("/v");
        string[] columns = verbose
            ? ["HostName", "TaskName", "Next Run Time", "Status", "Logon Mode", "Last Run Time", "Last Result", "Author", "Task To Run", "Start In", "Comment", "Scheduled Task State", "Run As User"]
            : ["TaskName", "Next Run Time", "Status"];
        var rows = tasks.Select(task => verbose ? Verbose(task) : Short(task)).ToArray();
        switch (options.GetValueOrDefault("/fo", "TABLE").ToUpperInvariant())
        {
            case "CSV":
                if (!options.ContainsKey("/nh"))
                    await call.WriteLineAsync(Csv(columns));
                foreach (var row in rows)
                    await call.WriteLineAsync(Csv(row));
                return 0;

            case "LIST":
                foreach (var row in rows)
                    await call.WriteLineAsync("\nFolder: \\\n" + string.Join('\n', columns.Select((column, i) => $"{column + ":",-38}{row[i]}")));
                return 0;

            case "TABLE":
                await call.WriteLineAsync("\nFolder: \\");
                if (!options.ContainsKey("/nh"))
                    await call.WriteLineAsync("TaskName                                 Next Run Time          Status         \n======================================== ====================== ===============");
                foreach (var task in tasks)
                    await call.WriteLineAsync($"{task.Name,-40} {NextRun(task),-22} {Status(task),-15}");
                return 0;

            default:
                return await FailAsync(call, "ERROR: Invalid value for /FO option.");
        }
    }

    private async Task<int> ChangeAsync(StandInCall call, Dictionary<string, string> options)
    {
        if (options.ContainsKey("/enable") == options.ContainsKey("/disable"))
            return await FailAsync(call, "ERROR: Invalid syntax. Mandatory option missing.");
        if (!options.TryGetValue("/tn", out var name) || machine.ScheduledTasks.Find(name) is not { } task)
            return await FailAsync(call, "ERROR: The system cannot find the file specified.");
        if (!machine.Elevated)
            return await FailAsync(call, "ERROR: Access is denied.");

        task.Enabled = options.ContainsKey("/enable");
        await call.WriteLineAsync($"SUCCESS: The parameters of scheduled task \"{task.Name}\" have been changed.");
        return 0;
    }

    private async Task<int> DeleteAsync(StandInCall call, Dictionary<string, string> options)
    {
        if (!options.TryGetValue("/tn", out var name) || machine.ScheduledTasks.Find(name) is not { } task)
            return await FailAsync(call, "ERROR: The system cannot find the file specified.");
        if (!options.ContainsKey("/f"))
            return await FailAsync(call, $"WARNING: Are you sure you want to remove the task \"{task.Name}\" (Y/N)? ");
        if (!machine.Elevated)
            return await FailAsync(call, "ERROR: Access is denied.");

        machine.ScheduledTasks.Remove(task.Name);
        await call.WriteLineAsync($"SUCCESS: The scheduled task \"{task.Name}\" was successfully deleted.");
        return 0;
    }

    private string[] Verbose(ScheduledTask task) =>
        [machine.Name, @"\" + task.Name, NextRun(task), Status(task), "Interactive/Background", "N/A", "0", "Octopus Deploy", task.Command, "N/A", "N/A", task.Enabled ? "Enabled" : "Disabled", "SYSTEM"];

    private static string[] Short(ScheduledTask task) => [@"\" + task.Name, NextRun(task), Status(task)];

    private static string NextRun(ScheduledTask task) => task.Enabled ? "1/1/2027 3:00:00 AM" : "N/A";

    private static string Status(ScheduledTask task) => task.Enabled ? "Ready" : "Disabled";

    private static string Csv(string[] values) => string.Join(',', values.Select(value => $"\"{value}\""));

    private static async Task<int> FailAsync(StandInCall call, string text)
    {
        await call.WriteErrorLineAsync(text);
        return 1;
    }
}
