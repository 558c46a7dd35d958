using System.Diagnostics;
using System.Reflection;
using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Sandbox.Terminal;

/// <summary>The program under test, as a child in the same terminal.</summary>
internal static class OctomoveProgram
{
    /// <summary>Built with the sandbox, and lying where the build put it.</summary>
    public static string Dll => Path.GetFullPath(typeof(OctomoveProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(each => each.Key == "octomove").Value!);

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
