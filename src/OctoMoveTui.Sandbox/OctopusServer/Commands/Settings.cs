using OctoMoveTui.Sandbox.Machines;

namespace OctoMoveTui.Sandbox.OctopusServer.Commands;

/// <summary><c>path</c>: where the directories are; into the database, but for the cache, which belongs to the node.</summary>
internal sealed class PathCommand : OctopusCommand
{
    public override string Name => "path";
    public override string Description => "Set the file paths that Octopus will use for storage";
    public override IReadOnlyList<OctopusOption> Options =>
    [
        InstanceOption, ConfigOption,
        .. ServerFolder.All.Select(folder => OctopusOption.Value(folder.Option) with { Since = folder.Since }),
        OctopusOption.Value("cacheDirectory"),
        SkipCompatibilityCheck, SkipUpgradeCheck,
    ];

    public override async Task RunAsync(CommandContext context)
    {
        var instance = context.Instance;
        foreach (var folder in ServerFolder.All)
        {
            if (context.Options[folder.Option] is not { } value)
                continue;

            await ServerFolders.WriteAsync(instance.Database, folder, value, context.Cancel);
            await context.LogAsync($"Set {folder.Option} to: {value}");
        }

        if (context.Options["cacheDirectory"] is { } cache)
        {
            instance.Config[ConfigFile.CacheDirectory] = cache;
            instance.Config.Save();
            await context.LogAsync($"Set cacheDirectory to: {cache}");
        }
    }
}

/// <summary><c>configure</c>: kept in the config file under the option's name; nothing in the sandbox listens to most of it.</summary>
internal sealed class Configure : OctopusCommand
{
    private static readonly string[] Known =
    [
        "home", "serverNodeName", "webListenPrefixes", "webForceSSL", "commsListenPort", "grpcListenPort", "commsListenWebSocket", "webServer", "trustedProxies",
        "webTrustedRedirectUrls", "webCorsWhitelist", "xFrameOptions", "hstsEnabled", "hstsMaxAge", "webContentSecurityPolicyEnabled", "webReferrerPolicy",
        "cacheDirectoryFullThreshold", "cachePackages", "cacheLowDiskSpaceThreshold", "upgradeCheck", "sendTelemetry", "upgradeNotification",
        "customBundledPackageDirectory", "requestLoggingEnabled", "maxConcurrentTasks", "usernamePasswordIsEnabled", "activeDirectoryIsEnabled",
        "activeDirectoryContainer", "webAuthenticationScheme", "autoLoginEnabled", "cookieDomain", "guestloginenabled",
    ];

    public override string Name => "configure";
    public override string Description => "Configure this Octopus instance";
    public override IReadOnlyList<OctopusOption> Options => [InstanceOption, ConfigOption, .. Known.Select(name => OctopusOption.Value(name)), SkipCompatibilityCheck, SkipUpgradeCheck];

    public override async Task RunAsync(CommandContext context)
    {
        var config = context.Instance.Config;
        foreach (var name in Known)
        {
            if (context.Options[name] is not { } value)
                continue;

            config[name switch
            {
                "home" => ConfigFile.Home,
                "serverNodeName" => ConfigFile.NodeName,
                "commsListenPort" => ConfigFile.CommunicationsPort,
                "webListenPrefixes" => WebPortal.Key,
                "webForceSSL" => "Octopus.WebPortal.ForceSSL",
                _ => "Octopus.Configure." + name,
            }] = value;
            await context.LogAsync($"Set {name} to: {value}");
        }

        config.Save();
    }
}

/// <summary><c>checkservices</c>: starts what is stopped and not disabled. This is what the watchdog runs.</summary>
internal sealed class CheckServices : OctopusCommand
{
    public override string Name => "checkservices";
    public override string Description => "Checks the Octopus instances are running";
    public override IReadOnlyList<OctopusOption> Options => [OctopusOption.Value("instances", "Comma-separated list of instances to check, or * to check all instances")];

    public override async Task RunAsync(CommandContext context)
    {
        foreach (var started in await context.Machine.StartStoppedServicesAsync(context.Options["instances"] ?? "*", context.Cancel))
            await context.LogAsync($"Service {started} was stopped, starting...");
    }
}

/// <summary><c>watchdog</c>: the scheduled task that runs <c>checkservices</c>.</summary>
internal sealed class WatchdogCommand : OctopusCommand
{
    public override string Name => "watchdog";
    public override string Description => "Configure a scheduled task to monitor the Octopus service(s)";
    public override IReadOnlyList<OctopusOption> Options =>
    [
        OctopusOption.Flag("create", "Create the watchdog task for the given instances"),
        OctopusOption.Flag("delete", "Delete the watchdog task"),
        OctopusOption.Value("instances", "List of instances to be checked"),
        OctopusOption.Value("interval", "The interval, in minutes, at which the service(s) should be checked"),
    ];

    public override async Task RunAsync(CommandContext context)
    {
        if (context.Options.Has("create"))
            context.Machine.CreateWatchdog(context.Options["instances"] ?? "*");
        else if (context.Options.Has("delete"))
            context.Machine.ScheduledTasks.Remove(OctopusMachine.WatchdogTask);
        else
            throw new ControlledFailure("Invalid arguments. Please specify either --create or --delete.");

        await context.LogAsync($"Scheduled task {OctopusMachine.WatchdogTask} {(context.Options.Has("create") ? "created" : "deleted")}.");
    }
}
