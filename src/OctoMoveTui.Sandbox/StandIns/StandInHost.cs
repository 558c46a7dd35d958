using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OctoMoveTui.Sandbox.StandIns;

/// <summary>The sandbox's end of the stand-ins: takes their calls and hands each to its machine.</summary>
internal sealed class StandInHost : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<string, Func<StandInCall, Task<int>>> machines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, Task> calls = new();
    private readonly Task accepting;
    private int lastCall;
    private bool closed;

    public StandInHost()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public void Serve(string machine, Func<StandInCall, Task<int>> answer) => machines[machine] = answer;

    /// <summary>Where the stand-ins reach it, on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptSocketAsync(stopping.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            var number = Interlocked.Increment(ref lastCall);
            var call = Task.Run(() => AnswerAsync(socket));
            calls[number] = call;
            _ = call.ContinueWith(_ => calls.TryRemove(number, out Task? _), TaskScheduler.Default);
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        socket.NoDelay = true;
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            var words = await Wire.ReadRequestAsync(stream, gone.Token);
            var call = new StandInCall(stream, words[0], words[1], (words[2], words[3]), [.. words.Skip(4)], gone.Token);
            var watching = CancelWhenTheCallerGoesAsync(stream, gone);

            var exitCode = machines.TryGetValue(call.Machine, out var answer) ? await answer(call) : StandInClient.SandboxGone;
            await stream.WriteAsync(Wire.Lines(Wire.Exit, exitCode.ToString(CultureInfo.InvariantCulture)), gone.Token);
            socket.Shutdown(SocketShutdown.Send);
            await watching;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The caller was killed, or the sandbox is closing: nobody is left to tell.
        }
    }

    /// <summary>A stand-in says nothing after its request: the next that is read from it is its end.</summary>
    private static async Task CancelWhenTheCallerGoesAsync(NetworkStream stream, CancellationTokenSource gone)
    {
        try
        {
            _ = await stream.ReadAsync(new byte[1], gone.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Gone all the same.
        }

        await gone.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (closed)
            return;

        closed = true;
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(calls.Values);
        stopping.Dispose();
    }
}
