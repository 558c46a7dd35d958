using OctoMoveTui.Attaching;
using OctoMoveTui.CommandLine;

namespace OctoMoveTui.Tui;

/// <summary>
/// Leaves the terminal clean however the program ends, and sees to it that it does end: once an SSH line is gone the library waits for its
/// input for ever.
/// </summary>
internal sealed class TerminalGuard : IDisposable
{
    // Mouse reports, bracketed paste, cursor, alternate screen, cursor keys, keypad, colours.
    private const string Reset = "\e[?1003l\e[?1015l\e[?1006l\e[?1000l\e[?2004l\e[?25h\e[?1049l\e[?1l\e>\e[0m";

    private static readonly TimeSpan SafePoint = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly StopSignals signals;
    private readonly TimeProvider time;
    private readonly TextWriter terminal;
    private readonly ITimer? looking;
    private ITimer? deadline;
    private int signalled;

    public TerminalGuard(StopSignals signals, TimeProvider time, TextWriter terminal)
    {
        this.signals = signals;
        this.time = time;
        this.terminal = terminal;
        signals.Received += OnSignal;
        AppDomain.CurrentDomain.UnhandledException += OnDefect;

        // A terminal that goes without a signal (nohup, a program between it and us) would have the library read nothing, as fast as a core can.
        if (UnixCalls.Terminal is { } device)
        {
            looking = time.CreateTimer(_ => Look(device), null, BetweenLooks, BetweenLooks);
        }
    }

    /// <summary>The exit code of the signal that came, or null.</summary>
    public int? Signal { get; private set; }

    /// <summary>The engine has reached its safe point after a signal: what is left has to be quick.</summary>
    public void Hurry()
    {
        if (Signal is not null)
        {
            SetDeadline(Farewell);
        }
    }

    /// <summary>After the library let go of the terminal.</summary>
    public void Clean()
    {
        try
        {
            terminal.Write(Reset);
            terminal.Flush();
        }
        catch (IOException)
        {
            // The terminal is gone; there is nothing left to clean.
        }
    }

    public void Dispose()
    {
        signals.Received -= OnSignal;
        AppDomain.CurrentDomain.UnhandledException -= OnDefect;
        looking?.Dispose();
        deadline?.Dispose();
    }

    private void OnSignal(int code)
    {
        if (Interlocked.Increment(ref signalled) > 1)
        {
            ExitNow();
        }

        Signal = code;
        SetDeadline(SafePoint);
    }

    private void Look(int device)
    {
        if (Signal is null && UnixCalls.HasHungUp(device))
        {
            signals.HangUp();
        }
    }

    private void SetDeadline(TimeSpan span)
    {
        var before = deadline;
        deadline = time.CreateTimer(_ => ExitNow(), null, span, Timeout.InfiniteTimeSpan);
        before?.Dispose();
    }

    private void ExitNow()
    {
        Clean();
        Environment.Exit(Signal ?? Engine.Moving.ExitCodes.Stopped);
    }

    private void OnDefect(object sender, UnhandledExceptionEventArgs defect) => Clean();
}
