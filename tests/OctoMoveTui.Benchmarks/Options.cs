using System.Globalization;

namespace OctoMoveTui.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
internal sealed record Options(SeededTree Tree, int Rounds, string Folder)
{
    public const string Help =
        """
        Copies a seeded tree with octomove's copier, rsync -a and cp -a, and prints the ratios.

          --logs N            small files                (5000)
          --packages N        big files                  (20)
          --log-bytes N       size of a small one, about (10000)
          --package-bytes N   size of a big one, about   (3000000)
          --rounds N          measured rounds            (5)
          --seed N            of the tree                (1)
          --folder DIR        where to work              (the temporary folder)
        """;

    /// <summary>The options, or null when they can't be understood.</summary>
    public static Options? Read(string[] args)
    {
        var values = new Dictionary<string, string>
        {
            ["--logs"] = "5000", ["--packages"] = "20", ["--log-bytes"] = "10000", ["--package-bytes"] = "3000000", ["--rounds"] = "5",
            ["--seed"] = "1", ["--folder"] = Path.GetTempPath(),
        };
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !values.ContainsKey(args[i]))
            {
                return null;
            }

            values[args[i]] = args[i + 1];
        }

        try
        {
            return Number("--rounds") < 1
                ? null
                : new Options(
                    new SeededTree(Number("--logs"), Number("--packages"), Number("--log-bytes"), Number("--package-bytes"), Number("--seed")),
                    Number("--rounds"), values["--folder"]);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }

        int Number(string name) => int.Parse(values[name], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
