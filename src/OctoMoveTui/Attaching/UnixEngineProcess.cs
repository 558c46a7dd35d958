using System.Diagnostics;

namespace OctoMoveTui.Attaching;

/// <summary>
/// A process with a session of its own, which has no terminal: so none that hangs up can end it. It makes the session itself, first of all; until then it is
/// ours, and what it says before it listens is heard through pipes, which are let go of then.
/// </summary>
/// <param name="program">The program.</param>
/// <param name="folder">Its current folder.</param>
internal sealed class UnixEngineProcess(ThisProgram program, string folder) : IEngineProcess
{
    /// <summary>What the engine prints as soon as it listens.</summary>
    public const string Ready = "listening";

    public async Task<string?> StartAsync(IReadOnlyList<string> arguments, MeetingPlace place, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program.File, [.. program.First, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var engine = Process.Start(start)!;
        engine.StandardInput.Close();
        while (await engine.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            if (line == Ready)
            {
                return null;
            }
        }

        return (await engine.StandardError.ReadToEndAsync(cancel)).Trim();
    }
}
