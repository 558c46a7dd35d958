using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// The Windows service of one instance, asked and told through <c>sc.exe</c>: its state is believed, not the exit code of
/// <c>Octopus.Server service --stop</c>. The only file that spells sc's verbs.
/// </summary>
public sealed partial class ServiceControl(Programs sc, string service)
{
    // ERROR_SERVICE_DOES_NOT_EXIST
    private const int NoSuchService = 1060;

    /// <summary>The service's name.</summary>
    public string Service => service;

    /// <summary>How it stands; null when there is no such service.</summary>
    public async Task<ServiceStanding?> QueryAsync(CancellationToken cancel)
    {
        var query = await sc.RunAsync(["queryex", service], true, cancel);
        // Where an exit code has eight bits only the text tells; a process id may have those digits, too, but then sc succeeded.
        if (query.ExitCode == NoSuchService || (query.ExitCode != 0 && NoSuchServiceText().IsMatch(query.Everything)))
            return null;
        var configuration = await sc.RunAsync(["qc", service], true, cancel);
        if (query.ExitCode != 0 || configuration.ExitCode != 0)
            throw OctopusFailures.ServiceUnknown(service, query.Everything + configuration.Everything);

        // Numbers, not names: names are translated on localised Windows.
        return new ServiceStanding(Number(State(), query.Output), Number(StartType(), configuration.Output), Number(ProcessId(), query.Output));
    }

    /// <summary>The argument list that keeps the service from starting at the next boot.</summary>
    public IReadOnlyList<string> Disable => ["config", service, "start=", "disabled"];

    /// <summary>The argument list that lets it start at boot again.</summary>
    public IReadOnlyList<string> Enable => ["config", service, "start=", "auto"];

    /// <summary>Runs one of them.</summary>
    public async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var output = await sc.RunAsync(arguments, false, cancel);
        if (output.ExitCode != 0)
            throw OctopusFailures.ServiceCommandFailed(service, string.Join(' ', arguments), output.Everything);
    }

    private static int Number(Regex line, string text) =>
        line.Match(text) is { Success: true } match ? int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : -1;

    [GeneratedRegex(@"\b1060\b")]
    private static partial Regex NoSuchServiceText();

    [GeneratedRegex(@"^\s*STATE\s*:\s*(\d+)", RegexOptions.Multiline)]
    private static partial Regex State();

    [GeneratedRegex(@"^\s*START_TYPE\s*:\s*(\d+)", RegexOptions.Multiline)]
    private static partial Regex StartType();

    [GeneratedRegex(@"^\s*PID\s*:\s*(\d+)", RegexOptions.Multiline)]
    private static partial Regex ProcessId();
}

/// <summary>How a Windows service stands.</summary>
/// <param name="State">1 stopped, 2 starting, 3 stopping, 4 running.</param>
/// <param name="StartType">2 automatic, 3 on demand, 4 disabled.</param>
/// <param name="ProcessId">Its process; 0 when there is none, -1 when sc didn't say.</param>
public sealed record ServiceStanding(int State, int StartType, int ProcessId)
{
    /// <summary>Stopped, and its process gone.</summary>
    public bool IsStopped => State == 1 && ProcessId <= 0;

    /// <summary>Running.</summary>
    public bool IsRunning => State == 4;

    /// <summary>Will not start, whoever asks.</summary>
    public bool IsDisabled => StartType == 4;

    /// <summary>The start type as sc.exe takes it.</summary>
    public string StartTypeWord => StartType switch
    {
        2 => "auto",
        3 => "demand",
        4 => "disabled",
        _ => "auto",
    };
}
