using System.Net.Sockets;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Attaching;

/// <summary>
/// The front end of an engine that others can attach to: tells whoever comes all that was told so far, the open question and then what happens; takes the
/// first answer of any of them; never waits for one of them.
/// </summary>
internal sealed class EngineHost : IFrontEnd, IAsyncDisposable
{
    private const int PeersAtMost = 16;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Handshake = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly MeetingPlace place;
    private readonly FileStream held;
    private readonly Socket listening;
    private readonly IFrontEnd? here;
    private readonly Action<bool> stop;
    private readonly TimeProvider time;
    private readonly DateTimeOffset since;
    private readonly CancellationTokenSource closing = new();
    private readonly ToldSoFar told = new();
    private readonly List<AttachedPeer> peers = [];
    private readonly List<OpenQuestion> open = [];
    private readonly Task accepting;
    private readonly TaskCompletionSource<IReadOnlyDictionary<string, Secret>> given = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action<MoveCommand> say = _ => { };
    private int asked;
    private int ended;

    private EngineHost(MeetingPlace place, FileStream held, Socket listening, IFrontEnd? here, Action<bool> stop, TimeProvider time)
    {
        (this.place, this.held, this.listening, this.here, this.stop, this.time) = (place, held, listening, here, stop, time);
        since = time.GetUtcNow();
        accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Completes when somebody gave the environment, see <see cref="EnvironmentHandover"/>.</summary>
    public Task<IReadOnlyDictionary<string, Secret>> Given => given.Task;

    /// <summary>Begins to listen.</summary>
    /// <param name="place">Where.</param>
    /// <param name="here">Who is told and asked besides those that attach, or null.</param>
    /// <param name="stop">Called when somebody wants the move to stop; true: at once.</param>
    /// <param name="time">Time.</param>
    /// <returns>Null when another engine listens there.</returns>
    /// <exception cref="MoveFailure">Nobody can listen there.</exception>
    public static EngineHost? Open(MeetingPlace place, IFrontEnd? here, Action<bool> stop, TimeProvider time)
    {
        place.Prepare();
        if (Hold(place) is not { } held)
        {
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // Whoever held the lock is dead: what lies there is its leftover.
            File.Delete(place.SocketFile);
            socket.Bind(new UnixDomainSocketEndPoint(place.SocketFile));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(place.SocketFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            socket.Listen();
            return new EngineHost(place, held, socket, here, stop, time);
        }
        catch (Exception refused) when (refused is IOException or SocketException or UnauthorizedAccessException or ArgumentException)
        {
            socket.Dispose();
            held.Dispose();
            throw AttachFailures.PlaceUnusable(place.Directory, refused);
        }
    }

    public void Connect(Action<MoveCommand> listener)
    {
        say = listener;
        here?.Connect(listener);
    }

    public void Tell(MoveEvent happening)
    {
        var line = WireLine.ForOnlooker(new Told(happening));
        lock (gate)
        {
            told.Add(happening, line);
            SendToAll(_ => line);
        }

        here?.Tell(happening);
    }

    public async Task<MoveAnswer> AskAsync(MoveQuestion question, CancellationToken cancel)
    {
        using var answeredElsewhere = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var answerHere = here?.AskAsync(question, answeredElsewhere.Token);
        if (answerHere is { IsCompleted: true })
        {
            return await answerHere;
        }

        var asking = Ask(question);
        try
        {
            if (answerHere is null)
            {
                return await asking.Answer.WaitAsync(cancel);
            }

            if (await Task.WhenAny(answerHere, asking.Answer) == answerHere)
            {
                return await answerHere;
            }

            await answeredElsewhere.CancelAsync();
            await answerHere.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return await asking.Answer;
        }
        finally
        {
            Drop(asking);
        }
    }

    /// <summary>Sends what is still to be sent, for some seconds at most, and listens no more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref ended, 1) == 1)
        {
            return;
        }

        AttachedPeer[] left;
        lock (gate)
        {
            left = [.. peers];
            peers.Clear();
        }

        foreach (var peer in left)
        {
            peer.Complete();
        }

        await Task.WhenAny(Task.WhenAll(left.Select(peer => peer.Sending)), Task.Delay(Farewell, time));
        await closing.CancelAsync();
        listening.Dispose();
        await accepting;
        foreach (var peer in left)
        {
            peer.Dispose();
        }

        DeleteSocket();
        await held.DisposeAsync();
        closing.Dispose();
    }

    private static FileStream? Hold(MeetingPlace place)
    {
        try
        {
            return new FileStream(place.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException refused)
        {
            throw AttachFailures.PlaceUnusable(place.Directory, refused);
        }
    }

    private void DeleteSocket()
    {
        try
        {
            File.Delete(place.SocketFile);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The next engine takes it away.
        }
    }

    private OpenQuestion Ask(MoveQuestion question)
    {
        lock (gate)
        {
            var asking = new OpenQuestion(++asked, question);
            open.Add(asking);
            SendToAll(peer => LineOf(asking, peer.LooksOn));
            return asking;
        }
    }

    private void Drop(OpenQuestion asking)
    {
        lock (gate)
        {
            open.Remove(asking);
            var line = WireLine.Of(new Dropped(asking.Number));
            SendToAll(_ => line);
        }
    }

    private static string LineOf(OpenQuestion asking, bool looksOn)
    {
        var message = new Asked(asking.Number, asking.Question);
        return looksOn ? WireLine.ForOnlooker(message) : WireLine.Of(message);
    }

    private void SendToAll(Func<AttachedPeer, string> line)
    {
        foreach (var slow in peers.Where(peer => !peer.Send(line(peer))).ToList())
        {
            peers.Remove(slow);
            slow.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                var socket = await listening.AcceptAsync(closing.Token);
                _ = Task.Run(() => ServeAsync(socket), CancellationToken.None);
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // Out of handles, or the caller hung up before it was served. The move goes on; whoever wants to attach tries again.
                await Task.Delay(TimeSpan.FromSeconds(1), time, CancellationToken.None);
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var peer = new AttachedPeer(socket);
        try
        {
            if (UnixCalls.UserAtOtherEnd(socket) is { } user && user != UnixCalls.User && user != 0)
            {
                return;
            }

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
            patience.CancelAfter(Handshake);
            if (await peer.ReadAsync(patience.Token) is not Introduced introduced || !Welcome(peer, introduced))
            {
                peer.Complete();
                await peer.Sending;
                return;
            }

            while (await peer.ReadAsync(closing.Token) is { } message)
            {
                if (!peer.LooksOn)
                {
                    Take(message);
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
        }
        finally
        {
            lock (gate)
            {
                peers.Remove(peer);
            }
        }
    }

    private bool Welcome(AttachedPeer peer, Introduced introduced)
    {
        lock (gate)
        {
            RefusalReason? refusal = introduced.Protocol != WireLine.Protocol || introduced.Program != Mover.Version ? RefusalReason.OtherVersion
                : peers.Count >= PeersAtMost ? RefusalReason.TooMany : null;
            if (refusal is { } reason)
            {
                peer.Begin([WireLine.Of(new Refused(Mover.Version, reason))]);
                return false;
            }

            peer.LooksOn = introduced.LooksOn;
            peer.Begin([
                WireLine.Of(new Greeted(Environment.ProcessId, since)), .. told.Lines, WireLine.Of(new CaughtUp()), .. open.Select(each => LineOf(each, peer.LooksOn)),
            ]);
            peers.Add(peer);
            return true;
        }
    }

    private void Take(WireMessage message)
    {
        switch (message)
        {
            case Answered answered:
                OpenQuestion? question;
                lock (gate)
                {
                    question = open.Find(each => each.Number == answered.Number);
                }

                question?.Give(answered.Answer);
                break;
            case Said said:
                say(said.Command);
                break;
            case EnvironmentGiven environment:
                given.TrySetResult(environment.Variables);
                break;
            case StopWanted wanted:
                stop(wanted.AtOnce);
                break;
            default:
                break;
        }
    }
}
