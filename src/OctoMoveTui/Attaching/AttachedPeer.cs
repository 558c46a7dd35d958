using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace OctoMoveTui.Attaching;

/// <summary>One who is attached, as the engine sees it. One that does not keep up, or is gone, is let go of: never waited for.</summary>
internal sealed class AttachedPeer : IDisposable
{
    // Some seconds of the fastest log there is: a screen that is drawn at all keeps up, one that was stopped (Ctrl+Z) does not.
    private const int LinesAtMost = 50_000;

    private readonly Socket socket;
    private readonly NetworkStream stream;
    private readonly StreamReader reader;
    private readonly Channel<string> lines = Channel.CreateBounded<string>(new BoundedChannelOptions(LinesAtMost) { SingleReader = true });

    public AttachedPeer(Socket socket)
    {
        this.socket = socket;
        stream = new NetworkStream(socket, ownsSocket: true);
        reader = new StreamReader(stream, new UTF8Encoding(false));
    }

    /// <summary>True: sees and does not touch, and gets no secret.</summary>
    public bool LooksOn { get; set; }

    /// <summary>Completes when all lines are sent, or nobody is there to take them.</summary>
    public Task Sending { get; private set; } = Task.CompletedTask;

    /// <summary>The next message; null when the other end has hung up or speaks another language.</summary>
    public async Task<WireMessage?> ReadAsync(CancellationToken cancel)
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

    /// <summary>Begins to send: first these lines, then those that are given to <see cref="Send"/>.</summary>
    public void Begin(IReadOnlyCollection<string> past) => Sending = Task.Run(() => SendAsync(past));

    /// <summary>Returns at once.</summary>
    /// <returns>False when the other end does not keep up.</returns>
    public bool Send(string line) => lines.Writer.TryWrite(line);

    /// <summary>Nothing more is to be sent.</summary>
    public void Complete() => lines.Writer.TryComplete();

    public void Dispose()
    {
        Complete();
        reader.Dispose();
        stream.Dispose();
        socket.Dispose();
    }

    private async Task SendAsync(IReadOnlyCollection<string> past)
    {
        try
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false), bufferSize: 16 * 1024, leaveOpen: true) { NewLine = "\n" };
            foreach (var line in past)
            {
                await writer.WriteLineAsync(line);
            }

            await writer.FlushAsync();
            while (await lines.Reader.WaitToReadAsync())
            {
                while (lines.Reader.TryRead(out var line))
                {
                    await writer.WriteLineAsync(line);
                }

                await writer.FlushAsync();
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            // The other end is gone; the reading side notices as well, and lets go of it.
        }
    }
}
