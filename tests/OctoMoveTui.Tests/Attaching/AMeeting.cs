using System.Collections.Concurrent;
using System.Threading.Channels;
using OctoMoveTui.Attaching;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Attaching;

/// <summary>An engine that others attach to, on a real socket: the test is the engine, and each who attaches has a front end that remembers.</summary>
internal sealed class AMeeting : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentQueue<AnAttached> attached = new();

    private AMeeting(IFrontEnd? here)
    {
        Place = new MeetingPlace(folder["meeting"], "engine");
        Host = EngineHost.Open(Place, here, Stops.Enqueue, TimeProvider.System)!;
        Host.Connect(Commands.Enqueue);
    }

    public MeetingPlace Place { get; }

    public EngineHost Host { get; }

    public ConcurrentQueue<bool> Stops { get; } = new();

    public ConcurrentQueue<MoveCommand> Commands { get; } = new();

    public static AMeeting Begin(IFrontEnd? here = null) => new(here);

    /// <summary>Attaches, and waits until the past was told.</summary>
    public async Task<AnAttached> AttachAsync(bool looksOn = false)
    {
        var one = await AnAttached.AtAsync(Place, looksOn);
        attached.Enqueue(one);
        return one;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        foreach (var one in attached)
        {
            await one.DisposeAsync();
        }

        folder.Dispose();
    }
}

/// <summary>Somebody who is attached to an engine, and is as slow with answers as the test.</summary>
internal sealed class AnAttached : IFrontEnd, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EngineClient client;
    private readonly CancellationTokenSource leave = new();
    private readonly TaskCompletionSource caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<Waiting> questions = Channel.CreateUnbounded<Waiting>();
    private readonly ConcurrentQueue<MoveEvent> heard = new();

    private AnAttached(EngineClient client)
    {
        this.client = client;
        Run = client.RunAsync(this, () => caughtUp.TrySetResult(), leave.Token);
    }

    /// <summary>A question, and the way to answer it.</summary>
    internal sealed record Waiting(MoveQuestion Question, TaskCompletionSource<MoveAnswer> Answer, CancellationToken Dropped)
    {
        /// <summary>Completes when it is taken back.</summary>
        public async Task ShouldBeDropped()
        {
            await Task.Delay(Patience, TimeProvider.System, Dropped).ContinueWith(_ => { }, TaskScheduler.Default);
            Dropped.IsCancellationRequested.ShouldBeTrue();
        }
    }

    public Task<MoveEnded?> Run { get; }

    public EngineClient Client => client;

    public Action<MoveCommand> Say { get; private set; } = _ => { };

    public IReadOnlyList<MoveEvent> Heard => [.. heard];

    public static async Task<AnAttached> AtAsync(MeetingPlace place, bool looksOn)
    {
        var one = new AnAttached((await EngineClient.FindAsync(place, looksOn, CancellationToken.None)).ShouldNotBeNull());
        await one.caughtUp.Task.WaitAsync(Patience);
        return one;
    }

    /// <summary>The next question.</summary>
    public async Task<Waiting> ShouldBeAsked() => await questions.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Waits until an event was heard.</summary>
    public async Task ShouldHear(Func<MoveEvent, bool> wanted)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!heard.Any(wanted))
        {
            TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Patience, "it was never heard");
            await Task.Yield();
        }
    }

    public void Connect(Action<MoveCommand> say) => Say = say;

    public void Tell(MoveEvent happening) => heard.Enqueue(happening);

    public async Task<MoveAnswer> AskAsync(MoveQuestion question, CancellationToken cancel)
    {
        var answer = new TaskCompletionSource<MoveAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        await questions.Writer.WriteAsync(new Waiting(question, answer, cancel), CancellationToken.None);
        return await answer.Task.WaitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await leave.CancelAsync();
        await Run.ContinueWith(_ => { }, TaskScheduler.Default);
        client.Dispose();
        leave.Dispose();
    }
}
