using System.Collections.Concurrent;

namespace OctoMoveTui.Sandbox.Machines;

/// <summary>A task of the Windows task scheduler; the only kind here is the watchdog of Octopus.</summary>
public sealed class ScheduledTask
{
    public required string Name { get; init; }
    public required string Command { get; init; }
    public bool Enabled { get; internal set; } = true;

    /// <summary>The instances that the watchdog looks after; <c>*</c>: all.</summary>
    internal string Instances { get; init; } = "*";
}

/// <summary>The scheduled tasks of one machine. While an enabled watchdog is among them, a stopped Octopus service is started again, again and again.</summary>
public sealed class ScheduledTasks : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ScheduledTask> tasks = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource stopping = new();
    private readonly PeriodicTimer timer;
    private readonly Func<ScheduledTask, CancellationToken, Task> run;
    private readonly Task running;

    internal ScheduledTasks(TimeSpan interval, TimeProvider time, Func<ScheduledTask, CancellationToken, Task> run)
    {
        this.run = run;
        timer = new PeriodicTimer(interval, time);
        running = RunAsync();
    }

    public IReadOnlyList<ScheduledTask> All => [.. tasks.Values.OrderBy(task => task.Name, StringComparer.Ordinal)];

    public ScheduledTask? Find(string name) => tasks.GetValueOrDefault(name.TrimStart('\\'));

    internal void Add(ScheduledTask task) => tasks[task.Name] = task;

    internal bool Remove(string name) => tasks.TryRemove(name.TrimStart('\\'), out _);

    private async Task RunAsync()
    {
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
                foreach (var task in All.Where(task => task.Enabled))
                    await run(task, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The machine is being switched off.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        timer.Dispose();
        stopping.Dispose();
    }
}
