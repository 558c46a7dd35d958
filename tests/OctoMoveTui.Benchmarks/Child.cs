using System.Globalization;
using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Benchmarks;

/// <summary>The engine at work in a process of its own. Says at its end how much memory it took at most.</summary>
internal static class Child
{
    public const string Word = "child";

    public static async Task<int> RunAsync(string[] what)
    {
        switch (what)
        {
            case ["copy", var source, var destination, var manifest]:
                var totals = await new DirectoryCopier(TimeProvider.System).CopyAsync(Job(source, destination, manifest), _ => { }, CancellationToken.None);
                Tell("copied", totals.CopiedFiles);
                break;
            case ["check", var destination, var manifest]:
                var verified = await new DirectoryVerifier(TimeProvider.System).VerifyAsync(
                    "bench", destination, manifest, VerifyDepth.Contents, _ => { }, CancellationToken.None);
                Tell("differences", verified.DifferenceCount);
                break;
            default:
                return 2;
        }

        Tell("peak", PeakBytes());
        return 0;
    }

    private static CopyJob Job(string source, string destination, string manifest) => new("bench", source, destination, manifest);

    private static void Tell(string name, long number) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {number}"));

    // Linux keeps the highest resident size as VmHWM.
    private static long PeakBytes()
    {
        using var me = System.Diagnostics.Process.GetCurrentProcess();
        return me.PeakWorkingSet64;
    }
}
