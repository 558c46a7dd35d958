using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// Octopus.Server of one instance. The only file that spells its verbs and options. Every call names the instance: without that only the
/// default name is looked for. Every member that gives an argument list is on the approved list, docs/octopus-commands.md.
/// </summary>
/// <param name="program">The executable.</param>
/// <param name="instance">The instance.</param>
/// <param name="redactor">Is told the master key.</param>
/// <param name="knowledge">What was learned of the executable earlier; shared by all who call it.</param>
/// <param name="records">What the machine itself remembers of its instances, for versions that can't list them.</param>
public sealed partial class OctopusServerExe(
    Programs program, string instance, Redactor redactor, ExeKnowledge? knowledge = null, InstanceRecords? records = null)
{
    private readonly ExeKnowledge known = knowledge ?? new();

    /// <summary>The path of the executable.</summary>
    public string File => program.File;

    /// <summary>True when there is such a program.</summary>
    public bool IsThere => program.IsThere;

    /// <summary>The exact version of the executable, without a "+suffix": asked anew each time, for somebody may install another meanwhile.</summary>
    public async Task<string> VersionAsync(CancellationToken cancel) => (await LearnVersionAsync(cancel)).Text;

    /// <summary>The version as it was asked first.</summary>
    public async Task<OctopusVersion> KnownVersionAsync(CancellationToken cancel) => known.Version ?? await LearnVersionAsync(cancel);

    /// <summary>True when the executable knows that command or option; where only trying tells: when it was not refused so far.</summary>
    public async Task<bool> HasAsync(VersionGate gate, CancellationToken cancel) =>
        gate.IsOpenTo(await KnownVersionAsync(cancel)) && !known.Refused.Contains(gate);

    /// <summary>The instances on the machine; of a version that can't list them, as the machine remembers them.</summary>
    public async Task<IReadOnlyList<InstanceRecord>> ListInstancesAsync(CancellationToken cancel) =>
        records is not null && !await HasAsync(VersionGates.ListInstances, cancel)
            ? await records.ReadAsync(cancel)
            : InstanceRecord.Listed(File, await RunAsync(ListInstances, true, cancel));

    /// <summary>The instance's settings, from its config file and its database.</summary>
    public async Task<InstanceConfiguration> ShowConfigurationAsync(CancellationToken cancel)
    {
        // Nobody says since when there are the two forms of JSON; an unknown one may be refused, or be answered by XML: what comes is read.
        var failed = await TryShowAsync("json-hierarchical", cancel);
        if (failed.Read is null && SaysFormat().IsMatch(failed.Said.Everything))
            failed = await TryShowAsync("json", cancel);
        if (failed.Read is null && SaysFormat().IsMatch(failed.Said.Everything))
            failed = await TryShowAsync("XML", cancel);
        return failed.Read ?? throw OctopusFailures.CommandFailed(failed.Shown, failed.Said);
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

    /// <summary>Runs one of the commands below, without the options that this version doesn't know, and fails when its exit code is not 0.</summary>
    public Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel) => RunAsync(arguments, false, cancel);

    /// <summary>The same, with variables in its environment that no command line may tell.</summary>
    public Task<string> RunAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> variables, CancellationToken cancel) =>
        RunAsync(arguments, false, cancel, variables);

    /// <summary>A command line as this executable would get it, as far as its version is known.</summary>
    public IReadOnlyList<string> Fit(IReadOnlyList<string> arguments)
    {
        var fitted = (known.Version ?? known.Expected) is { } version ? VersionGates.Fit(arguments, version) : arguments;
        var refused = VersionGates.Of(fitted).Where(known.Refused.Contains).ToList();
        return refused.Count == 0 ? fitted : [.. fitted.Where(argument => !refused.Any(gate => gate.Is(argument)))];
    }

    /// <summary>Tells the version.</summary>
    public IReadOnlyList<string> ShowVersion => ["version", "--format=text"];

    /// <summary>Tells the instances on the machine.</summary>
    public IReadOnlyList<string> ListInstances => ["list-instances", "--format=json"];

    /// <summary>Tells the settings, the connection string in clear among them: its output is never logged.</summary>
    public IReadOnlyList<string> ShowConfiguration(string format) => ["show-configuration", Instance, $"--format={format}", .. Quiet];

    /// <summary>The instance is called so. A node name that this version can't take here is left out: <see cref="SetNodeName"/> then.</summary>
    public IReadOnlyList<string> CreateInstance(string configFile, string home, string? nodeName = null) =>
        ["create-instance", Instance, $"--config={configFile}", $"--home={home}", .. nodeName is null ? [] : new[] { $"--serverNodeName={nodeName}" }, "--console"];

    /// <summary>
    /// Names the node, where create-instance could not (<see cref="VersionGates.NodeNameAtCreation"/>). From 4.0 on the database has to be attached before.
    /// </summary>
    public IReadOnlyList<string> SetNodeName(string nodeName) => ["configure", Instance, $"--serverNodeName={nodeName}", "--console"];

    /// <summary>
    /// Attaches the instance to an existing database with its key: never --create (a typo would make an empty server), never --upgrade.
    /// The key travels in the argument list; Octopus.Server has no other way.
    /// </summary>
    public IReadOnlyList<string> AttachDatabase(string masterKey, string connectionString) =>
        ["database", Instance, $"--masterKey={masterKey}", $"--connectionString={connectionString}", "--console"];

    /// <summary>Attaches the instance to another copy of its database; it keeps the master key that it has.</summary>
    public IReadOnlyList<string> ChangeDatabase(string connectionString) => ["database", Instance, $"--connectionString={connectionString}", "--console"];

    /// <summary>Re-points directories; written into the database.</summary>
    public IReadOnlyList<string> SetPaths(IEnumerable<(string Kind, string Path)> paths) =>
        ["path", Instance, .. paths.Select(each => $"--{PathOption(each.Kind)}={each.Path}"), "--console"];

    /// <summary>
    /// Installs the Windows service, or gives an installed one what it is told. Account and password come from the environment. It starts at boot from
    /// then on, which has to be taken back at once.
    /// </summary>
    public IReadOnlyList<string> InstallService => ["service", Instance, "--install", "--reconfigure", "--console"];

    /// <summary>Stops and removes the Windows service; the instance stays.</summary>
    public IReadOnlyList<string> UninstallService => ["service", Instance, "--stop", "--uninstall", "--console"];

    /// <summary>Removes the record of the instance; config file, home directory and database stay. The service has to be gone before.</summary>
    public IReadOnlyList<string> DeleteInstance => ["delete-instance", Instance, "--console"];

    /// <summary>Sets what is bound to a machine; written into the config file or the database.</summary>
    public IReadOnlyList<string> Configure(IEnumerable<(MachineSetting Setting, string Value)> settings) =>
        ["configure", Instance, .. settings.Select(each => $"--{ConfigureOption(each.Setting)}={each.Value}"), "--console"];

    /// <summary>Stops the Windows service. Its exit code proves nothing: after 45 seconds it gives up without failing.</summary>
    public IReadOnlyList<string> StopService => ["service", Instance, "--stop", "--console"];

    /// <summary>Starts the Windows service.</summary>
    public IReadOnlyList<string> StartService => ["service", Instance, "--start", "--console"];

    /// <summary>
    /// Drains the node of this machine. Without a wait: that could end early and call a busy node drained (#9561), and failed in some builds of 2019
    /// (#5410).
    /// </summary>
    public IReadOnlyList<string> Drain => ["node", Instance, "--drain=true", "--wait=0", "--console"];

    /// <summary>Lets it take tasks again.</summary>
    public IReadOnlyList<string> Undrain => ["node", Instance, "--drain=false", "--console"];

    /// <summary>Shows the thumbprint of the server certificate.</summary>
    public IReadOnlyList<string> ShowThumbprint => ["show-thumbprint", Instance, .. Quiet];

    /// <summary>Shows the master key, and nothing else on current versions.</summary>
    public IReadOnlyList<string> ShowMasterKey => ["show-master-key", Instance, .. Quiet];

    private static string[] Quiet => ["--console", "--noconsolelogging"];

    private string Instance => $"--instance={instance}";

    private static string ConfigureOption(MachineSetting setting) => setting switch
    {
        MachineSetting.ListenPrefixes => "webListenPrefixes",
        MachineSetting.CommunicationsPort => "commsListenPort",
        _ => "webForceSSL",
    };

    private static string PathOption(string kind) => kind switch
    {
        OctopusDirectories.Packages => "nugetRepository",
        OctopusDirectories.Artifacts => "artifacts",
        OctopusDirectories.TaskLogs => "taskLogs",
        OctopusDirectories.EventExports => "eventExports",
        OctopusDirectories.Imports => "imports",
        OctopusDirectories.Telemetry => "telemetry",
        OctopusDirectories.ClusterShared => "clusterShared",
        _ => throw new ArgumentException($"Octopus.Server has no path option for {kind}.", nameof(kind)),
    };

    private async Task<string> RunAsync(IReadOnlyList<string> arguments, bool isQuiet, CancellationToken cancel, IReadOnlyDictionary<string, string?>? variables = null)
    {
        var output = await SayAsync(arguments, isQuiet, cancel, variables);
        if (output.ExitCode != 0)
            throw OctopusFailures.CommandFailed(Programs.Show(File, Fit(arguments), redactor), output);
        return output.Output;
    }

    // The one door to the program.
    private async Task<ProgramOutput> SayAsync(
        IReadOnlyList<string> arguments, bool isQuiet, CancellationToken cancel, IReadOnlyDictionary<string, string?>? variables = null)
    {
        if (ForbiddenCommands.Find(arguments) is { } forbidden)
            throw new InvalidOperationException($"octomove never gives Octopus.Server the command or option {forbidden}.");
        if (arguments[0] != ShowVersion[0])
        {
            var version = await KnownVersionAsync(cancel);
            if (!version.IsAtLeast(VersionGates.Oldest))
                throw VersionGateFailures.TooOld(File, version);
            if (VersionGates.Missing(arguments, version) is { } missing)
                throw VersionGateFailures.NotKnown(File, version, missing);
        }

        // What these print is a secret whatever else they do, and it is not known before it is read.
        var printsSecrets = arguments[0] == ShowMasterKey[0] || arguments[0] == ShowConfiguration("json")[0];
        var output = printsSecrets ? await program.RunSecretlyAsync(Fit(arguments), cancel)
            : await program.RunAsync(Fit(arguments), variables ?? Programs.NoVariables, isQuiet, cancel);
        if (output.ExitCode == 0 || !SaysUnknown().IsMatch(output.Everything))
            return output;

        // Arguments are read before anything is done, so nothing was: without what was only tried it may go.
        var tried = VersionGates.Of(Fit(arguments)).Where(each => each.Since is null).ToList();
        var named = tried.Where(each => output.Everything.Contains(each.Option!.Split('=')[0], StringComparison.OrdinalIgnoreCase)).ToList();
        if (tried.Count == 0)
            return output;
        known.Refused = known.Refused.Union(named.Count > 0 ? named : tried);
        return printsSecrets ? await program.RunSecretlyAsync(Fit(arguments), cancel)
            : await program.RunAsync(Fit(arguments), variables ?? Programs.NoVariables, isQuiet, cancel);
    }

    private async Task<OctopusVersion> LearnVersionAsync(CancellationToken cancel)
    {
        var output = await SayAsync(ShowVersion, true, cancel);
        var version = output.ExitCode == 0 ? OctopusVersion.Find(output.Output) : null;

        // What the file says of itself counts where the command says nothing, as it may in builds of long ago.
        version ??= System.IO.File.Exists(File) ? OctopusVersion.Find(FileVersionInfo.GetVersionInfo(File).ProductVersion ?? "") : null;
        known.Version = version ?? throw VersionGateFailures.VersionUnknown(File, output.Everything);
        return version;
    }

    private async Task<(InstanceConfiguration? Read, string Shown, ProgramOutput Said)> TryShowAsync(string format, CancellationToken cancel)
    {
        var arguments = ShowConfiguration(format);
        var output = await SayAsync(arguments, true, cancel);
        return (output.ExitCode == 0 ? InstanceConfiguration.Parse(File, output.Output) : null, Programs.Show(File, Fit(arguments), redactor), output);
    }

    // "Unrecognized command line arguments: --noconsolelogging"; the words are the sibling agent's, so others close to them count as well.
    [GeneratedRegex(@"\b(unrecogni[sz]ed|unknown|unsupported|unexpected)\b.*\b(argument|option|parameter)", RegexOptions.IgnoreCase)]
    private static partial Regex SaysUnknown();

    [GeneratedRegex(@"\bformat\b|json", RegexOptions.IgnoreCase)]
    private static partial Regex SaysFormat();
}

/// <summary>What was learned of one executable: asked for once in a run, whoever needs it.</summary>
public sealed class ExeKnowledge
{
    /// <summary>Its version; null until it was asked.</summary>
    public OctopusVersion? Version { get; set; }

    /// <summary>The options that it was tried with and refused.</summary>
    public ImmutableHashSet<VersionGate> Refused { get; set; } = [];

    /// <summary>The version that it should be: only for showing what it will be told before it was asked.</summary>
    public OctopusVersion? Expected { get; set; }
}
