using System.Globalization;
using System.Text;
using OctoMoveTui.Sandbox.OctopusServer;
using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Sandbox.Machines;

/// <summary>What goes wrong with an installation.</summary>
/// <param name="ExitCode">What msiexec returns: 1641 and 3010 after it has installed, all others without.</param>
/// <param name="Reason">The line that its log has for it.</param>
/// <param name="StartsServices">True: it starts what services it finds, as if the manager had been let run.</param>
/// <param name="CutsShort">True: it lays the program down, and its log ends before the installation does.</param>
public sealed record InstallFault(int ExitCode = 0, string? Reason = null, bool StartsServices = false, bool CutsShort = false);

/// <summary>
/// <c>msiexec</c> as far as a move needs it: installs a pretend MSI of Octopus Server and writes the verbose log that it is told to. On Unix an exit
/// code has eight bits; the whole of it stands in the log, as the real one's does.
/// </summary>
internal sealed class InstallerCommand(OctopusMachine machine)
{
    private const int RestartBegun = 1641;
    private const int RestartWanted = 3010;

    public async Task<int> AnswerAsync(StandInCall call)
    {
        string? package = null, logFile = null;
        var (isQuiet, managerRuns, location) = (false, true, machine.InstallFolder);
        var words = call.Arguments;
        for (var i = 0; i < words.Count; i++)
        {
            switch (words[i].ToLowerInvariant())
            {
                case "/i" when i + 1 < words.Count:
                    package = words[++i];
                    break;
                case "/l*v" when i + 1 < words.Count:
                    logFile = words[++i];
                    break;
                case "/quiet":
                    isQuiet = true;
                    break;
                case "/norestart":
                    break;
                case "runmanageronexit=no":
                    managerRuns = false;
                    break;
                case { } word when word.StartsWith("installlocation=", StringComparison.Ordinal) && word.Length > "installlocation=".Length:
                    location = words[i]["installlocation=".Length..];
                    break;
                default:
                    return WindowsError.InvalidCommandLine;
            }
        }

        // Without /quiet the real one would ask; nobody is there to answer.
        if (package is null || !isQuiet)
            return WindowsError.InvalidCommandLine;

        var log = new List<string> { "=== Verbose logging started: 3/1/2026  2:00:00  Build type: SHIP UNICODE 5.00.10011.00  Calling process: msiexec.exe ===" };
        var fault = machine.TakeInstallFault();
        var (exitCode, reason) = fault is null || fault.ExitCode is 0 or RestartBegun or RestartWanted ? Install(package, location) : (fault.ExitCode, fault.Reason);
        if (exitCode == 0 && fault is not null)
            exitCode = fault.ExitCode;
        if (reason is not null)
            log.AddRange([reason, "Action ended 2:00:01: InstallFiles. Return value 3."]);
        if (exitCode is 0 or RestartBegun or RestartWanted && (managerRuns || fault is { StartsServices: true }))
            await machine.StartStoppedServicesAsync("*", call.Cancelled);
        if (fault is not { CutsShort: true })
        {
            log.Add(string.Create(CultureInfo.InvariantCulture, $"MSI (s) (A8:B4) [02:00:01:000]: MainEngineThread is returning {exitCode}"));
            log.Add(string.Create(CultureInfo.InvariantCulture, $"MSI (c) (10:14) [02:00:01:010]: MainEngineThread is returning {exitCode}"));
            log.Add("=== Verbose logging stopped: 3/1/2026  2:00:01 ===");
        }

        if (logFile is not null)
            await File.WriteAllTextAsync(logFile, string.Join("\r\n", log) + "\r\n", Encoding.Unicode);
        return exitCode;
    }

    private (int ExitCode, string? Reason) Install(string package, string location)
    {
        if (!File.Exists(package))
            return (1619, null);
        if (InstallerPackage.ReadVersion(package) is not { } version)
            return (1620, null);
        if (!machine.Elevated)
            return (1603, "Error 1925. You do not have sufficient privileges to complete this installation for all users of the machine. Log on as administrator and then retry this installation.");
        if (File.Exists(machine.OctopusServer) && OctopusVersions.Compare(version, machine.Version) < 0)
            return (1638, null);
        machine.Install(version, location);
        return (0, null);
    }
}
