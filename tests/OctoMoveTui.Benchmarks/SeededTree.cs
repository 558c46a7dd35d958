namespace OctoMoveTui.Benchmarks;

/// <summary>A tree like that of an Octopus Server: many small logs and some packages. The same seed gives the same bytes, names and times.</summary>
internal sealed record SeededTree(int Logs, int Packages, int LogBytes, int PackageBytes, int Seed)
{
    private static readonly DateTime Begin = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Writes the tree and returns its bytes. Sizes spread from a tenth to about twice the given one.</summary>
    public long Write(string root)
    {
        var random = new Random(Seed);
        long bytes = 0;
        for (var i = 0; i < Logs; i++)
        {
            bytes += File(root, $"TaskLogs/{i / 500}/servertasks-{i}.txt", LogBytes, i);
        }

        for (var i = 0; i < Packages; i++)
        {
            bytes += File(root, $"Packages/Spaces-1/feeds-builtin/Acme.{i % 5}/Acme.{i % 5}.1.0.{i}.nupkg", PackageBytes, i);
        }

        return bytes;

        long File(string root, string path, int about, int number)
        {
            var content = new byte[(int)(about * (0.1 + (random.NextDouble() * 1.8)))];
            random.NextBytes(content);
            var file = Path.Join(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            System.IO.File.WriteAllBytes(file, content);
            System.IO.File.SetLastWriteTimeUtc(file, Begin.AddSeconds(number).AddTicks(random.Next(10_000_000)));
            return content.Length;
        }
    }
}
