using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OctoMoveTui.Sandbox.Terminal;

/// <summary>The sandbox as a program: build a world, let octomove work on it, compare, take it down.</summary>
internal static class SandboxProgram
{
    private const int Killed = 128 + 9;
    private const int GoesOn = 51;

    // Mouse reports, bracketed paste, cursor, alternate screen, cursor keys, keypad, colours.
    private const string OrdinaryScreen = "\e[?1003l\e[?1015l\e[?1006l\e[?1000l\e[?2004l\e[?25h\e[?1049l\e[?1l\e>\e[0m";

    public static async Task<int> RunAsync(SandboxRequest request, CancellationToken cancel)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // Ctrl+C reaches octomove too, and is octomove's while it runs; the other two end the world in any case.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            if (request.Serve)
                ended.Cancel();
        });
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);

        try
        {
            var since = Stopwatch.GetTimestamp();
            await using var world = await SandboxWorld.StartAsync(request.World, ended.Token);
            await using var engine = new EngineOf(world);
            await using var colleague = request.SecondAdministrator && world.OldSecond is not null ? new SecondAdministrator(world, TimeSpan.FromSeconds(3)) : null;
            if (request.Octomove.Count == 0)
                WelcomePage.Write(world, Stopwatch.GetElapsedTime(since), request.World);
            if (request.Serve)
                return await ServeAsync(world, ended.Token);

            return request.Octomove.Count == 0 ? await OpenScreenAsync(world, ended.Token) : await RunOctomoveAsync(world, request.Octomove, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return 130;
        }
        catch (IOException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ended.Cancel();
        }
    }

    /// <summary>octomove's screen, again and again until the move is finished or the person has had enough.</summary>
    private static async Task<int> OpenScreenAsync(SandboxWorld world, CancellationToken cancel)
    {
        WelcomePage.WriteForTheScreen(world);
        var environment = world.Environment.Where(pair => pair.Key != "OCTOMOVE_MasterKey").ToArray();
        while (true)
        {
            var exitCode = await OctomoveProgram.RunAsync(["--config", world.ConfigurationFile], environment, cancel);
            cancel.ThrowIfCancellationRequested();
            if (exitCode == 0 || Console.IsInputRedirected)
                break;

            // Nobody but us is left to give the terminal back.
            if (exitCode == Killed)
                Console.Write(OrdinaryScreen);
            Console.Write(exitCode == GoesOn
                ? "\nThe move goes on without a screen.\nEnter starts octomove again, which attaches to it; q stops it and ends the sandbox: "
                : FormattableString.Invariant($"\nThe move is not finished (octomove ended with exit code {exitCode}).\nEnter starts octomove again, q ends the sandbox: "));
            if (Console.ReadLine() is null or ['q' or 'Q', ..])
                break;
        }

        await OctomoveProgram.StopEngineAsync(world.ConfigurationFile);
        return WelcomePage.WriteComparison(await WorldComparison.CompareAsync(world, cancel), Console.Out) ? 0 : 1;
    }

    private static async Task<int> RunOctomoveAsync(SandboxWorld world, IReadOnlyList<string> words, CancellationToken cancel)
    {
        var exitCode = await OctomoveProgram.RunAsync([.. words, "--config", world.ConfigurationFile], world.Environment, cancel);
        cancel.ThrowIfCancellationRequested();
        if (words[0] != "run")
            return exitCode;

        // What octomove writes as JSON is for a machine to read: nothing of ours between it.
        var holds = WelcomePage.WriteComparison(await WorldComparison.CompareAsync(world, cancel), words.Contains("--json") ? Console.Error : Console.Out);
        return exitCode != 0 ? exitCode : holds ? 0 : 1;
    }

    /// <summary>Whatever ends the sandbox, no engine is left that asks for a world which is gone.</summary>
    private sealed class EngineOf(SandboxWorld world) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await OctomoveProgram.StopEngineAsync(world.ConfigurationFile);
    }

    private static async Task<int> ServeAsync(SandboxWorld world, CancellationToken cancel)
    {
        var environmentFile = Path.Combine(world.Root, "octomove.env");
        await File.WriteAllLinesAsync(environmentFile, world.Environment.Select(pair => $"{pair.Key}='{pair.Value}'"), cancel);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(environmentFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        WelcomePage.WriteForOthers(world, environmentFile);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
        return 0;
    }
}
