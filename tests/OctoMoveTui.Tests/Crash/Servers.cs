using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Sandbox;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.SqlServer;

namespace OctoMoveTui.Tests.Crash;

/// <summary>
/// The servers' part in a kill within an effect: octomove says that it is about to have it, and is killed as soon as a server or a program has received
/// it. Which then goes on, as a real one does that nobody listens to any more.
/// </summary>
internal sealed class Servers : IAsyncDisposable
{
    private readonly SandboxWorld world;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task listening;
    private Victim? victim;

    public Servers(SandboxWorld world)
    {
        this.world = world;
        listener.Start();
        listening = ListenAsync();
        foreach (var machine in new[] { world.Old, world.New })
        {
            machine.Intercept = _ =>
            {
                Strike(EffectKind.Command);
                return Task.FromResult<int?>(null);
            };
            machine.AnswerInstead = call =>
            {
                if (victim is { Kind: EffectKind.Request } its && its.What.StartsWith($"{call.Method} {call.Path}", StringComparison.Ordinal))
                    Strike(EffectKind.Request);
                return null;
            };
        }
    }

    public string Port => ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                var words = (await new StreamReader(stream).ReadLineAsync())!.Split('\t');
                var next = new Victim(
                    int.Parse(words[0], CultureInfo.InvariantCulture), Enum.Parse<EffectKind>(words[1]), Encoding.UTF8.GetString(Convert.FromBase64String(words[2])));
                victim = next;
                if (next.Kind == EffectKind.Statement)
                {
                    foreach (var server in new[] { world.OldSql, world.NewSql })
                        Await(server, next);
                }

                await stream.WriteAsync("go\n"u8.ToArray());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    // Octopus Server asks the same databases, but for other things.
    private void Await(SqlServerDouble server, Victim its) => server.Faults.DoDuring(
        statement => victim == its && its.What.Contains(statement.Trim(), StringComparison.Ordinal),
        () =>
        {
            Strike(EffectKind.Statement);
            return Task.CompletedTask;
        });

    private void Strike(EffectKind kind)
    {
        if (victim is not { } its || its.Kind != kind || Interlocked.CompareExchange(ref victim, null, its) != its)
            return;
        using var process = Process.GetProcessById(its.Process);
        process.Kill();
        process.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await listening;
    }

    private sealed record Victim(int Process, EffectKind Kind, string What);
}
