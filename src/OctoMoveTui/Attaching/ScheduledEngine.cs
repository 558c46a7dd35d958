using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security;
using System.Text;
using OctoMoveTui.Words;

namespace OctoMoveTui.Attaching;

/// <summary>
/// The engine as a one-off task of Windows' task scheduler, for sessions whose job lets nobody leave. The task has no environment of ours, so what this
/// process knows by its environment, secrets among it, goes over the socket; the task's definition holds none.
/// Written by Microsoft's documentation; not run on Windows yet.
/// </summary>
internal sealed class ScheduledEngine(string folder, IReadOnlyDictionary<string, string> environment, TimeProvider time)
{
    /// <summary>The option by which the engine waits for its environment.</summary>
    public const string GivenEnvironment = "--given-environment";

    /// <returns>Null when the engine has what it needs, and is going to listen; else what went wrong.</returns>
    [SupportedOSPlatform("windows")]
    public async Task<string?> StartAsync(ThisProgram program, IReadOnlyList<string> arguments, MeetingPlace place, CancellationToken cancel)
    {
        var name = $"octomove-{place.Name}";
        place.Prepare();
        var definition = Path.Combine(place.Directory, name + ".xml");
        await File.WriteAllTextAsync(definition, Definition(program, [.. arguments, GivenEnvironment], folder), Encoding.Unicode, cancel);
        try
        {
            if (await SchtasksAsync(["/create", "/tn", name, "/xml", definition, "/f"], cancel) is { } refused)
            {
                return refused;
            }

            return await SchtasksAsync(["/run", "/tn", name], cancel)
                ?? (await EnvironmentHandover.GiveAsync(place, environment, time, cancel) ? null : AttachWords.TaskNotReady);
        }
        finally
        {
            File.Delete(definition);

            // The task that runs goes on without its definition.
            await SchtasksAsync(["/delete", "/tn", name, "/f"], CancellationToken.None);
        }
    }

    /// <summary>
    /// The task: now, once, as the one who is logged on and with all rights that he has, on battery too, without the three days after which the scheduler
    /// ends a task, and at the priority of other programs.
    /// </summary>
    public static string Definition(ThisProgram program, IReadOnlyList<string> arguments, string folder) =>
        $"""
        <?xml version="1.0" encoding="UTF-16"?>
        <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
          <Principals>
            <Principal id="Author">
              <LogonType>InteractiveToken</LogonType>
              <RunLevel>HighestAvailable</RunLevel>
            </Principal>
          </Principals>
          <Settings>
            <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
            <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
            <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
            <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
            <Priority>5</Priority>
          </Settings>
          <Actions Context="Author">
            <Exec>
              <Command>{SecurityElement.Escape(program.File)}</Command>
              <Arguments>{SecurityElement.Escape(WindowsWords.Joined([.. program.First, .. arguments]))}</Arguments>
              <WorkingDirectory>{SecurityElement.Escape(folder)}</WorkingDirectory>
            </Exec>
          </Actions>
        </Task>
        """;

    private static async Task<string?> SchtasksAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("schtasks.exe", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, CreateNoWindow = true };
        try
        {
            using var process = Process.Start(start)!;
            var said = process.StandardOutput.ReadToEndAsync(cancel);
            var refused = await process.StandardError.ReadToEndAsync(cancel);
            await said;
            await process.WaitForExitAsync(cancel);
            return process.ExitCode == 0 ? null : $"schtasks {arguments[0]}: {refused.Trim()}";
        }
        catch (Win32Exception missing)
        {
            return missing.Message;
        }
    }
}
