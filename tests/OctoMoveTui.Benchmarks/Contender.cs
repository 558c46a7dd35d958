using System.Diagnostics;
using CliWrap;
using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Benchmarks;

/// <summary>One way to copy a tree to a directory that doesn't exist yet.</summary>
internal sealed record Contender(string Name, Func<string, string, Task> CopyAsync)
{
    /// <summary>The engine's copier, manifest and all.</summary>
    public static Contender Octomove { get; } = new("octomove (copy + hash + manifest)", async (source, destination) =>
        await new DirectoryCopier(TimeProvider.System).CopyAsync(
            new CopyJob("bench", source, destination, destination + ".manifest"), _ => { }, CancellationToken.None));

    /// <summary>A program that is on the path, or null when it isn't.</summary>
    public static Contender? Program(string name, params string[] options)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Join(folder, name)));
        return found
            ? new Contender($"{name} {string.Join(' ', options)}", async (source, destination) =>
            {
                Directory.CreateDirectory(destination);
                await Cli.Wrap(name).WithArguments([.. options, source + "/.", destination]).ExecuteAsync();
            })
            : null;
    }

    /// <summary>Seconds until everything is on the disk. All contenders pay for that: ours has done most of it by then.</summary>
    public async Task<double> TimeAsync(string source, string destination)
    {
        var watch = Stopwatch.StartNew();
        await CopyAsync(source, destination);
        if (!OperatingSystem.IsWindows())
        {
            await Cli.Wrap("sync").WithArguments(["-f", destination]).WithValidation(CommandResultValidation.None).ExecuteAsync();
        }

        return watch.Elapsed.TotalSeconds;
    }
}
