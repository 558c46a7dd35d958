using System.Text.RegularExpressions;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// The scheduled task that starts a stopped Octopus Server again ("Octopus Watchdog …"): it has to be off before the server is stopped.
/// The only file that spells schtasks' verbs.
/// </summary>
public sealed partial class WatchdogTasks(Programs schtasks)
{
    private const string CheckServices = "checkservices";
    private const string NamePrefix = "Octopus Watchdog";

    /// <summary>
    /// The enabled tasks that look after an instance: of that name, or of any that run <c>checkservices</c> for it or for all. Null when the task
    /// scheduler can't be asked.
    /// </summary>
    public async Task<IReadOnlyList<string>?> FindEnabledAsync(string instance, CancellationToken cancel)
    {
        // "OLD","\Octopus Watchdog OctopusServer","…","Ready","…","…","0","…","C:\…\Octopus.Server.exe checkservices --instances *","N/A","N/A","Enabled",…
        var verbose = await schtasks.RunAsync(["/query", "/fo", "CSV", "/nh", "/v"], true, cancel);
        if (verbose.ExitCode == 0 && Rows(verbose.Output, 12).Count > 0)
        {
            return Enabled(verbose.Output, instance);
        }

        // One broken task of somebody else is enough for it to give up on the details.
        return await FindByNameAsync(cancel);
    }

    /// <summary>What <c>schtasks /query /v</c> prints.</summary>
    internal static IReadOnlyList<string> Enabled(string output, string instance) =>
    [
        .. Rows(output, 12)
            .Where(cells => LooksAfter(cells[1], cells[8], instance) && !IsDisabled(cells[3]) && !IsDisabled(cells[11]))
            .Select(cells => cells[1].TrimStart('\\'))
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    private async Task<IReadOnlyList<string>?> FindByNameAsync(CancellationToken cancel)
    {
        var output = await schtasks.RunAsync(["/query", "/fo", "CSV", "/nh"], true, cancel);
        if (output.ExitCode != 0 || Rows(output.Output, 3) is not { Count: > 0 } all)
            return null;

        // "\Octopus Watchdog OctopusServer","N/A","Ready"
        return [.. all
            .Where(cells => cells[0].TrimStart('\\').StartsWith(NamePrefix, StringComparison.OrdinalIgnoreCase) && !IsDisabled(cells[2]))
            .Select(cells => cells[0].TrimStart('\\'))
            .Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    // Windows has tasks of its own: where none is listed, nothing was told.
    private static List<string[]> Rows(string output, int cells) => [.. output.Split('\n').Select(Cells).Where(each => each.Length >= cells && each[0].Length > 0)];

    private static string[] Cells(string line) => line.Trim().Trim('"').Split("\",\"");

    // English only: elsewhere it is disabled once more, which changes nothing.
    private static bool IsDisabled(string cell) => cell.Equals("Disabled", StringComparison.OrdinalIgnoreCase);

    private static bool LooksAfter(string name, string command, string instance)
    {
        var checks = command.Contains(CheckServices, StringComparison.OrdinalIgnoreCase);
        if (!checks && !name.TrimStart('\\').StartsWith(NamePrefix, StringComparison.OrdinalIgnoreCase))
            return false;

        // Without a list it looks after all.
        var given = Instances().Match(command);
        return !given.Success || given.Groups[1].Value.Trim('"').Split(',', StringSplitOptions.TrimEntries)
            .Any(each => each == "*" || each.Equals(instance, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex("--?instances[= ]+(\"[^\"]*\"|\\S+)", RegexOptions.IgnoreCase)]
    private static partial Regex Instances();

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
