using System.Diagnostics;
using System.Globalization;

namespace OctoMoveTui.Engine.Journal;

/// <summary>Whether the process that an earlier run was still lives on this machine. A number alone proves nothing: numbers are given out again.</summary>
internal enum Life
{
    /// <summary>It lives.</summary>
    Alive,

    /// <summary>There is no process of that number any more.</summary>
    Gone,

    /// <summary>Its number belongs to another process by now.</summary>
    NumberReused,

    /// <summary>The machine was started anew since.</summary>
    Restarted,

    /// <summary>There is a process of that number, and no telling whether it is the same.</summary>
    Hidden,
}

/// <summary>Asks this machine about a process.</summary>
internal static class ProcessLife
{
    /// <summary>What became of the process of <paramref name="run"/>, which ran on this machine and in this numbering of processes.</summary>
    internal static Life Of(RunIdentity run)
    {
        if (run.Boot is not null && ThisMachine.Boot is { } boot && boot != run.Boot)
            return Life.Restarted;
        if (!IsThere(run.Process))
            return Life.Gone;
        return run.ProcessBegan is not { } began || BeganOf(run.Process) is not { } begins ? Life.Hidden
            : begins == began ? Life.Alive : Life.NumberReused;
    }

    /// <summary>
    /// When the process began: on Linux in clock ticks since the machine's start, elsewhere by the clock of the time, which the system keeps as it was.
    /// Null: there is none, or it can't be looked at.
    /// </summary>
    internal static string? BeganOf(int process)
    {
        if (OperatingSystem.IsLinux())
            return StatOf(process)?.Began;
        try
        {
            using var found = Process.GetProcessById(process);
            return found.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // A killed process whose parent has not asked after it yet still has its number, and is dead all the same.
    private static bool IsThere(int process)
    {
        if (OperatingSystem.IsLinux() && StatOf(process) is { } stat)
            return stat.State is not ('Z' or 'X');
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    // "123 (the name) S 1 …": the name may hold spaces and brackets, so what counts is what follows the last bracket; proc_pid_stat(5), fields 3 and 22.
    private static (char State, string Began)? StatOf(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields.Length > 19 ? (fields[0][0], fields[19]) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
