using System.Text.Json;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// Octopus.Server of one instance. The only file that spells its verbs and options. Every call names the instance: without that only the
/// default name is looked for.
/// </summary>
public sealed class OctopusServerExe(Programs program, string instance, Redactor redactor)
{
    /// <summary>The path of the executable.</summary>
    public string File => program.File;

    /// <summary>The exact version of the executable, without a "+suffix".</summary>
    public async Task<string> VersionAsync(CancellationToken cancel)
    {
        var output = await RunAsync(["version", "--format=text"], true, cancel);
        return LastLine(output).Split('+')[0];
    }

    /// <summary>The instances on the machine.</summary>
    public async Task<IReadOnlyList<InstanceRecord>> ListInstancesAsync(CancellationToken cancel)
    {
        var output = await RunAsync(["list-instances", "--format=json"], true, cancel);
        using var document = ParseJson("list-instances", output);
        return [.. document.RootElement.EnumerateArray().Select(each => new InstanceRecord(
            each.GetProperty("InstanceName").GetString() ?? "", each.GetProperty("ConfigurationFilePath").GetString() ?? ""))];
    }

    /// <summary>The instance's settings, from its config file and its database.</summary>
    public async Task<InstanceConfiguration> ShowConfigurationAsync(CancellationToken cancel)
    {
        var output = await RunAsync(["show-configuration", Instance, "--format=json-hierarchical", .. Quiet], true, cancel);
        using var document = ParseJson("show-configuration", output);
        return InstanceConfiguration.From(document.RootElement);
    }

    /// <summary>The master key. It is told the redactor before anything else happens.</summary>
    public async Task<MasterKey> ShowMasterKeyAsync(CancellationToken cancel)
    {
        var output = await RunAsync(ShowMasterKey, true, cancel);

        // Old builds print other lines before it.
        var line = output.Split('\n').Select(each => each.Trim()).LastOrDefault(MasterKey.LooksLikeKey) ?? throw OctopusFailures.NoKeyShown(File);
        redactor.Learn(line);
        return MasterKey.Parse(line);
    }

    /// <summary>Runs one of the commands below and fails when its exit code is not 0.</summary>
    public Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel) => RunAsync(arguments, false, cancel);

    /// <summary>The instance is called so.</summary>
    public IReadOnlyList<string> CreateInstance(string configFile, string home) =>
        ["create-instance", Instance, $"--config={configFile}", $"--home={home}", "--console"];

    /// <summary>
    /// Attaches the instance to an existing database with its key: never --create (a typo would make an empty server), never --upgrade.
    /// The key travels in the argument list; Octopus.Server has no other way.
    /// </summary>
    public IReadOnlyList<string> AttachDatabase(string masterKey, string connectionString) =>
        ["database", Instance, $"--masterKey={masterKey}", $"--connectionString={connectionString}", "--console"];

    /// <summary>Re-points directories; written into the database.</summary>
    public IReadOnlyList<string> SetPaths(IEnumerable<(string Kind, string Path)> paths) =>
        ["path", Instance, .. paths.Select(each => $"--{PathOption(each.Kind)}={each.Path}"), "--console"];

    /// <summary>Installs the Windows service and starts it.</summary>
    public IReadOnlyList<string> InstallAndStart => ["service", Instance, "--install", "--start", "--console"];

    /// <summary>Stops the Windows service. Its exit code proves nothing: after 45 seconds it gives up without failing.</summary>
    public IReadOnlyList<string> StopService => ["service", Instance, "--stop", "--console"];

    /// <summary>Starts the Windows service.</summary>
    public IReadOnlyList<string> StartService => ["service", Instance, "--start", "--console"];

    /// <summary>Shows the master key, and nothing else on current versions.</summary>
    public IReadOnlyList<string> ShowMasterKey => ["show-master-key", Instance, .. Quiet];

    private static string[] Quiet => ["--console", "--noconsolelogging"];

    private string Instance => $"--instance={instance}";

    private static string PathOption(string kind) => kind switch
    {
        OctopusDirectories.Packages => "nugetRepository",
        OctopusDirectories.Artifacts => "artifacts",
        OctopusDirectories.TaskLogs => "taskLogs",
        OctopusDirectories.EventExports => "eventExports",
        OctopusDirectories.Imports => "imports",
        _ => throw new ArgumentException($"Octopus.Server has no path option for {kind}.", nameof(kind)),
    };

    private async Task<string> RunAsync(IReadOnlyList<string> arguments, bool isQuiet, CancellationToken cancel)
    {
        var output = await program.RunAsync(arguments, isQuiet, cancel);
        if (output.ExitCode != 0)
            throw OctopusFailures.CommandFailed(Programs.Show(File, arguments, redactor), output);
        return output.Output;
    }

    private static string LastLine(string output) =>
        output.Split('\n').Select(each => each.Trim()).LastOrDefault(each => each.Length > 0) ?? "";

    // Other lines may stand before the JSON ("Migrating OctopusServer instance from registry", OctopusDSC issue 179).
    private JsonDocument ParseJson(string verb, string output)
    {
        for (var start = output.AsSpan().IndexOfAny('{', '['); start >= 0;)
        {
            try
            {
                var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(output[start..]));
                return JsonDocument.ParseValue(ref reader);
            }
            catch (JsonException)
            {
                var next = output.AsSpan(start + 1).IndexOfAny('{', '[');
                start = next < 0 ? -1 : start + 1 + next;
            }
        }

        throw OctopusFailures.Unreadable(File, verb);
    }
}

/// <summary>An instance of Octopus Server on a machine.</summary>
public sealed record InstanceRecord(string Name, string ConfigFile);
