namespace OctoMoveTui.Benchmarks;

/// <summary>The measurements, one after the other.</summary>
internal sealed class Bench(Options options) : IDisposable
{
    private readonly string _work = Directory.CreateDirectory(Path.Join(options.Folder, "octomove-bench-" + Environment.ProcessId)).FullName;

    public async Task RunAsync()
    {
        Console.WriteLine($"{Machine.Facts}; {options.Rounds} rounds, each run on {(Disk.CanBeMade ? "an ext4 of its own" : "a directory of its own")}");
        foreach (var tree in (SeededTree[])[SeededTree.Small(options.Scale), SeededTree.Packages(options.Scale)])
        {
            var isSmall = tree.Name.StartsWith("many", StringComparison.Ordinal);
            string[] wanted = isSmall ? ["small", "small-cold", "no-change", "check", "check-cold"] : ["packages", "packages-cold"];
            if (!wanted.Any(options.Only.Contains))
            {
                continue;
            }

            var source = Path.Join(_work, "source");
            var bytes = tree.Write(source);
            await Machine.SyncAsync();
            Console.WriteLine($"\n{tree.Name}: {tree.Files:N0} files, {bytes / 1e9:N2} GB");
            foreach (var what in wanted.Where(options.Only.Contains))
            {
                await (what switch
                {
                    "small" or "packages" => CopyAsync(source, tree, bytes, cold: false),
                    "small-cold" or "packages-cold" => CopyAsync(source, tree, bytes, cold: true),
                    "no-change" => AgainAsync("no change", source, tree, bytes, cold: false, [Contender.Copy, Contender.RsyncCopy]),
                    "check" => AgainAsync("check of contents, warm", source, tree, bytes, cold: false, [Contender.Check, Contender.RsyncCheck]),
                    _ => AgainAsync("check of contents, cold", source, tree, bytes, cold: true, [Contender.Check, Contender.RsyncCheck]),
                });
            }

            Directory.Delete(source, recursive: true);
        }

        if (options.Only.Contains("memory"))
        {
            await MemoryAsync();
        }
    }

    public void Dispose() => Directory.Delete(_work, recursive: true);

    // Each run copies to a disk that never held anything. Round 0 warms up and is thrown away; each round begins with another contender.
    private async Task CopyAsync(string source, SeededTree tree, long bytes, bool cold)
    {
        if (cold && !Machine.CanDropCaches)
        {
            return;
        }

        Contender[] contenders = [.. new[] { Contender.Copy, Contender.RsyncCopy, Contender.CpCopy }.Where(each => each.IsThere)];
        var runs = contenders.ToDictionary(each => each, _ => new List<Run>());
        for (var round = cold ? 1 : 0; round <= options.Rounds; round++)
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                var contender = contenders[(i + round) % contenders.Length];
                await using var disk = await Disk.MakeAsync(_work, bytes, tree.Files);
                await Machine.SettleAsync(source, cold);
                var run = await contender.RunAsync(source, Path.Join(disk.Root, "copy"));
                if (round > 0)
                {
                    runs[contender].Add(run);
                }
            }
        }

        Table.Print($"copy of {tree.Name}, {(cold ? "cold" : "warm")}", Contender.RsyncCopy, runs);
    }

    // Each contender has a finished copy on a disk of its own, and does the same again.
    private async Task AgainAsync(string what, string source, SeededTree tree, long bytes, bool cold, Contender[] contenders)
    {
        if (cold && !Machine.CanDropCaches)
        {
            return;
        }

        contenders = [.. contenders.Where(each => each.IsThere)];
        var disks = new Dictionary<Contender, Disk>();
        try
        {
            foreach (var contender in contenders)
            {
                disks[contender] = await Disk.MakeAsync(_work, bytes, tree.Files);
                var first = contender == Contender.RsyncCheck ? Contender.RsyncCopy : contender == Contender.Check ? Contender.Copy : contender;
                await first.RunAsync(source, Path.Join(disks[contender].Root, "copy"));
            }

            var runs = contenders.ToDictionary(each => each, _ => new List<Run>());
            for (var round = cold ? 1 : 0; round <= options.Rounds; round++)
            {
                for (var i = 0; i < contenders.Length; i++)
                {
                    var contender = contenders[(i + round) % contenders.Length];
                    await Machine.SettleAsync(source, cold);
                    var run = await contender.RunAsync(source, Path.Join(disks[contender].Root, "copy"));
                    if (round > 0)
                    {
                        runs[contender].Add(run);
                    }

                    if (run.Said.GetValueOrDefault("differences") != 0 || run.Said.GetValueOrDefault("copied") != 0)
                    {
                        throw new InvalidOperationException($"{contender.Name} found something to do where there was nothing");
                    }
                }
            }

            Table.Print($"{what}, {tree.Name}", contenders[^1], runs);
            if (contenders[0] == Contender.Check && !cold)
            {
                await EditInPlaceAsync(source, disks[contenders[0]]);
            }
        }
        finally
        {
            foreach (var disk in disks.Values)
            {
                await disk.DisposeAsync();
            }
        }
    }

    // One byte of some files turned over, size and time kept: nothing but reading finds it.
    private static async Task EditInPlaceAsync(string source, Disk disk)
    {
        var copy = Path.Join(disk.Root, "copy");
        var files = Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 0)
            .Order(StringComparer.Ordinal).Where((_, number) => number % 97 == 0).ToList();
        foreach (var file in files)
        {
            var time = File.GetLastWriteTimeUtc(file);
            using (var stream = File.Open(file, FileMode.Open, FileAccess.ReadWrite))
            {
                stream.Position = stream.Length / 2;
                var was = stream.ReadByte();
                stream.Position = stream.Length / 2;
                stream.WriteByte((byte)(was ^ 1));
            }

            File.SetLastWriteTimeUtc(file, time);
        }

        var run = await Contender.Check.RunAsync(source, copy);
        Console.WriteLine($"  files edited in place, size and time kept: {run.Said.GetValueOrDefault("differences"):N0} of {files.Count:N0} found");
    }

    private async Task MemoryAsync()
    {
        Console.WriteLine("\npeak resident memory of octomove's process, MB");
        Console.WriteLine($"  {"files",12} {"copy",8} {"no change",10} {"check",8}");
        foreach (var files in options.MemoryAt)
        {
            var tree = SeededTree.Tiny(files);
            await using var from = await Disk.MakeAsync(_work, files * 4096L, files);
            await using var to = await Disk.MakeAsync(_work, files * 4400L, files);
            var source = Path.Join(from.Root, "source");
            tree.Write(source);
            var copy = Path.Join(to.Root, "copy");
            var first = await Contender.Copy.RunAsync(source, copy);
            var again = await Contender.Copy.RunAsync(source, copy);
            var check = await Contender.Check.RunAsync(source, copy);
            Console.WriteLine($"  {files,12:N0} {first.PeakMegabytes,8:N0} {again.PeakMegabytes,10:N0} {check.PeakMegabytes,8:N0}   ({first.Seconds:N1} s, {again.Seconds:N1} s, {check.Seconds:N1} s)");
        }
    }
}
