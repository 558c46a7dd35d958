using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// What there is of Octopus Server on this machine: the executable, the instances, their services. Asks only programs and files of the machine, no
/// database; changes nothing. Where one source is silent the next is asked.
/// </summary>
/// <param name="server">The settings of the side that this machine does: its tools, and what is known already.</param>
/// <param name="detail">Gets the command lines.</param>
/// <param name="redactor">Hides secrets in them.</param>
internal sealed class OctopusDiscovery(ServerSettings server, Action<string> detail, Redactor redactor)
{
    private const string UsualOnWindows = @"C:\Program Files\Octopus Deploy\Octopus\Octopus.Server.exe";
    private const string InContainer = "/Octopus/Octopus.Server";

    private readonly Dictionary<string, ExeKnowledge> known = new(StringComparer.Ordinal);

    /// <summary>
    /// The executable: in the folder that the installer wrote down; else the one that the service runs; else where it usually is, whether it is there or
    /// not. One program serves all instances of a machine.
    /// </summary>
    internal async Task<string> FindExecutableAsync(CancellationToken cancel)
    {
        if (await Registry.FindInstallFolderAsync(cancel) is { } folder)
        {
            var installed = new[] { "Octopus.Server.exe", "Octopus.Server" }.Select(each => Path.Combine(folder, each)).FirstOrDefault(File.Exists);
            if (installed is not null)
                return installed;
        }

        var instance = server.Instance.Length > 0 ? server.Instance : InstanceRecord.DefaultName;
        return await FindProgramOfServiceAsync(instance, cancel) is { } program && File.Exists(program) ? program
            : OperatingSystem.IsWindows() ? UsualOnWindows : InContainer;
    }

    /// <summary>Octopus.Server for one instance.</summary>
    internal OctopusServerExe Exe(string file, string instance)
    {
        if (!known.TryGetValue(file, out var knowledge))
            known[file] = knowledge = new ExeKnowledge();
        return new OctopusServerExe(Program(file), instance, redactor, knowledge, Records);
    }

    /// <summary>The instances, in the order of their names: as Octopus.Server lists them; where it fails, as the machine recorded them.</summary>
    /// <exception cref="MoveFailure">It failed, and nothing is recorded either.</exception>
    internal async Task<IReadOnlyList<FoundInstance>> FindInstancesAsync(string file, CancellationToken cancel)
    {
        IReadOnlyList<InstanceRecord> records;
        try
        {
            records = await Exe(file, "").ListInstancesAsync(cancel);
        }
        catch (MoveFailure failure)
        {
            records = await Records.ReadAsync(cancel);
            if (records.Count == 0)
                throw;
            detail(failure.Report.What);
        }

        var found = new List<FoundInstance>();
        foreach (var record in records.OrderBy(each => each.Name, StringComparer.OrdinalIgnoreCase))
            found.Add(await LookAtAsync(record, cancel));
        return found;
    }

    private async Task<FoundInstance> LookAtAsync(InstanceRecord record, CancellationToken cancel)
    {
        var config = InstanceConfigFile.Find(record.ConfigFile);
        return new FoundInstance(record)
        {
            Service = await StandingOfAsync(InstanceRecord.ServiceOf(record.Name), cancel),
            Home = config?.Home,
            Database = DatabaseOf(config?.ConnectionString),
        };
    }

    private static string? DatabaseOf(string? connectionString)
    {
        try
        {
            return connectionString is { Length: > 0 } ? $"{ConnectionStrings.Read(connectionString)}" : null;
        }
        catch (MoveFailure)
        {
            return null;
        }
    }

    private async Task<ServiceState> StandingOfAsync(string service, CancellationToken cancel)
    {
        try
        {
            return await Service(service).QueryAsync(cancel) switch
            {
                null => ServiceState.Missing,
                { IsRunning: true } => ServiceState.Running,
                _ => ServiceState.NotRunning,
            };
        }
        catch (MoveFailure)
        {
            // No service controller, as on Linux, or no right to ask it.
            return ServiceState.Unknown;
        }
    }

    private async Task<string?> FindProgramOfServiceAsync(string instance, CancellationToken cancel)
    {
        try
        {
            return await Service(InstanceRecord.ServiceOf(instance)).FindProgramAsync(cancel);
        }
        catch (MoveFailure)
        {
            return null;
        }
    }

    private RegistryQuery Registry => new(Program(server.Reg));

    private InstanceRecords Records => new(server.InstanceRecords.Length > 0 ? server.InstanceRecords : InstanceRecords.UsualFolder, Registry);

    private ServiceControl Service(string name) => new(Program(server.Sc), name);

    private Programs Program(string file) => new(file, detail, redactor);
}

/// <summary>An instance that was found on this machine.</summary>
/// <param name="Record">Its name and config file.</param>
public sealed record FoundInstance(InstanceRecord Record)
{
    /// <summary>Its name.</summary>
    public string Name => Record.Name;

    /// <summary>How its service stands.</summary>
    public ServiceState Service { get; init; }

    /// <summary>Its home directory; null when its config file doesn't say.</summary>
    public string? Home { get; init; }

    /// <summary>Its database and server, in words, without a password; null when its config file doesn't say.</summary>
    public string? Database { get; init; }
}

/// <summary>How the service of an instance stands.</summary>
public enum ServiceState
{
    /// <summary>The service controller can't be asked.</summary>
    Unknown,

    /// <summary>There is no such service.</summary>
    Missing,

    /// <summary>Stopped, starting or stopping.</summary>
    NotRunning,

    /// <summary>Running.</summary>
    Running,
}
