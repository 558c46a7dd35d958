using System.Diagnostics;
using System.Reflection;
using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Sandbox.Terminal;

/// <summary>The program under test, as a child in the same terminal.</summary>
internal static class OctomoveProgram
{
    /// <summary>Built with the sandbox, and lying where the build put it.</summary>
    public static string Dll => Path.GetFullPath(typeof(OctomoveProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(each => each.Key == "octomove").Value!);

    /// <summary>Has a move stopped that goes on without a screen, if there is one: the world that it works on is about to go.</summary>
    public static async Task StopEngineAsync(string configuration)
    {
        var start = new ProcessStartInfo(Launcher.DotnetHost, ["exec", Dll, "attach", "--stop", "--config", configuration])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        int? engine = null;
        try
        {
            // "Process 1234 was asked to stop at its next safe point."
            if (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line && line.Split(' ') is [_, var number, ..] && int.TryParse(number, out var id))
                engine = id;
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            if (engine is { } stubborn)
                Process.GetProcessById(stubborn).Kill(entireProcessTree: true);
        }
    }

    /// <summary>Runs it with our own input, output and error; its exit code.</summary>
    public static async Task<int> RunAsync(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Launcher.DotnetHost) { UseShellExecute = false };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Dll);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            // The world goes down: whoever works on it has nothing left to work on.
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        return process.ExitCode;
    }
}
