using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CliWrap;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Files;

/// <summary>
/// The copy in a process of its own, really killed, at each moment that there is. A few kills in <c>dotnet test</c>; all of them, at every
/// occurrence of every moment, by <c>dotnet cake --target=Crash</c>.
/// </summary>
public sealed class KilledCopyTests(ITestOutputHelper output)
{
    // Small enough that a copy of some thirty files goes to disk in several batches.
    private const int BatchOf = 5;

    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("OCTOMOVE_TEST_ALL") is not null;
    private static readonly string Program = Path.Join(AppContext.BaseDirectory, "OctoMoveTui.Tests.Killed.dll");

    [Fact]
    public Task Killed_anywhere_in_a_first_copy_it_goes_on_and_copies_no_finished_file_again() => SurvivesAsync(
        "a first copy", AFirstCopy,
        IsWhole ? Each : Middle(CopyMoment.SourceRead, CopyMoment.Renamed, CopyMoment.BatchFlushed, CopyMoment.BatchRecorded));

    [Fact]
    public Task Killed_anywhere_in_a_pass_that_brings_up_to_date_it_goes_on_and_copies_no_finished_file_again() => SurvivesAsync(
        "a pass over changed, new and vanished files", ADifferencePass,
        IsWhole ? Each : Middle(CopyMoment.Written, CopyMoment.Renamed, CopyMoment.Removed, CopyMoment.DirectoryTimed, CopyMoment.Closing));

    [Fact]
    public Task Killed_again_while_it_resumes_it_goes_on_all_the_same() => SurvivesAsync(
        "a pass, and again in the resumed one", ADifferencePass,
        IsWhole
            ? counts => [.. Middles(counts).SelectMany(first => Enum.GetValues<CopyMoment>().SelectMany(again => (Kill[][])[[first, new(again, 1)], [first, new(again, 3)]]))]
            : counts => [[.. Middle(CopyMoment.Renamed)(counts)[0], new(CopyMoment.Removed, 2)]]);

    private async Task SurvivesAsync(string what, Func<Task<AFolder>> begin, Func<IReadOnlyDictionary<CopyMoment, int>, Kill[][]> choose, [CallerMemberName] string test = "")
    {
        var plans = choose(await CountAsync(begin));
        var failed = new ConcurrentBag<string>();
        var (kills, survived) = (0, 0);
        await Parallel.ForEachAsync(plans, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (plan, _) =>
        {
            using var folder = await begin();
            var killed = 0;
            try
            {
                await SurviveAsync(folder, plan, () => killed++);
                Interlocked.Add(ref survived, killed);
            }
            catch (Exception e)
            {
                failed.Add($"{string.Join(", then ", plan)}: {e.Message}");
            }

            Interlocked.Add(ref kills, killed);
        });

        var line = string.Create(CultureInfo.InvariantCulture, $"Killed in {what}: {survived} of {kills} kills survived");
        Numbers.Say(output, line, test: test);
        failed.ShouldBeEmpty(line);
        kills.ShouldBeGreaterThanOrEqualTo(plans.Select(plan => plan[0].Moment).Distinct().Count(), "every moment came at least once");
    }

    private static async Task SurviveAsync(AFolder folder, Kill[] plan, Action killed)
    {
        var whole = Contents(folder.Source, Contents(folder.Destination, []));
        var finished = Finished(folder);
        foreach (var kill in plan)
        {
            var run = await RunAsync(folder, kill);
            run.Opened.Intersect(finished).ShouldBeEmpty("copied again");
            if (run.WasKilled)
            {
                killed();
            }
            else
            {
                // How many batches there are, and what is left for the second run, is a matter of luck.
                (kill == plan[0] && kill.Moment is not (CopyMoment.BatchFlushed or CopyMoment.BatchRecorded)).ShouldBeFalse("the moment never came");
            }

            foreach (var (path, content) in Contents(folder.Destination, []).Where(each => !PartFile.IsOurs(Path.GetFileName(each.Key))))
            {
                whole[path].ShouldContain(content.Single(), $"{path} is neither the old nor the new file");
            }

            finished = Finished(folder);
        }

        var last = await RunAsync(folder, null);
        last.WasKilled.ShouldBeFalse();
        last.Opened.Intersect(finished).ShouldBeEmpty("copied again");
        folder.Leftovers().ShouldBeEmpty();
        folder.ShouldBeTheSame();
        folder.ManifestLines()[^1].ShouldBeOfType<DoneLine>();
        (await folder.Verify()).Differences.ShouldBeEmpty();
    }

    // What the manifest vouches for and the source still has so: it must be there already, whole, and never be copied again.
    private static HashSet<string> Finished(AFolder folder)
    {
        var finished = new HashSet<string>();
        if (!File.Exists(folder.ManifestFile))
        {
            return finished;
        }

        var last = new Dictionary<string, FileLine?>();
        foreach (var line in folder.ManifestLines())
        {
            if (((line as GoneLine)?.Path ?? line.PathOfEntry()) is { } path)
            {
                last[path] = line as FileLine;
            }
        }

        foreach (var line in last.Values.OfType<FileLine>())
        {
            var source = new FileInfo(Path.Join(folder.Source, line.Path));
            if (source.Exists && source.Length == line.Size && source.LastWriteTimeUtc.Ticks == line.Ticks)
            {
                File.ReadAllBytes(folder.At(line.Path)).ShouldBe(File.ReadAllBytes(source.FullName), line.Path);
                finished.Add(line.Path);
            }
        }

        return finished;
    }

    // Added to those that are known already.
    private static Dictionary<string, HashSet<string>> Contents(string root, Dictionary<string, HashSet<string>> known)
    {
        var files = Directory.Exists(root) ? Directory.GetFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }) : [];
        foreach (var file in files)
        {
            var path = Path.GetRelativePath(root, file);
            known.TryAdd(path, []);
            known[path].Add(new FileInfo(file).LinkTarget ?? Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));
        }

        return known;
    }

    private static async Task<Run> RunAsync(AFolder folder, Kill? kill)
    {
        var printed = new List<string>();
        var ended = await Cli.Wrap("dotnet")
            .WithArguments([
                Program, folder.Source, folder.Destination, folder.ManifestFile, BatchOf.ToString(CultureInfo.InvariantCulture),
                kill?.Moment.ToString() ?? "never", (kill?.Nth ?? 0).ToString(CultureInfo.InvariantCulture)])
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Keep, Encoding.UTF8))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Keep, Encoding.UTF8))
            .ExecuteAsync();
        var wasKilled = ended.ExitCode != 0 && printed.Contains("killed");
        (wasKilled || ended.ExitCode == 0).ShouldBeTrue(string.Join('\n', printed));
        var start = $"{CopyMoment.SourceOpened} ";
        return new Run(wasKilled, [.. printed.Where(line => line.StartsWith(start, StringComparison.Ordinal)).Select(line => line[start.Length..])]);

        void Keep(string line)
        {
            lock (printed)
            {
                printed.Add(line);
            }
        }
    }

    private static Task<AFolder> AFirstCopy()
    {
        var folder = new AFolder().WithLogs(22)
            .With("Packages/Acme.1.0.0.nupkg", Bytes(1_500_000, 1), 1).With("Packages/Acme.1.0.1.nupkg", Bytes(150_000, 2), 2).With("Packages/empty.txt", "", 3)
            .WithEmptyDirectory("empty");
        File.CreateSymbolicLink(Path.Join(folder.Source, "latest"), "day-1/servertasks-1.txt");
        return Task.FromResult(folder);
    }

    private static async Task<AFolder> ADifferencePass()
    {
        var folder = await AFirstCopy();
        await folder.Copy();

        folder.With("day-1/servertasks-1.txt", "log 2" + new string('x', 37), 100); // of the same size
        folder.With("day-2/servertasks-2.txt", "longer " + new string('y', 9000), 101).With("day-3/servertasks-3.txt", "short", 102);
        folder.With("Packages/Acme.1.0.0.nupkg", Bytes(1_600_000, 3), 103).With("Packages/Acme.1.0.1.nupkg", Bytes(150_000, 4), 104);
        folder.With("day-4/new.txt", "new", 105).With("day-9/new-1.txt", "new", 106).With("day-9/deep/new-2.txt", new string('z', 70_000), 107);
        foreach (var path in (string[])["day-4/servertasks-4.txt", "day-4/servertasks-11.txt", "Packages/empty.txt"])
        {
            File.Delete(Path.Join(folder.Source, path));
        }

        Directory.Delete(Path.Join(folder.Source, "day-5"), recursive: true);
        Directory.Delete(Path.Join(folder.Source, "empty"));
        File.Delete(Path.Join(folder.Source, "latest"));
        File.CreateSymbolicLink(Path.Join(folder.Source, "latest"), "day-9/new-1.txt");
        return folder;
    }

    private static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    // How often each moment comes when nobody kills it.
    private static async Task<IReadOnlyDictionary<CopyMoment, int>> CountAsync(Func<Task<AFolder>> begin)
    {
        using var folder = await begin();
        var counts = new ConcurrentDictionary<CopyMoment, int>();
        await folder.Copy(new CopySeams((at, _) => counts.AddOrUpdate(at, 1, (_, count) => count + 1), BatchOf: BatchOf));
        return counts;
    }

    private static Kill[][] Each(IReadOnlyDictionary<CopyMoment, int> counts) =>
        [.. counts.OrderBy(each => each.Key).SelectMany(each => Enumerable.Range(1, each.Value).Select(nth => (Kill[])[new(each.Key, nth)]))];

    private static IEnumerable<Kill> Middles(IReadOnlyDictionary<CopyMoment, int> counts) =>
        counts.OrderBy(each => each.Key).Select(each => new Kill(each.Key, (each.Value + 1) / 2));

    private static Func<IReadOnlyDictionary<CopyMoment, int>, Kill[][]> Middle(params CopyMoment[] moments) =>
        counts => [.. Middles(counts).Where(kill => moments.Contains(kill.Moment)).Select(kill => (Kill[])[kill])];

    private sealed record Kill(CopyMoment Moment, int Nth);

    private sealed record Run(bool WasKilled, string[] Opened);
}
