using System.Globalization;
using OctoMoveTui.Sandbox.Machines;

namespace OctoMoveTui.Sandbox.OctopusServer.Commands;

/// <summary><c>service</c>. Whatever is asked for together is done in this order: restart, stop, uninstall, install, reconfigure, start.</summary>
internal sealed class Service : OctopusCommand
{
    public override string Name => "service";
    public override string Description => "Start, stop, install and configure the Octopus service";
    public override IReadOnlyList<OctopusOption> Options =>
    [
        OctopusOption.Value("instance", "Name of the instance to use, or * to use all instances"), ConfigOption,
        OctopusOption.Flag("start"), OctopusOption.Flag("stop"), OctopusOption.Flag("restart"),
        OctopusOption.Flag("install"), OctopusOption.Flag("uninstall"), OctopusOption.Flag("reconfigure"),
        OctopusOption.Value("username", alias: "user"), OctopusOption.Value("password"), OctopusOption.Value("dependOn"),
    ];

    public override async Task RunAsync(CommandContext context)
    {
        var options = context.Options;
        if (options["instance"] != "*")
        {
            await RunAsync(context, context.Record);
            return;
        }

        if (options.Has("install") || options.Has("uninstall") || options.Has("reconfigure"))
            throw new ControlledFailure("The instance name '*' can only be used with --start, --stop and --restart.");

        foreach (var record in context.Machine.Instances.All)
            await RunAsync(context, record);
    }

    private static async Task RunAsync(CommandContext context, InstanceRecord record)
    {
        var (machine, options) = (context.Machine, context.Options);
        var name = record.ServiceName;
        if (options.Has("restart") && machine.Services.Find(name) is { State: ServiceState.Running } running)
        {
            await running.StopAsync(context.Cancel);
            await StartAsync(context, name);
        }

        if (options.Has("stop"))
            await StopAsync(context, name);

        if (options.Has("uninstall"))
        {
            await StopAsync(context, name);
            machine.Services.Remove(name);
            await context.LogAsync("Service uninstalled");
        }

        if (options.Has("install"))
        {
            // Beside a service of that name nothing is installed; --reconfigure is for that.
            if (machine.Services.Find(name) is not null)
                await context.LogAsync($"The service '{name}' is already installed");
            else
                machine.InstallService(record);
            await context.LogAsync("Service installed");
        }

        if (options.Has("install") || options.Has("reconfigure"))
        {
            var service = machine.Services.Find(name) ?? throw new ControlledFailure($"The service '{name}' does not exist.");
            if ((options["username"] ?? context.ServiceUser) is { } user)
                (service.Account, service.Password) = (user, options["password"] ?? context.ServicePassword);
            service.DependsOn = options["dependOn"] ?? service.DependsOn;
            if (options.Has("reconfigure"))
                await context.LogAsync("Service reconfigured");
        }

        if (options.Has("start"))
            await StartAsync(context, name);
    }

    private static async Task StopAsync(CommandContext context, string name)
    {
        if (context.Machine.Services.Find(name) is not { } service)
            throw new ControlledFailure($"The service '{name}' does not exist.");

        await context.LogAsync(await service.StopAsync(context.Cancel) == 0 ? "Service stopped" : "The service is not running");
    }

    private static async Task StartAsync(CommandContext context, string name)
    {
        if (context.Machine.Services.Find(name) is not { } service)
            throw new ControlledFailure($"The service '{name}' does not exist.");

        switch (await service.StartAsync(context.Cancel))
        {
            case 0:
                await context.LogAsync("Service started");
                break;
            case WindowsError.ServiceAlreadyRunning:
                await context.LogAsync("The service is already running");
                break;
            case WindowsError.ServiceDisabled:
                throw new ControlledFailure(string.Create(CultureInfo.InvariantCulture, $"Cannot start service {name} on computer '.': ({WindowsError.ServiceDisabled}) {WindowsError.Describe(WindowsError.ServiceDisabled)}"));
            case WindowsError.ServiceLogOnFailed:
                throw new ControlledFailure(string.Create(CultureInfo.InvariantCulture, $"Cannot start service {name} on computer '.': ({WindowsError.ServiceLogOnFailed}) {WindowsError.Describe(WindowsError.ServiceLogOnFailed)}"));
            default:
                throw new ControlledFailure($"The service {name} was started and stopped again.{Environment.NewLine}{service.LastFailure?.Message}");
        }
    }
}
