using OctoMoveTui.Sandbox.StandIns;
using OctoMoveTui.Sandbox.Terminal;

namespace OctoMoveTui.Sandbox;

internal static class Program
{
    // Two roles in one file: the sandbox itself, and the stand-ins that it starts by the dozen. The second must not even load what the first needs.
    private static int Main(string[] words) =>
        words is ["stand-in", ..] ? StandInClient.Run(words[1..]) : SandboxCommandLine.RunAsync(words).GetAwaiter().GetResult();
}
