using System.Diagnostics;
using System.Globalization;
using CliWrap;
using CliWrap.Buffered;

namespace OctoMoveTui.Benchmarks;

/// <summary>One way to do the work, as a process of its own.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments for a source and a destination.</param>
internal sealed record Contender(string Name, string Program, Func<string, string, string[]> Arguments)
{
    private static readonly string Me = Environment.ProcessPath!;

    // Outside of the destination, as the engine asks for; on its disk, so that it is paid for.
    public static Contender Copy { get; } = new("octomove", Me, (source, destination) => [Child.Word, "copy", source, destination, ManifestOf(destination)]);

    public static Contender Check { get; } = new("octomove, copy against manifest", Me, (_, destination) => [Child.Word, "check", destination, ManifestOf(destination)]);

    public static Contender RsyncCopy { get; } = new("rsync -a", "rsync", (source, destination) => ["-a", source + "/", destination + "/"]);

    public static Contender RsyncCheck { get; } = new("rsync -a --checksum", "rsync", (source, destination) => ["-a", "--checksum", source + "/", destination + "/"]);

    public static Contender CpCopy { get; } = new("cp -a", "cp", (source, destination) => ["-a", source + "/.", destination]);

    public static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Join(folder, program)));

    public bool IsThere => Path.IsPathFullyQualified(Program) || IsOnPath(Program);

    /// <summary>Runs it, and brings what it wrote to the disk: all contenders pay for that.</summary>
    public async Task<Run> RunAsync(string source, string destination)
    {
        Directory.CreateDirectory(destination);
        var watch = Stopwatch.StartNew();
        var result = await Cli.Wrap(Program).WithArguments(Arguments(source, destination)).ExecuteBufferedAsync();
        if (!OperatingSystem.IsWindows())
        {
            await Cli.Wrap("sync").WithArguments(["-f", destination]).ExecuteAsync();
        }

        return new Run(watch.Elapsed.TotalSeconds, Said(result.StandardOutput));
    }

    private static string ManifestOf(string destination) => destination.TrimEnd('/') + ".manifest";

    private static Dictionary<string, long> Said(string output) => output.Split('\n').Select(line => line.Split(' '))
        .Where(words => words.Length == 2 && long.TryParse(words[1], CultureInfo.InvariantCulture, out _))
        .ToDictionary(words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture));
}

/// <summary>One measured run.</summary>
internal sealed record Run(double Seconds, IReadOnlyDictionary<string, long> Said)
{
    public double PeakMegabytes => Said.GetValueOrDefault("peak") / 1e6;
}
