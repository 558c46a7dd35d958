using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using OctoMoveTui.Engine.Effects;

namespace OctoMoveTui.Tests.Killed;

/// <summary>Numbers the effects of the process that it is in, writes them down when asked to, and kills the process at one of them.</summary>
internal sealed class Watcher : IObserver<KeyValuePair<string, object?>>
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> counted = [];
    private readonly EffectNames names = new(Environment.GetEnvironmentVariable(KillVariables.Root) ?? "");
    private readonly string? list = Environment.GetEnvironmentVariable(KillVariables.List);
    private readonly KillOrder? order = KillOrder.Parse(Environment.GetEnvironmentVariable(KillVariables.Order));
    private EffectSeen? hit;
    private int alike;

    public void OnNext(KeyValuePair<string, object?> value)
    {
        var seen = (EffectSeen)value.Value!;
        lock (gate)
        {
            if (value.Key == Effect.Begun)
                Begin(seen);
            else if (ReferenceEquals(seen, hit))
                Die();
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private void Begin(EffectSeen seen)
    {
        var name = names.Of(seen);
        var nth = counted[name] = counted.GetValueOrDefault(name) + 1;
        if (list is not null)
            File.AppendAllText(list, string.Create(CultureInfo.InvariantCulture, $"{name}\t{nth}\n"));
        if (order is null || !order.IsFor(name) || !IsTheOne(name, nth))
            return;
        switch (order.Moment)
        {
            case KillMoment.Before:
                Die();
                break;
            case KillMoment.Within when seen.Kind is EffectKind.Statement or EffectKind.Command or EffectKind.Request:
                // Whoever plays the server has this process killed as soon as it has received what comes next.
                TellPlayer(seen);
                break;
            default:
                hit = seen; // a write is cut in two afterwards, by whoever started this process
                break;
        }
    }

    // Where the order names only the beginning of a name, its number is that of all that begin so.
    private bool IsTheOne(string name, int nth) => (order!.Effect == name ? nth : ++alike) == order.Nth;

    private static void TellPlayer(EffectSeen seen)
    {
        using var player = new TcpClient("127.0.0.1", int.Parse(Environment.GetEnvironmentVariable(KillVariables.Port)!, CultureInfo.InvariantCulture));
        using var stream = player.GetStream();
        using var writer = new StreamWriter(stream) { AutoFlush = true };
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\t{seen.Kind}\t{Convert.ToBase64String(Encoding.UTF8.GetBytes(seen.What))}"));
        new StreamReader(stream).ReadLine();
    }

    private void Die()
    {
        if (list is not null)
            File.AppendAllText(list, "killed\n");
        using var me = Process.GetCurrentProcess();
        me.Kill(); // SIGKILL on Unix, TerminateProcess on Windows: nothing gets to clean up
        Thread.Sleep(Timeout.Infinite);
    }
}
