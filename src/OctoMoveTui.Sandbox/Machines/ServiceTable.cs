using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace OctoMoveTui.Sandbox.Machines;

/// <summary>How Windows numbers the states of a service.</summary>
public enum ServiceState { Stopped = 1, StartPending = 2, StopPending = 3, Running = 4 }

/// <summary>How Windows numbers the start types of a service.</summary>
public enum ServiceStartType { Auto = 2, Demand = 3, Disabled = 4 }

/// <summary>Something that runs while its service does.</summary>
internal interface IServiceProcess : IAsyncDisposable
{
    /// <summary>Comes up, or throws: then the service stops by itself, as Octopus Server does.</summary>
    Task StartAsync(CancellationToken cancel);
}

/// <summary>The process of a service that starts at once and does nothing.</summary>
internal sealed class IdleProcess : IServiceProcess
{
    public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A Windows service of one machine.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing to dispose.")]
public sealed class WindowsService
{
    private readonly SemaphoreSlim changing = new(1);
    private readonly Func<IServiceProcess> createProcess;
    private readonly Action<WindowsService>? changed;
    private readonly Func<WindowsService, bool> mayLogOn;
    private readonly Action? configured;
    private ServiceStartType startType = ServiceStartType.Auto;
    private static int lastProcessId = 5_000_000;
    private IServiceProcess? process;
    private int processId;

    internal WindowsService(string name, string binaryPath, Func<IServiceProcess> createProcess, Func<WindowsService, bool> mayLogOn, Action<WindowsService>? changed, Action? configured)
    {
        this.configured = configured;
        Name = name;
        BinaryPath = binaryPath;
        this.createProcess = createProcess;
        this.changed = changed;
        this.mayLogOn = mayLogOn;
    }

    public string Name { get; }
    public string BinaryPath { get; internal set; }

    public ServiceStartType StartType
    {
        get => startType;
        internal set
        {
            startType = value;
            configured?.Invoke();
        }
    }

    public ServiceState State { get; private set; } = ServiceState.Stopped;
    public string Account { get; internal set; } = "LocalSystem";

    /// <summary>The password that the service was given with its account; nobody reads it back.</summary>
    internal string? Password { get; set; }
    public string DependsOn { get; internal set; } = "";

    /// <summary>Above what Linux and Windows give to real processes here, so that nobody mistakes it for one of them.</summary>
    public int ProcessId => State == ServiceState.Stopped ? 0 : processId;

    /// <summary>Why the service stopped by itself the last time; null when it didn't.</summary>
    public Exception? LastFailure { get; private set; }

    internal object? Process => State == ServiceState.Running ? process : null;

    /// <summary>0, or the number of the Windows error that <c>sc start</c> prints.</summary>
    internal async Task<int> StartAsync(CancellationToken cancel)
    {
        if (StartType == ServiceStartType.Disabled)
            return WindowsError.ServiceDisabled;
        if (State is ServiceState.Running or ServiceState.StartPending)
            return WindowsError.ServiceAlreadyRunning;

        await changing.WaitAsync(cancel);
        try
        {
            if (StartType == ServiceStartType.Disabled)
                return WindowsError.ServiceDisabled;
            if (State == ServiceState.Running)
                return WindowsError.ServiceAlreadyRunning;

            LastFailure = null;
            if (!mayLogOn(this))
                return WindowsError.ServiceLogOnFailed;
            processId = Interlocked.Increment(ref lastProcessId);
            State = ServiceState.StartPending;
            process = createProcess();
            try
            {
                // Not cancelled with the command that asked for it: the service control manager goes on alone.
                await process.StartAsync(CancellationToken.None);
                State = ServiceState.Running;
                changed?.Invoke(this);
                return 0;
            }
            catch (Exception e)
            {
                LastFailure = e;
                await process.DisposeAsync();
                State = ServiceState.Stopped;
                return WindowsError.ServiceDidNotStart;
            }
        }
        finally
        {
            changing.Release();
        }
    }

    internal async Task<int> StopAsync(CancellationToken cancel)
    {
        if (State == ServiceState.Stopped)
            return WindowsError.ServiceNotActive;

        await changing.WaitAsync(cancel);
        try
        {
            if (State != ServiceState.Running)
                return WindowsError.ServiceNotActive;

            State = ServiceState.StopPending;
            await process!.DisposeAsync();
            process = null;
            State = ServiceState.Stopped;
            changed?.Invoke(this);
            return 0;
        }
        finally
        {
            changing.Release();
        }
    }
}

/// <summary>The Windows errors that concern services, by the names that winerror.h gives them.</summary>
internal static class WindowsError
{
    public const int ServiceAlreadyRunning = 1056;
    public const int ServiceDisabled = 1058;
    public const int ServiceDoesNotExist = 1060;
    public const int ServiceNotActive = 1062;
    public const int ServiceDidNotStart = 1053;
    public const int ServiceLogOnFailed = 1069;
    public const int InvalidCommandLine = 1639;
    public const int AccessDenied = 5;

    public static string Describe(int number) => number switch
    {
        ServiceAlreadyRunning => "An instance of the service is already running.",
        ServiceDisabled => "The service cannot be started, either because it is disabled or because it has no enabled devices associated with it.",
        ServiceDoesNotExist => "The specified service does not exist as an installed service.",
        ServiceNotActive => "The service has not been started.",
        ServiceDidNotStart => "The service did not respond to the start or control request in a timely fashion.",
        ServiceLogOnFailed => "The service did not start due to a logon failure.",
        AccessDenied => "Access is denied.",
        _ => "The operation failed.",
    };
}

/// <summary>The services of one machine.</summary>
public sealed class ServiceTable
{
    private readonly ConcurrentDictionary<string, WindowsService> services = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Told after each start and stop: who ran when is what tells a move with two live servers from a good one.</summary>
    internal Action<WindowsService>? Changed { get; set; }

    /// <summary>Told after the start type of a service was set.</summary>
    internal Action? Configured { get; set; }

    /// <summary>Whether the account of a service is known, with its password.</summary>
    internal Func<WindowsService, bool> MayLogOn { get; set; } = _ => true;

    public IReadOnlyList<WindowsService> All => [.. services.Values.OrderBy(service => service.Name, StringComparer.Ordinal)];

    public WindowsService? Find(string name) => services.GetValueOrDefault(name);

    internal WindowsService Install(string name, string binaryPath, Func<IServiceProcess> createProcess) =>
        services.GetOrAdd(name, _ => new WindowsService(name, binaryPath, createProcess, service => MayLogOn(service), service => Changed?.Invoke(service), () => Configured?.Invoke()));

    internal bool Remove(string name) => services.TryRemove(name, out _);
}
