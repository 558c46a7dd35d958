namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// The scheduled task that starts a stopped Octopus Server again ("Octopus Watchdog …"): it has to be off before the server is stopped.
/// The only file that spells schtasks' verbs.
/// </summary>
public sealed class WatchdogTasks(Programs schtasks)
{
    private const string NamePrefix = "Octopus Watchdog";

    /// <summary>The watchdog tasks that are enabled. Empty, too, when the task scheduler can't be asked: it is then told as unknown.</summary>
    public async Task<IReadOnlyList<string>?> FindEnabledAsync(CancellationToken cancel)
    {
        var output = await schtasks.RunAsync(["/query", "/fo", "CSV", "/nh"], true, cancel);
        if (output.ExitCode != 0)
            return null;

        // "\Octopus Watchdog OctopusServer","N/A","Ready"
        return [.. output.Output.Split('\n')
            .Select(line => line.Trim().Trim('"').Split("\",\""))
            .Where(cells => cells.Length >= 3 && cells[0].TrimStart('\\').StartsWith(NamePrefix, StringComparison.OrdinalIgnoreCase)
                && !cells[2].Equals("Disabled", StringComparison.OrdinalIgnoreCase))
            .Select(cells => cells[0].TrimStart('\\'))
            .Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The argument list that disables a task.</summary>
    public static IReadOnlyList<string> Disable(string task) => ["/change", "/tn", task, "/disable"];

    /// <summary>The argument list that enables a task.</summary>
    public static IReadOnlyList<string> Enable(string task) => ["/change", "/tn", task, "/enable"];

    /// <summary>Disables a task.</summary>
    public Task DisableAsync(string task, CancellationToken cancel) => ChangeAsync(task, Disable(task), cancel);

    /// <summary>Enables a task.</summary>
    public Task EnableAsync(string task, CancellationToken cancel) => ChangeAsync(task, Enable(task), cancel);

    private async Task ChangeAsync(string task, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var output = await schtasks.RunAsync(arguments, false, cancel);
        if (output.ExitCode != 0)
            throw Words.OctopusFailures.ServiceCommandFailed(task, arguments[^1].TrimStart('/'), output.Everything);
    }
}
