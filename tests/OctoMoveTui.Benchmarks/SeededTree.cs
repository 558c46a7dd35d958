using System.Globalization;

namespace OctoMoveTui.Benchmarks;

/// <summary>A tree like that of an Octopus Server. The same seed gives the same bytes, names, sizes and times.</summary>
/// <param name="Name">What it is called in the tables.</param>
/// <param name="Groups">What is in it.</param>
internal sealed record SeededTree(string Name, params TreeGroup[] Groups)
{
    private static readonly DateTime Begin = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public int Files => Groups.Sum(group => group.Files);

    /// <summary>50,000 files of 1.5 GB: task logs, half of them below 10 KB, some artifacts, a few packages.</summary>
    public static SeededTree Small(double scale) => new(
        "many small files",
        new TreeGroup("TaskLogs/{1}/servertasks-{0}.txt", Count(48_750, scale), 10_500, 1_150_000_000 * scale, 2_000_000),
        new TreeGroup("Artifacts/Spaces-1/{1}/artifact-{0}.log", Count(1_210, scale), 60_000, 230_000_000 * scale, 5_000_000),
        new TreeGroup("Packages/Spaces-1/feeds-builtin/Acme.{2}/Acme.{2}.1.0.{0}.nupkg", Count(40, scale), 1_500_000, 120_000_000 * scale, 20_000_000));

    /// <summary>600 packages of 6 GB, half of them below 3.3 MB, the largest 186 MB.</summary>
    public static SeededTree Packages(double scale) => new(
        "packages",
        new TreeGroup("Packages/Spaces-1/feeds-builtin/Acme.{2}/Acme.{2}.1.0.{0}.nupkg", Count(600, scale), 3_300_000, 6_000_000_000 * scale, 186_000_000));

    /// <summary>So many tiny files: for the memory, which depends on their number.</summary>
    public static SeededTree Tiny(int files) => new(
        $"{files:N0} tiny files", new TreeGroup("TaskLogs/{1}/servertasks-{0}.txt", files, 100, files * 120.0, 1_000));

    /// <summary>Writes the tree and returns its bytes.</summary>
    public long Write(string root)
    {
        var random = new Random(20260101);
        var pool = new byte[16 << 20];
        random.NextBytes(pool);
        long bytes = 0;
        var made = new HashSet<string>();
        foreach (var group in Groups)
        {
            var sizes = group.Sizes(random);
            for (var i = 0; i < sizes.Length; i++)
            {
                var file = Path.Join(root, string.Format(CultureInfo.InvariantCulture, group.Path, i, i / 500, i % 25));
                if (made.Add(Path.GetDirectoryName(file)!))
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                }

                Write(file, sizes[i], random, pool);
                File.SetLastWriteTimeUtc(file, Begin.AddSeconds(i).AddTicks(random.Next(10_000_000)));
                bytes += sizes[i];
            }
        }

        return bytes;
    }

    private static int Count(int files, double scale) => Math.Max(1, (int)(files * scale));

    // Random bytes from a pool, each piece beginning somewhere else: nothing compresses, and nothing is the same twice.
    private static void Write(string path, long size, Random random, byte[] pool)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        while (size > 0)
        {
            var at = random.Next(pool.Length / 2);
            var piece = (int)Math.Min(size, pool.Length - at);
            file.Write(pool, at, piece);
            size -= piece;
        }
    }
}

/// <summary>Files of one kind; sizes are spread log-normally, as they are on servers.</summary>
/// <param name="Path">{0} the number, {1} the number / 500, {2} the number modulo 25.</param>
/// <param name="Files">How many.</param>
/// <param name="Median">Half of them are smaller, in bytes.</param>
/// <param name="Total">All together, in bytes.</param>
/// <param name="Largest">None is larger, in bytes.</param>
internal sealed record TreeGroup(string Path, int Files, long Median, double Total, long Largest)
{
    public long[] Sizes(Random random)
    {
        // Of a log-normal distribution, ln(mean / median) is half the variance. Scaled afterwards so that the total is right.
        var mean = Math.Max(Total / Files, Median * 1.001);
        var spread = Math.Sqrt(2 * Math.Log(mean / Median));
        var sizes = new double[Files];
        for (var i = 0; i < Files; i++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            sizes[i] = Math.Min(Largest, Median * Math.Exp(spread * normal));
        }

        var factor = Total / sizes.Sum();
        return [.. sizes.Select(size => (long)Math.Min(Largest, size * factor))];
    }
}
