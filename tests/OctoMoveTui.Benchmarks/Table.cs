namespace OctoMoveTui.Benchmarks;

/// <summary>Prints medians. Each ratio is taken within its round, for other work on the machine slows a whole round.</summary>
internal static class Table
{
    public static void Print(string what, Contender one, Dictionary<Contender, List<Run>> runs)
    {
        Console.WriteLine($"\n{what}");
        var baseline = runs.TryGetValue(one, out var found) ? found : runs.Values.Last();
        foreach (var (contender, mine) in runs)
        {
            double[] ratios = [.. mine.Zip(baseline, (run, other) => run.Seconds / other.Seconds).Order()];
            var peak = mine.Max(run => run.PeakMegabytes);
            Console.WriteLine($"  {contender.Name,-34} {Median([.. mine.Select(run => run.Seconds).Order()]),8:0.000} s   {Median(ratios),5:0.00}   ({ratios[0]:0.00}-{ratios[^1]:0.00})"
                + (peak > 0 ? $"   peak {peak:0} MB" : ""));
        }
    }

    private static double Median(double[] sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
