using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Agreement;

/// <summary>What is compared, and who hears of it.</summary>
internal sealed record ComparisonOrder
{
    /// <summary>Where the directories lie on this side, by kind.</summary>
    public required IReadOnlyDictionary<string, string> Directories { get; init; }

    /// <summary>When it began: rows that a working server finishes after that may not have had their file when the directory was listed.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>True to read every package and compare its hash, too.</summary>
    public bool Hashes { get; init; }

    /// <summary>Whether a trouble is younger than the base line.</summary>
    public Func<Disagreement, bool> IsNew { get; init; } = _ => false;

    /// <summary>Hears of every fault and orphan.</summary>
    public required Action<AgreementLine> Write { get; init; }

    /// <summary>Hears of every package whose file is there.</summary>
    public Action<PackageRow> Kept { get; init; } = _ => { };

    /// <summary>Measures a part of the work.</summary>
    public required Func<string, ProgressMeter> Meter { get; init; }
}

/// <summary>
/// Holds the rows of an Octopus database against the files of its directories: each package has its file with that size (and hash), each finished
/// task its log, each artifact its file. Reads only. The directory is listed first, then the rows come page by page: memory holds 24 bytes a file.
/// </summary>
internal sealed class Comparison(SqlSession sql, ComparisonOrder order)
{
    /// <summary>Compares all kinds.</summary>
    /// <exception cref="MoveFailure">The database or a directory can't be read.</exception>
    public async Task<AgreementTotals> RunAsync(CancellationToken cancel)
    {
        var spaces = new PackageSpaces();
        return new AgreementTotals(
            [
                await PackagesAsync(spaces, cancel),
                await OfIdsAsync(
                    AgreementKind.TaskLog, OctopusDirectories.TaskLogs, "ServerTask", IdInPath.OfTaskLog, ["State", "StartTime", "CompletedTime", "Description", "SpaceId"], cancel),
                await OfIdsAsync(AgreementKind.Artifact, OctopusDirectories.Artifacts, "Artifact", IdInPath.OfArtifact, ["Created", "Filename", "SpaceId"], cancel),
            ],
            spaces.All);
    }

    private async Task<KindAgreement> PackagesAsync(PackageSpaces spaces, CancellationToken cancel)
    {
        var tally = new Tally(AgreementKind.Package, order);
        if (!order.Directories.TryGetValue(OctopusDirectories.Packages, out var root))
            return tally.Untold(AgreementNotes.NotPartOfMove(OctopusDirectories.Packages));
        if (await RowPages.OfAsync(sql, "NuGetPackage", cancel) is not { } pages || PackageColumns.Of(pages) is not { } columns)
            return tally.Untold(AgreementNotes.NoTable("NuGetPackage"));

        using var files = await ListAsync(OctopusDirectories.Packages, root, path => PackagePath.Of(path)?.Key, cancel);
        var (meter, total) = (order.Meter(AgreementNotes.Comparing(OctopusDirectories.Packages)), await pages.CountAsync(cancel));
        await foreach (var row in pages.ReadAsync(columns.Wanted, columns.Read, cancel))
        {
            tally.Rows++;
            meter.Report(tally.Rows, total, row.Name);
            var found = Find(files, row);
            if (found.Count == 0)
                found = LookAgain(root, row);
            spaces.Count(row.Space, found);
            if (found.Count == 0)
            {
                // Behind a link lies what was not listed.
                if (files.Links > 0)
                    tally.CannotTell++;
                else
                    tally.Add(Trouble(row, DisagreementKind.Missing, Path.Combine(root, ExpectedFolder(row)), ""), () => spaces.Drop(row.Space));
                continue;
            }

            order.Kept(row);
            if (await DifferenceAsync(row, found, root, tally, cancel) is { } different)
                tally.Add(different);
        }

        tally.Orphans(files, root, spaces.Orphan);
        return tally.Result;
    }

    private async Task<Disagreement?> DifferenceAsync(PackageRow row, List<IndexedFile> found, string root, Tally tally, CancellationToken cancel)
    {
        if (row.Size is not { } size)
            tally.ByExistence++;
        else if (found.FindIndex(each => each.Size == size) is var right and >= 0)
            found = [found[right]];
        else
            return Trouble(row, DisagreementKind.OtherSize, Path.Combine(root, found[0].Path), AgreementNotes.Sizes(size, found[0].Size));

        if (!order.Hashes)
            return null;
        if (RecordedHash.Of(row.Hash) is not { } hash)
        {
            if (row.Size is not null)
                tally.ByExistence++;
            return null;
        }

        var file = Path.Combine(root, found[0].Path);
        try
        {
            var differs = await hash.DiffersAsync(file, cancel);
            tally.Hashed++;
            return differs is null ? null : Trouble(row, DisagreementKind.OtherHash, file, AgreementNotes.Hashes(hash.Algorithm, differs));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return Trouble(row, DisagreementKind.Missing, file, "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CheckFailures.CannotRead(file, error);
        }
    }

    // In the legacy layout there was one repository, which belongs to the space that every server has.
    private static List<IndexedFile> Find(FileIndex files, PackageRow row)
    {
        List<IndexedFile> found = [.. files.Find(PackagePath.KeyOf(row.Space, row.PackageId, row.Version))];
        if (found.Count == 0 && row.Space is PackagePath.DefaultSpace)
            found.AddRange(files.Find(PackagePath.KeyOf("", row.PackageId, row.Version)));
        return found;
    }

    // It may have been uploaded since the directory was listed: what a fault is called is looked for once more where it belongs.
    private static List<IndexedFile> LookAgain(string root, PackageRow row)
    {
        var folder = ExpectedFolder(row);
        try
        {
            if (!IsName(row.PackageId) || !Directory.Exists(Path.Combine(root, folder)))
                return [];
            var key = PackagePath.KeyOf(row.Space, row.PackageId, row.Version);
            return
            [
                .. new DirectoryInfo(Path.Combine(root, folder)).EnumerateFiles(row.PackageId + ".*")
                    .Select(each => new IndexedFile($"{folder}/{each.Name}", each.Length))
                    .Where(each => PackagePath.Of(each.Path)?.Key == key),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    private static string ExpectedFolder(PackageRow row) => row.Space.Length > 0 ? $"{row.Space}/feeds-builtin/{row.PackageId}" : row.PackageId;

    private static bool IsName(string packageId) => packageId.Length > 0 && packageId.AsSpan().IndexOfAny('/', '\\', '*') < 0 && packageId is not ("." or "..");

    private static Disagreement Trouble(PackageRow row, DisagreementKind how, string where, string detail) =>
        new(AgreementKind.Package, row.Id, row.Name, row.Space, how, where, detail);

    // Logs and artifacts: all that is known of their names is that the row's id is in them.
    private async Task<KindAgreement> OfIdsAsync(
        AgreementKind kind, string directory, string table, Func<string, ulong?> keyOf, string[] wanted, CancellationToken cancel)
    {
        var tally = new Tally(kind, order);
        if (!order.Directories.TryGetValue(directory, out var root))
            return tally.Untold(AgreementNotes.NotPartOfMove(directory));
        if (await RowPages.OfAsync(sql, table, cancel) is not { } pages)
            return tally.Untold(AgreementNotes.NoTable(table));

        using var files = await ListAsync(directory, root, keyOf, cancel);
        string[] columns = [.. wanted.Where(pages.Has)];
        var (meter, total, read) = (order.Meter(AgreementNotes.Comparing(directory)), await pages.CountAsync(cancel), 0L);
        var isSchemeKnown = files.Count > 0 || files.Others == 0;
        await foreach (var row in pages.ReadAsync(columns, each => IdRow.Of(each, columns), cancel))
        {
            meter.Report(++read, total, row.Id);
            var isThere = files.Find(IdInPath.KeyOf(row.Id)).Any();
            if (kind == AgreementKind.TaskLog ? !row.NeedsLog(order.Began) : !row.IsOlderThan(order.Began))
                continue;
            tally.Rows++;
            if (isThere)
                tally.ByExistence++;
            else if (isSchemeKnown && files.Links == 0)
                tally.Add(new Disagreement(kind, row.Id, row.Name, row.Space, DisagreementKind.Missing, AgreementNotes.Named(row.Id, root), ""));
            else
                tally.CannotTell++;
        }

        tally.Orphans(files, root, _ => { });
        return tally.Result;
    }

    private Task<FileIndex> ListAsync(string directory, string root, Func<string, ulong?> keyOf, CancellationToken cancel)
    {
        var meter = order.Meter(AgreementNotes.Listing(directory));
        return Task.Run(() => FileIndex.Of(root, keyOf, count => meter.Report(count, total: null), cancel), cancel);
    }

    /// <summary>Counts one kind.</summary>
    private sealed class Tally(AgreementKind kind, ComparisonOrder order)
    {
        private long missing, different, orphans, others, newFaults;

        public long Rows { get; set; }

        public long CannotTell { get; set; }

        public long Hashed { get; set; }

        public long ByExistence { get; set; }

        public KindAgreement Result => new(kind, Rows, missing, different, CannotTell, orphans)
        {
            Hashed = Hashed, ByExistence = ByExistence, OtherFiles = others, NewFaults = newFaults,
        };

        public KindAgreement Untold(string why) => new(kind, 0, 0, 0, 0, 0) { Untold = why };

        public void Add(Disagreement fault, Action? dropped = null)
        {
            var isNew = order.IsNew(fault);
            newFaults += isNew ? 1 : 0;
            if (fault.How == DisagreementKind.Missing)
                missing++;
            else
                different++;
            dropped?.Invoke();
            order.Write(new FaultLine(fault) { IsNew = isNew });
        }

        // What went away meanwhile belongs to nobody.
        public void Orphans(FileIndex files, string root, Action<IndexedFile> tell)
        {
            others = files.Others;
            foreach (var orphan in files.Unseen().Where(each => File.Exists(Path.Combine(root, each.Path))))
            {
                orphans++;
                tell(orphan);
                order.Write(new OrphanLine(kind, orphan.Path, orphan.Size));
            }
        }
    }
}

/// <summary>A row of ServerTask or Artifact.</summary>
internal sealed record IdRow(string Id, string Name, string Space, string? State, bool HasStarted, DateTimeOffset? Finished)
{
    public static IdRow Of(SqlRow row, string[] columns)
    {
        var text = columns.Contains("Description") ? row.Text("Description") : columns.Contains("Filename") ? row.Text("Filename") : "";
        return new IdRow(
            row.Text("id"), text.Length > 0 ? $"{row.Text("id")} {text}" : row.Text("id"), columns.Contains("SpaceId") ? row.Text("SpaceId") : "",
            columns.Contains("State") ? row.Text("State") : null,
            !columns.Contains("StartTime") || !row.IsNull("StartTime"),
            columns.Contains("CompletedTime") ? row.InstantOrNull("CompletedTime") : columns.Contains("Created") ? row.InstantOrNull("Created") : null);
    }

    // A task that was cancelled while it was queued has never written a line.
    public bool NeedsLog(DateTimeOffset began) => State is "Success" or "Failed" or "Canceled" or "TimedOut" && HasStarted && IsOlderThan(began);

    public bool IsOlderThan(DateTimeOffset began) => Finished is not { } time || time < began;
}

/// <summary>The packages of each space.</summary>
internal sealed class PackageSpaces
{
    private readonly SortedDictionary<string, SpacePackages> spaces = new(StringComparer.Ordinal);

    public IReadOnlyList<SpacePackages> All => [.. spaces.Values];

    public void Count(string space, List<IndexedFile> files)
    {
        var now = Of(space);
        spaces[space] = now with { Rows = now.Rows + 1, Bytes = now.Bytes + files.Sum(each => each.Size) };
    }

    public void Drop(string space) => spaces[space] = Of(space) with { WithoutFile = Of(space).WithoutFile + 1 };

    public void Orphan(IndexedFile file)
    {
        var space = PackagePath.Of(file.Path)?.Space is { Length: > 0 } named ? named : spaces.ContainsKey("") ? "" : PackagePath.DefaultSpace;
        var now = Of(space);
        spaces[space] = now with { Orphans = now.Orphans + 1, Bytes = now.Bytes + file.Size };
    }

    private SpacePackages Of(string space) => spaces.GetValueOrDefault(space) ?? new SpacePackages(space, 0, 0, 0, 0);
}
