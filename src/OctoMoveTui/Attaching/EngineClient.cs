using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Attaching;

/// <summary>The line to an engine that runs in another process: what it tells goes to a front end here, and the answers back.</summary>
internal sealed class EngineClient : IDisposable
{
    private readonly Socket socket;
    private readonly NetworkStream stream;
    private readonly StreamReader reader;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<int, CancellationTokenSource> questions = [];

    private readonly Task sending;

    private EngineClient(Socket socket)
    {
        this.socket = socket;
        stream = new NetworkStream(socket, ownsSocket: true);
        reader = new StreamReader(stream, new UTF8Encoding(false));
        sending = Task.Run(SendAsync);
    }

    /// <summary>The engine's process.</summary>
    public int Process { get; private set; }

    /// <summary>Since when it runs.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>Looks whether an engine listens there, and attaches to it.</summary>
    /// <returns>Null when none does.</returns>
    /// <exception cref="MoveFailure">It is of another version, or not this account's.</exception>
    public static async Task<EngineClient?> FindAsync(MeetingPlace place, bool looksOn, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(place.SocketFile), cancel);
            if (UnixCalls.UserAtOtherEnd(socket) is { } user && user != UnixCalls.User)
            {
                throw AttachFailures.NotYours(place.SocketFile);
            }
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var client = new EngineClient(socket);
        try
        {
            client.Send(new Introduced(WireLine.Protocol, Mover.Version, looksOn));
            switch (await client.ReadAsync(cancel))
            {
                case Greeted greeted:
                    (client.Process, client.Since) = (greeted.Process, greeted.Since);
                    return client;
                case Refused refused:
                    throw AttachFailures.Refused(refused);
                default:
                    // It ended just now.
                    client.Dispose();
                    return null;
            }
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Brings everything to the front end, until the engine ends or <paramref name="leave"/> is cancelled.</summary>
    /// <param name="frontEnd">Whom the engine speaks to here.</param>
    /// <param name="caughtUp">Called when all of the past was told.</param>
    /// <param name="leave">Cancelled to leave the engine alone.</param>
    /// <returns>How the move ended; null when the line broke off without a word.</returns>
    /// <exception cref="OperationCanceledException">Left.</exception>
    public async Task<MoveEnded?> RunAsync(IFrontEnd frontEnd, Action caughtUp, CancellationToken leave)
    {
        frontEnd.Connect(command => Send(new Said(command)));
        try
        {
            while (await ReadAsync(leave) is { } message)
            {
                switch (message)
                {
                    case Told { Event: MoveEnded ended }:
                        frontEnd.Tell(ended);
                        return ended;
                    case Told told:
                        frontEnd.Tell(told.Event);
                        break;
                    case CaughtUp:
                        caughtUp();
                        break;
                    case Asked asked:
                        _ = AskAsync(frontEnd, asked, leave);
                        break;
                    case Dropped dropped when questions.TryRemove(dropped.Number, out var question):
                        await question.CancelAsync();
                        break;
                    default:
                        break;
                }
            }

            return null;
        }
        finally
        {
            foreach (var question in questions.Values)
            {
                await question.CancelAsync();
            }
        }
    }

    /// <summary>Asks the engine to stop.</summary>
    public void Stop(bool atOnce) => Send(new StopWanted(atOnce));

    /// <summary>Gives an engine that was started without it octomove's part of the environment; nothing can be sent after it.</summary>
    public async Task GiveAsync(IReadOnlyDictionary<string, string> variables)
    {
        Send(new EnvironmentGiven(variables.ToDictionary(each => each.Key, each => new Secret(each.Value))));
        lines.Writer.TryComplete();
        await sending;
    }

    public void Dispose()
    {
        lines.Writer.TryComplete();
        reader.Dispose();
        stream.Dispose();
        socket.Dispose();
    }

    private async Task AskAsync(IFrontEnd frontEnd, Asked asked, CancellationToken leave)
    {
        var dropped = CancellationTokenSource.CreateLinkedTokenSource(leave);
        questions[asked.Number] = dropped;
        try
        {
            var answer = await frontEnd.AskAsync(asked.Question, dropped.Token);
            questions.TryRemove(asked.Number, out _);
            Send(new Answered(asked.Number, answer));
        }
        catch (OperationCanceledException)
        {
            // Answered elsewhere, or left.
        }
    }

    private void Send(WireMessage message) => lines.Writer.TryWrite(WireLine.Of(message));

    // A line that is no message comes from an engine that is none of ours any more.
    private async Task<WireMessage?> ReadAsync(CancellationToken cancel)
    {
        try
        {
            return await reader.ReadLineAsync(cancel) is { } line ? WireLine.Parse(line) : null;
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync())
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            // The reading side notices, too.
        }
    }
}
