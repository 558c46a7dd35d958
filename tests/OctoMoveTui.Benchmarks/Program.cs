using System.Globalization;
using OctoMoveTui.Benchmarks;
using OctoMoveTui.Engine.Files;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var options = Options.Read(args);
if (options is null)
{
    Console.Error.WriteLine(Options.Help);
    return 2;
}

var work = Directory.CreateDirectory(Path.Join(options.Folder, "octomove-bench-" + Environment.ProcessId)).FullName;
try
{
    var source = Path.Join(work, "source");
    var bytes = options.Tree.Write(source);
    Console.WriteLine($"{options.Tree.Logs + options.Tree.Packages:N0} files, {bytes / 1e6:N1} MB, below {options.Folder}; {options.Rounds} rounds, {Environment.ProcessorCount} cores");

    var contenders = new List<Contender> { Contender.Octomove };
    foreach (var (name, flags) in (ReadOnlySpan<(string, string[])>)[("rsync", ["-a"]), ("cp", ["-a"])])
    {
        if (Contender.Program(name, flags) is { } program)
        {
            contenders.Add(program);
        }
        else
        {
            Console.WriteLine($"{name} is not installed here: not measured");
        }
    }

    // Round 0 warms up the cache and the compiler and is thrown away. Each round begins with another contender, and each copy goes to a
    // directory of its own that stays until the end: a file system is slow to hand out again what was just deleted.
    var seconds = contenders.ToDictionary(contender => contender, _ => new List<double>());
    for (var round = 0; round <= options.Rounds; round++)
    {
        for (var i = 0; i < contenders.Count; i++)
        {
            var contender = contenders[(i + round) % contenders.Count];
            var destination = Path.Join(work, $"round-{round}-{i}");
            var took = await contender.TimeAsync(source, destination);
            if (round > 0)
            {
                seconds[contender].Add(took);
            }

            if (round == 0 && contender == Contender.Octomove)
            {
                await ProveAsync(destination);
            }
        }
    }

    Print(contenders, seconds);
    return 0;
}
finally
{
    Directory.Delete(work, recursive: true);
}

static async Task ProveAsync(string destination)
{
    var verified = await new DirectoryVerifier(TimeProvider.System).VerifyAsync(
        "bench", destination, destination + ".manifest", VerifyDepth.Contents, _ => { }, CancellationToken.None);
    if (verified.DifferenceCount != 0)
    {
        throw new InvalidOperationException($"The copy is wrong: {string.Join("; ", verified.Differences)}");
    }
}

// Each ratio is taken within its round, for other work on the machine slows a whole round.
static void Print(List<Contender> contenders, Dictionary<Contender, List<double>> seconds)
{
    var one = contenders.Find(contender => contender.Name.StartsWith("rsync", StringComparison.Ordinal)) ?? contenders[^1];
    Console.WriteLine();
    Console.WriteLine($"{"",-36} {"median s",9} {"ratio",7}   (min-max), {one.Name} = 1.0");
    foreach (var contender in contenders)
    {
        var ratios = seconds[contender].Zip(seconds[one], (mine, other) => mine / other).Order().ToList();
        Console.WriteLine(
            $"{contender.Name,-36} {Median([.. seconds[contender].Order()]),9:0.000} {Median(ratios),7:0.00}   ({ratios[0]:0.00}-{ratios[^1]:0.00})");
    }
}

static double Median(List<double> sorted) =>
    sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
