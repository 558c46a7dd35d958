using System.Globalization;
using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Sandbox.Machines;

/// <summary>
/// <c>sc.exe</c>, as far as a move needs it. On Unix an exit code has eight bits, so 1060 arrives as 36 there; the number stands in the text too.
/// </summary>
internal sealed class ServiceController(OctopusMachine machine)
{
    public async Task<int> AnswerAsync(StandInCall call)
    {
        var words = call.Arguments;
        var verb = words.Count > 0 ? words[0].ToLowerInvariant() : "";
        switch (verb)
        {
            case "query" or "queryex" when words.Count == 1 || words[1].EndsWith('='):
                foreach (var each in machine.Services.All)
                    await WriteStatusAsync(call, each, extended: verb == "queryex");
                return 0;

            case "query" or "queryex" or "qc" or "config" or "start" or "stop" or "delete" when words.Count >= 2:
                break;

            default:
                await call.WriteLineAsync("DESCRIPTION:\n        SC is a command line program used for communicating with the\n        Service Control Manager and services.\nUSAGE:\n        sc [command] [service name] <option1> <option2>...");
                return WindowsError.InvalidCommandLine;
        }

        if (verb is "config" or "start" or "stop" or "delete" && !machine.Elevated)
            return await FailAsync(call, verb == "config" ? "OpenService" : "StartService: OpenService", WindowsError.AccessDenied);

        if (machine.Services.Find(words[1]) is not { } service)
            return await FailAsync(call, verb is "query" or "queryex" ? "EnumQueryServicesStatus:OpenService" : verb == "start" ? "StartService: OpenService" : "OpenService", WindowsError.ServiceDoesNotExist);

        switch (verb)
        {
            case "query" or "queryex":
                await WriteStatusAsync(call, service, extended: verb == "queryex");
                return 0;
            case "qc":
                await WriteConfigurationAsync(call, service);
                return 0;
            case "config":
                return await ConfigureAsync(call, service, [.. words.Skip(2)]);
            case "start":
                return await StartAsync(call, service);
            case "delete":
                machine.Services.Remove(service.Name);
                await call.WriteLineAsync("[SC] DeleteService SUCCESS");
                return 0;
            default:
                return await StopAsync(call, service);
        }
    }

    private static async Task<int> ConfigureAsync(StandInCall call, WindowsService service, string[] words)
    {
        var changes = new List<Action>();
        for (var i = 0; i < words.Length; i++)
        {
            // "start= disabled" is two words; newer builds take "start=disabled" as well.
            var equals = words[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? words[i] : words[i][..equals].ToLowerInvariant();
            var value = equals >= 0 && equals < words[i].Length - 1 ? words[i][(equals + 1)..] : i + 1 < words.Length ? words[++i] : null;
            Action? change = (name, value?.ToLowerInvariant()) switch
            {
                ("start", "auto" or "delayed-auto") => () => service.StartType = ServiceStartType.Auto,
                ("start", "demand") => () => service.StartType = ServiceStartType.Demand,
                ("start", "disabled") => () => service.StartType = ServiceStartType.Disabled,
                ("obj", not null) => () => (service.Account, service.Password) = (value!, null),
                ("depend", not null) => () => service.DependsOn = value!,
                ("binpath", not null) => () => service.BinaryPath = value!,
                ("password", not null) => () => service.Password = value,
                ("displayname", not null) => () => { },
                _ => null,
            };
            if (change is null || equals < 0)
            {
                await call.WriteLineAsync("DESCRIPTION:\n        Modifies a service entry in the registry and Service Database.\nUSAGE:\n        sc <server> config [service name] <option1> <option2>...");
                return WindowsError.InvalidCommandLine;
            }

            changes.Add(change);
        }

        changes.ForEach(change => change());
        await call.WriteLineAsync("[SC] ChangeServiceConfig SUCCESS");
        return 0;
    }

    private async Task<int> StartAsync(StandInCall call, WindowsService service)
    {
        var error = service.StartType == ServiceStartType.Disabled ? WindowsError.ServiceDisabled
            : service.State is ServiceState.Running or ServiceState.StartPending ? WindowsError.ServiceAlreadyRunning
            : 0;
        if (error != 0)
            return await FailAsync(call, "StartService", error);

        // sc only asks; the service control manager goes on alone.
        machine.InBackground(service.StartAsync);
        await WriteStatusAsync(call, service, extended: true, ServiceState.StartPending);
        return 0;
    }

    private async Task<int> StopAsync(StandInCall call, WindowsService service)
    {
        if (service.State == ServiceState.Stopped)
            return await FailAsync(call, "ControlService", WindowsError.ServiceNotActive);

        machine.InBackground(service.StopAsync);
        await WriteStatusAsync(call, service, extended: false, ServiceState.StopPending);
        return 0;
    }

    private static async Task<int> FailAsync(StandInCall call, string function, int number)
    {
        await call.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"[SC] {function} FAILED {number}:"));
        await call.WriteLineAsync();
        await call.WriteLineAsync(WindowsError.Describe(number));
        await call.WriteLineAsync();
        return number;
    }

    private static Task WriteStatusAsync(StandInCall call, WindowsService service, bool extended, ServiceState? shown = null)
    {
        var state = shown ?? service.State;
        var word = state switch
        {
            ServiceState.Stopped => "STOPPED",
            ServiceState.StartPending => "START_PENDING",
            ServiceState.StopPending => "STOP_PENDING",
            _ => "RUNNING",
        };
        var accepts = state == ServiceState.Running ? "(STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)" : "(NOT_STOPPABLE, NOT_PAUSABLE, IGNORES_SHUTDOWN)";
        var exitCode = service is { LastFailure: not null, State: ServiceState.Stopped } ? "1067  (0x42b)" : "0  (0x0)";
        var lines = $"""

            SERVICE_NAME: {service.Name} 
                    TYPE               : 10  WIN32_OWN_PROCESS  
                    STATE              : {(int)state}  {word} 
                                            {accepts}
                    WIN32_EXIT_CODE    : {exitCode}
                    SERVICE_EXIT_CODE  : 0  (0x0)
                    CHECKPOINT         : 0x0
                    WAIT_HINT          : 0x0
            """;
        if (extended)
            lines += string.Create(CultureInfo.InvariantCulture, $"\n        PID                : {service.ProcessId}\n        FLAGS              : ");
        return call.WriteLineAsync(lines);
    }

    private static Task WriteConfigurationAsync(StandInCall call, WindowsService service)
    {
        var start = service.StartType switch
        {
            ServiceStartType.Auto => "2   AUTO_START",
            ServiceStartType.Demand => "3   DEMAND_START",
            _ => "4   DISABLED",
        };
        return call.WriteLineAsync($"""
            [SC] QueryServiceConfig SUCCESS

            SERVICE_NAME: {service.Name}
                    TYPE               : 10  WIN32_OWN_PROCESS 
                    START_TYPE         : {start}
                    ERROR_CONTROL      : 1   NORMAL
                    BINARY_PATH_NAME   : {service.BinaryPath}
                    LOAD_ORDER_GROUP   : 
                    TAG                : 0
                    DISPLAY_NAME       : {service.Name}
                    DEPENDENCIES       : {service.DependsOn}
                    SERVICE_START_NAME : {service.Account}
            """);
    }
}
