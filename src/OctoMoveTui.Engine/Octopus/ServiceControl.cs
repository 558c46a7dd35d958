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

        return Read(query.Output, configuration.Output);
    }

    /// <summary>What <c>sc queryex</c> and <c>sc qc</c> print. Numbers, not names: names are translated on localised Windows.</summary>
    internal static ServiceStanding Read(string query, string configuration)
    {
        var (account, depends) = ReadConfiguration(configuration);
        return new ServiceStanding(Number(State(), query), Number(StartType(), configuration), Number(ProcessId(), query))
        {
            Account = account,
            DependsOn = depends,
        };
    }

    /// <summary>The program that the service runs; null when there is no such service, or it doesn't say.</summary>
    public async Task<string?> FindProgramAsync(CancellationToken cancel)
    {
        var configuration = await sc.RunAsync(["qc", service], true, cancel);
        return configuration.ExitCode == 0 && BinaryPath().Match(configuration.Output) is { Success: true } match
            ? match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["bare"].Value : null;
    }

    /// <summary>The argument list that keeps the service from starting at the next boot.</summary>
    public IReadOnlyList<string> Disable => ["config", service, "start=", "disabled"];

    /// <summary>The argument list that asks it to stop; sc does not wait until it has.</summary>
    public IReadOnlyList<string> Stop => ["stop", service];

    /// <summary>The argument list that lets it start at boot again.</summary>
    public IReadOnlyList<string> Enable => ["config", service, "start=", "auto"];

    /// <summary>The argument list that removes it.</summary>
    public IReadOnlyList<string> Delete => ["delete", service];

    /// <summary>The argument list that gives it the start type it had, in sc's own word.</summary>
    public IReadOnlyList<string> SetStartType(string word) => ["config", service, "start=", word];

    /// <summary>The argument list that leaves its start to whoever asks for it.</summary>
    public IReadOnlyList<string> StartOnDemand => ["config", service, "start=", "demand"];

    /// <summary>The argument list that has it log on as an account without a password of its own.</summary>
    public IReadOnlyList<string> LogOnAs(LogOnAccount account) => ["config", service, "obj=", account.Name];

    /// <summary>
    /// What <c>sc qc</c> prints last: the services that this one starts after, one a line with the label on the first, and the account. By position, for
    /// the labels may be translated.
    /// </summary>
    internal static (string Account, IReadOnlyList<string> DependsOn) ReadConfiguration(string output)
    {
        var lines = output.Split('\n').Select(each => Labelled().Match(each.TrimEnd())).Where(each => each.Success)
            .Select(each => (IsFirst: each.Groups[1].Value.Trim().Length > 0, Value: each.Groups[2].Value.Trim())).ToList();
        var start = lines.Count - 2;
        while (start > 0 && !lines[start].IsFirst)
            start--;
        return start < 0 ? ("", []) : (lines[^1].Value, [.. lines[start..^1].Select(each => each.Value).Where(each => each.Length > 0)]);
    }

    /// <summary>Runs one of them.</summary>
    public async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var output = await sc.RunAsync(arguments, false, cancel);
        if (output.ExitCode != 0)
            throw OctopusFailures.ServiceCommandFailed(service, string.Join(' ', arguments), output.Everything);
    }

    private static int Number(Regex line, string text) =>
        line.Match(text) is { Success: true } match
            && int.TryParse(match.Groups[1].ValueSpan, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : -1;

    [GeneratedRegex(@"^\s+([^:]*?)\s*: ?(.*)$")]
    private static partial Regex Labelled();

    [GeneratedRegex(@"\b1060\b")]
    private static partial Regex NoSuchServiceText();

    [GeneratedRegex(@"^\s*STATE\s*:\s*(\d+)", RegexOptions.Multiline)]
    private static partial Regex State();

    [GeneratedRegex(@"^\s*START_TYPE\s*:\s*(\d+)", RegexOptions.Multiline)]
    private static partial Regex StartType();

    // "C:\Program Files\…\Octopus.Server.exe" run --instance="OctopusServer"
    [GeneratedRegex(@"^\s*BINARY_PATH_NAME\s*:\s*(""(?<quoted>[^""]+)""|(?<bare>\S+))", RegexOptions.Multiline)]
    private static partial Regex BinaryPath();

    [GeneratedRegex(@"^\s*PID\s*:\s*(\d+)", RegexOptions.Multiline)]
    private static partial Regex ProcessId();
}

/// <summary>How a Windows service stands.</summary>
/// <param name="State">1 stopped, 2 starting, 3 stopping, 4 running.</param>
/// <param name="StartType">2 automatic, 3 on demand, 4 disabled.</param>
/// <param name="ProcessId">Its process; 0 when there is none, -1 when sc didn't say.</param>
public sealed record ServiceStanding(int State, int StartType, int ProcessId)
{
    /// <summary>The start type of a service that starts when somebody asks for it.</summary>
    public const int OnDemand = 3;

    private const int Disabled = 4;

    /// <summary>The account that it logs on as, as sc shows it.</summary>
    public string Account { get; init; } = "";

    /// <summary>The services that it starts after.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Stopped, and its process gone.</summary>
    public bool IsStopped => State == 1 && ProcessId <= 0;

    /// <summary>Running.</summary>
    public bool IsRunning => State == 4;

    /// <summary>Starts at the next boot, or by what else starts automatic services.</summary>
    public bool StartsByItself => StartType is not (OnDemand or Disabled);

    /// <summary>Will not start, whoever asks.</summary>
    public bool IsDisabled => StartType == Disabled;

    /// <summary>The start type as sc.exe takes it.</summary>
    public string StartTypeWord => StartType switch
    {
        2 => "auto",
        3 => "demand",
        4 => "disabled",
        _ => "auto",
    };
}
