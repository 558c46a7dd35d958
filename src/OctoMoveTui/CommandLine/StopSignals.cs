using System.Runtime.InteropServices;
using OctoMoveTui.Words;

namespace OctoMoveTui.CommandLine;

/// <summary>
/// Ctrl+C, SIGTERM, a closed terminal: the first asks the engine to stop at its next safe point, the second leaves at once. Leaving at once is
/// safe too, only slower to resume: the journal was written before the effect.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private int received;

    public StopSignals()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP })
        {
            registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>What is printed at the first signal, unless somebody was told of it.</summary>
    public string Sentence { get; set; } = CommandLineWords.Stopping;

    /// <summary>True for a process that has no terminal: what hangs up is none of its business.</summary>
    public bool IgnoresHangUp { get; set; }

    /// <summary>Told of the signal before the token is cancelled, for a screen that has to get out of the way; otherwise a sentence is printed.</summary>
    public event Action<int>? Received;

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        stop.Dispose();
    }

    /// <summary>The terminal has gone, and no signal told of it.</summary>
    public void HangUp() => Receive(CodeOf(PosixSignal.SIGHUP));

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!IgnoresHangUp || context.Signal != PosixSignal.SIGHUP)
        {
            Receive(CodeOf(context.Signal));
        }
    }

    private static int CodeOf(PosixSignal signal) => 128 + signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        _ => 15,
    };

    private void Receive(int code)
    {
        if (Interlocked.Increment(ref received) > 1 && Received is null)
        {
            Environment.Exit(code);
        }

        if (Received is { } told)
        {
            told(code);
        }
        else
        {
            // A prompt may stand open on this line.
            Console.Error.WriteLine();
            Console.Error.WriteLine(Sentence);
        }

        stop.Cancel();
    }
}
