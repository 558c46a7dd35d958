using System.Globalization;

namespace OctoMoveTui.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
internal sealed record Options(IReadOnlySet<string> Only, double Scale, int Rounds, IReadOnlyList<int> MemoryAt, string Folder)
{
    /// <summary>What can be measured, in the order in which it is.</summary>
    public static readonly string[] All = ["small", "small-cold", "packages", "packages-cold", "no-change", "check", "check-cold", "memory"];

    public const string Help =
        """
        Copies and checks seeded trees with octomove's engine, rsync and cp, each run a process of its own on a file system of its own,
        and prints ratios with rsync = 1.0.

          --only A,B    of: small, small-cold, packages, packages-cold, no-change, check, check-cold, memory   (all)
          --scale X     1 = 50,000 files of 1.5 GB and 600 packages of 6 GB                                   (0.1)
          --rounds N    measured rounds                                                                       (5)
          --memory N,N  trees of so many files for the peak of memory                                         (10000,100000)
          --folder DIR  where to work                                                                         (the temporary folder)
          --full        the same as --scale 1 --rounds 5 --memory 10000,100000,1000000

        Cold runs and file systems of their own need Linux and root; without, the cold ones are left out and each run gets a directory
        of its own. rsync and cp are taken from the path.
        """;

    /// <summary>The options, or null when they can't be understood.</summary>
    public static Options? Read(string[] args)
    {
        var options = new Options(All.ToHashSet(), 0.1, 5, [10_000, 100_000], Path.GetTempPath());
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--full")
            {
                options = options with { Scale = 1, Rounds = 5, MemoryAt = [10_000, 100_000, 1_000_000] };
                continue;
            }

            if (i + 1 == args.Length || Take(options, args[i], args[++i]) is not { } taken)
            {
                return null;
            }

            options = taken;
        }

        return options;
    }

    private static Options? Take(Options options, string name, string value)
    {
        try
        {
            return name switch
            {
                "--only" when value.Split(',') is var only && only.All(All.Contains) => options with { Only = only.ToHashSet() },
                "--scale" when double.Parse(value, CultureInfo.InvariantCulture) is > 0 and <= 10 and var scale => options with { Scale = scale },
                "--rounds" when int.Parse(value, CultureInfo.InvariantCulture) is > 0 and var rounds => options with { Rounds = rounds },
                "--memory" => options with { MemoryAt = [.. value.Split(',').Select(each => int.Parse(each, CultureInfo.InvariantCulture))] },
                "--folder" => options with { Folder = Path.GetFullPath(value) },
                _ => null,
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }
}
