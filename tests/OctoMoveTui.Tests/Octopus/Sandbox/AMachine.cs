using System.Globalization;
using System.Text;
using CliWrap;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.OctopusServer;
using OctoMoveTui.Sandbox.StandIns;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.SandboxOctopus;

/// <summary>What a program said when it had ended.</summary>
internal sealed record Said(int ExitCode, string Output, string Errors)
{
    public string Everything => Output + Errors;
}

/// <summary>Starts the stand-ins the way octomove does: as child processes.</summary>
internal static class StandInPrograms
{
    public static async Task<Said> RunAsync(string program, string[] words, CancellationToken cancel = default)
    {
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        var result = await Cli.Wrap(program).WithArguments(words).WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output, Encoding.UTF8))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(errors, Encoding.UTF8))
            .ExecuteAsync(cancel);
        return new Said(result.ExitCode, output.ToString(), errors.ToString());
    }

    public static Task<Said> OctopusAsync(this OctopusMachine machine, params string[] words) => RunAsync(machine.OctopusServer, words);

    public static Task<Said> ScAsync(this OctopusMachine machine, params string[] words) => RunAsync(machine.Sc, words);

    public static Task<Said> RegAsync(this OctopusMachine machine, params string[] words) => RunAsync(machine.Reg, words);

    public static Task<Said> SchtasksAsync(this OctopusMachine machine, params string[] words) => RunAsync(machine.Schtasks, words);
}

/// <summary>One pretend machine with nothing but its programs: no database, no instance.</summary>
internal sealed class AMachine : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StandInHost host = new();

    public AMachine(Func<OctopusMachineOptions, OctopusMachineOptions>? change = null)
    {
        var options = new OctopusMachineOptions { Name = "SERVER", Folder = folder["server"], Version = "2026.2.4120" };
        Port = host.Port;
        Machine = new OctopusMachine(change?.Invoke(options) ?? options, host);
    }

    public OctopusMachine Machine { get; }

    public string this[string name] => folder[name];

    /// <summary>A service that starts at once and does nothing.</summary>
    public WindowsService InstallIdleService(string name = "OctopusDeploy") =>
        Machine.Services.Install(name, $"\"{Machine.OctopusServer}\" run --instance=\"OctopusServer\"", () => new IdleProcess());

    public InstanceRecord AddInstance(string name = "OctopusServer")
    {
        var record = new InstanceRecord(name, folder[$"{name}.config"]);
        Machine.Instances.Save(record);
        ConfigFile.LoadOrCreate(record.ConfigurationFile);
        return record;
    }

    /// <summary>What dotnet is told where no shell can do it.</summary>
    public string[] StandInWithoutShell(string tool) =>
        ["exec", typeof(Launcher).Assembly.Location, "stand-in", Port.ToString(CultureInfo.InvariantCulture), Machine.Name, tool];

    private int Port { get; }

    public Task SwitchTheHostOffAsync() => host.DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await Machine.DisposeAsync();
        folder.Dispose();
    }
}
