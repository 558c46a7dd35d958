using OctoMoveTui.Engine.CopyTools;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Copying by rsync, robocopy or rclone. octomove reads the source and writes the manifest, the tool carries the files over, and what arrived is held
/// against the manifest as ever. Inside the outage both only do the difference.
/// </summary>
internal static class ToolCopying
{
    private const string Fetching = "fetching ";

    /// <summary>Old server: writes the manifest, then lets the tool copy.</summary>
    internal static async Task<CopiedDirectory> CopyAsync(MoveContext move, CopyTool tool, DirectoryPlan directory, bool isSourceLive, CancellationToken cancel)
    {
        var order = Outward(move, tool, directory, isSourceLive);
        if (order.Limit is not null && !tool.KeepsToLimit)
            move.Warn(Notes.NoLimit(tool.Name));
        await ProveOursAsync(move, tool, directory, cancel);
        var totals = await HashAsync(move, directory, order, cancel);
        var isDifference = move.Facts.Find<DirectoriesCopiedAhead>() is not null;
        await RunAsync(move, tool, Side.Old, order, tool.Copy(order), isDifference ? totals.CopiedBytes : totals.Bytes, cancel);
        move.Info(Notes.DirectoryCopiedBy(tool.Name, directory.Kind, totals.Files, totals.Bytes, order.To));
        if (totals.Unsettled > 0)
            move.Warn(CopyNotes.Unsettled(directory.Kind, totals.Unsettled));
        return new CopiedDirectory(directory.Kind, totals.Files, totals.Bytes, totals.ContentHash);
    }

    /// <summary>New server: fetches from the remote what has to be fetched, and settles what no copy does.</summary>
    internal static async Task PlaceAsync(MoveContext move, CopyTool tool, DirectoryPlan directory, CancellationToken cancel)
    {
        if (tool.IsFetched)
        {
            RefuseForeignPlace(move, directory);
            move.Mark(Fetching + directory.Kind);
            var order = Inward(move, tool, directory);
            await RunAsync(move, tool, Side.New, order, tool.Copy(order), BytesOf(move, directory), cancel);
        }

        Settle(move, tool, directory, cancel);
    }

    /// <summary>The tool copies these files again, as far as it can from this machine.</summary>
    internal static async Task CopyAgainAsync(MoveContext move, CopyTool tool, DirectoryPlan directory, IReadOnlyCollection<string> paths, CancellationToken cancel)
    {
        var known = KnownOf(move, directory, paths);
        if (known.Count == 0)
            return;
        if (move.IsHere(Side.Old))
            await AgainAsync(move, tool, Side.Old, Outward(move, tool, directory), known, cancel);
        if (tool.IsFetched && move.IsHere(Side.New))
            await AgainAsync(move, tool, Side.New, Inward(move, tool, directory), known, cancel);
        if (move.IsHere(Side.New))
            Settle(move, tool, directory, cancel);
    }

    /// <summary>Old server, after the new one found differences: only what was found.</summary>
    internal static async Task CopyWantedAgainAsync(MoveContext move, CopyTool tool, CancellationToken cancel)
    {
        foreach (var directory in move.Plan.DirectoriesToCopy)
        {
            var told = new ToldDifferences(move.Folder.ManifestOf(directory.Kind));
            if (told.Read() is not { Count: > 0 } paths)
                continue;
            await CopyAgainAsync(move, tool, directory, paths, cancel);

            // What is fetched has to be fetched again, too: by the new server, which needs the list for that.
            if (!tool.IsFetched)
                told.Write([]);
        }
    }

    /// <summary>What the new server found and only the old one can copy again; null when there is nothing.</summary>
    internal static string? WantedAgain(MoveContext move)
    {
        if (move.CopyTool is not { IsFar: true } tool || move.IsHere(Side.New))
            return null;
        var kinds = move.Plan.DirectoriesToCopy.Select(each => each.Kind)
            .Where(each => new ToldDifferences(move.Folder.ManifestOf(each)).Read().Count > 0).ToList();
        return kinds.Count == 0 ? null : Notes.WantedAgain(tool.Name, kinds);
    }

    /// <summary>The command lines, for previews: what the old server runs.</summary>
    internal static IEnumerable<PreviewLine> Preview(MoveContext move, CopyTool tool, bool isSourceLive) =>
    [
        new(PreviewKind.Words, Notes.HashedThenCopied(tool.Name)),
        .. move.Plan.DirectoriesToCopy.Select(each =>
            move.Command(tool.Program(Side.Old), tool.Copy(Outward(move, tool, each, isSourceLive)))),
    ];

    /// <summary>The command lines, for previews: what the new server runs.</summary>
    internal static IEnumerable<PreviewLine> PreviewPlacing(MoveContext move, CopyTool tool) => tool.IsFetched
        ? move.Plan.DirectoriesToCopy.Select(each => move.Command(tool.Program(Side.New), tool.Copy(Inward(move, tool, each))))
        : [new(PreviewKind.Words, Notes.PlacedAlready(tool.Name))];

    /// <summary>From the old server's directory to where the tool takes it.</summary>
    internal static CopyOrder Outward(MoveContext move, CopyTool tool, DirectoryPlan directory, bool isSourceLive = false) =>
        new(directory.Kind, tool.Local(directory.From), tool.DestinationOf(directory, DirectoryCopying.Target(move, directory)), isSourceLive)
        {
            Limit = (isSourceLive ? move.Copying.BytesPerSecondAhead : null) ?? move.Copying.BytesPerSecond,
        };

    /// <summary>Refuses a destination with files in it that this move didn't have copied there. Listed with the tool, for only that can reach it.</summary>
    /// <param name="move">The move.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="cancel">The person stops.</param>
    /// <param name="always">List it even when it is known to be ours: that proves that it can be reached.</param>
    internal static async Task ProveOursAsync(MoveContext move, CopyTool tool, DirectoryPlan directory, CancellationToken cancel, bool always = false)
    {
        var order = Outward(move, tool, directory);

        // The manifest's header went to disk when the destination was empty still.
        var manifest = move.Folder.ManifestOf(directory.Kind);
        var isOurs = File.Exists(manifest) && Manifest.Read(manifest).FirstOrDefault() is ManifestHeader header
            && header.Name == directory.Kind && header.Destination == order.To;
        if (isOurs && !always)
            return;
        var listed = await move.CopyProgram(tool, Side.Old).RunAsync(tool.List(order.To), true, cancel);
        if (tool.Example(order.To, listed) is { } example && !isOurs)
            throw CopyToolFailures.DestinationNotOurs(directory.Kind, order.To, example);
    }

    /// <summary>Refuses a final place with files in it, where the new server fetches and has not begun to.</summary>
    internal static void RefuseForeignPlace(MoveContext move, DirectoryPlan directory)
    {
        if (!move.HasMarked(Fetching + directory.Kind) && Directory.Exists(directory.To)
            && Directory.EnumerateFileSystemEntries(directory.To).FirstOrDefault() is { } example)
            throw CopyToolFailures.DestinationNotOurs(directory.Kind, directory.To, Path.GetFileName(example));
    }

    private static CopyOrder Inward(MoveContext move, CopyTool tool, DirectoryPlan directory) =>
        new(directory.Kind, tool.DestinationOf(directory, ""), tool.Local(directory.To)) { Limit = move.Copying.BytesPerSecond };

    private static async Task<CopyTotals> HashAsync(MoveContext move, DirectoryPlan directory, CopyOrder order, CancellationToken cancel)
    {
        // Only the reading can be paused and resumed on the screen; the tool is told its limit as it starts.
        using var pacing = CopyPacing.Begin(move, limit: null);
        var meter = move.Meter($"Hashing {directory.Kind}", ProgressUnit.Bytes);
        pacing.Changed += meter.Forget;
        var job = new CopyJob(directory.Kind, directory.From, order.To, move.Folder.ManifestOf(directory.Kind))
        {
            HashOnly = true,
            SourceIsLive = order.SourceIsLive,
            Hash = move.Copying.Hash,
            Polite = order.SourceIsLive && move.Copying.PoliteAhead,
            CompareContents = !order.SourceIsLive && move.Copying.CompareContents,
            Pace = pacing.Pace,
            Troubled = file => move.Warn(CopyNotes.NotCopiedYet(directory.Kind, file)),
        };
        return await new DirectoryCopier(move.Time).CopyAsync(job, meter.Report, cancel);
    }

    private static async Task AgainAsync(MoveContext move, CopyTool tool, Side side, CopyOrder order, IReadOnlyCollection<string> paths, CancellationToken cancel)
    {
        var list = move.Folder.AgainListOf(order.Kind);
        try
        {
            await RunAsync(move, tool, side, order, tool.CopyAgain(order, paths, list), null, cancel);
        }
        finally
        {
            File.Delete(list);
        }

        move.Info(Notes.CopiedAgainBy(tool.Name, order.Kind, paths.Count, order.From));
    }

    private static async Task RunAsync(
        MoveContext move, CopyTool tool, Side side, CopyOrder order, IReadOnlyList<string> arguments, long? bytes, CancellationToken cancel)
    {
        var output = tool.NewOutput();
        var meter = move.Meter($"{tool.Name}: {order.Kind}", ProgressUnit.Bytes);
        var exitCode = await move.CopyProgram(tool, side).RunLongAsync(arguments, line =>
        {
            if (output.Take(line) is { } said)
                move.Detail("  " + said);

            // What an earlier run had copied is not copied again: then the tool's own total is nearer the truth, where it has one.
            meter.Report(output.BytesDone, Larger(output.BytesTotal ?? bytes, output.BytesDone), output.CurrentFile is { } file ? ManifestPath.Show(file) : null);
        }, cancel);

        var verdict = tool.Judge(order, exitCode, output);
        if (verdict.Failure is not null)
            throw verdict.Failure;
        if (verdict.Notice is not null)
            move.Warn(verdict.Notice);
        meter.Report(output.BytesDone, output.BytesDone);
    }

    private static double? Larger(long? total, long done) => total is { } all ? Math.Max(all, done) : null;

    private static void Settle(MoveContext move, CopyTool tool, DirectoryPlan directory, CancellationToken cancel)
    {
        var job = new CopyJob(
            directory.Kind, directory.From, tool.IsFar ? directory.To : DirectoryCopying.Target(move, directory), move.Folder.ManifestOf(directory.Kind));
        using var leftovers = new ToolLeftovers(job);
        if (leftovers.Settle(cancel) is > 0 and var removed)
            move.Info(Notes.Settled(directory.Kind, removed));
    }

    private static long? BytesOf(MoveContext move, DirectoryPlan directory) =>
        move.Facts.Find<DirectoriesCopied>()?.Directories.FirstOrDefault(each => each.Kind == directory.Kind)?.Bytes;

    // Told paths may be of files that nobody copied, which stay; and "." stands for all of it.
    private static IReadOnlyCollection<string> KnownOf(MoveContext move, DirectoryPlan directory, IReadOnlyCollection<string> paths)
    {
        var manifest = move.Folder.ManifestOf(directory.Kind);
        using var index = ManifestIndex.Of(manifest);
        var asked = paths.Contains(".") ? Manifest.Read(manifest).Select(each => each.PathOfEntry()).OfType<string>().Distinct(StringComparer.Ordinal) : paths;
        return [.. asked.Where(each => index.TryFind(each, out _)).Order(StringComparer.Ordinal)];
    }
}
