using System.Security.Cryptography;
using System.Text;
using OctoMoveTui.Engine.Agreement;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.SqlServer;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Agreement;

/// <summary>The comparison over the wire, with schemas of several versions.</summary>
public sealed class ComparisonTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly List<AgreementLine> lines = [];
    private readonly List<PackageRow> kept = [];
    private ASqlServer server = null!;

    public async ValueTask InitializeAsync() => server = await ASqlServer.WithDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    private IEnumerable<string> Faults => lines.OfType<FaultLine>().Select(each => $"{each.Fault.Name} {each.Fault.How}");

    private IEnumerable<string> Orphans => lines.OfType<OrphanLine>().Select(each => each.File);

    [Fact]
    public async Task Packages_are_compared_by_size_and_on_request_by_hash_in_columns_of_their_own()
    {
        await RunSqlAsync("""
            CREATE TABLE dbo.NuGetPackage (Id nvarchar(450) NOT NULL PRIMARY KEY, PackageId nvarchar(100) NOT NULL, Version nvarchar(349) NOT NULL, SpaceId nvarchar(50) NOT NULL,
                Hash nvarchar(128) NULL, Size bigint NULL);
            """);
        Write("Packages/Spaces-1/feeds-builtin/Web/Web.1.0.0.zip", "right");
        Write("Packages/Spaces-1/feeds-builtin/Web/Web.2.0.0.zip", "other");
        Write("Packages/Spaces-1/feeds-builtin/Web/Web.3.0.0.zip", "cut");
        Write("Packages/Spaces-2/feeds-builtin/Web/Web.5.0.0.zip", "in another space");
        Write("Packages/Spaces-1/feeds-builtin/Web/Web.6.0.0.zip", "hash unknown");
        Write("Packages/Spaces-1/feeds-builtin/Web/Web.7.0.0.zip", "says nothing");
        Write("Packages/Old/Old.1.0.0.nupkg", "flat");
        Write("Packages/readme.txt", "no package");
        await PackageAsync("1.0.0", "right", Sha256("right"));
        await PackageAsync("2.0.0", "equal", Sha256("equal"));
        await PackageAsync("3.0.0", "not cut", Sha256("not cut"));
        await PackageAsync("4.0.0", "gone", Sha256("gone"));
        await PackageAsync("5.0.0", "in another space", Sha256("in another space"));
        await PackageAsync("6.0.0", "hash unknown", "crc:1234");
        await PackageAsync("7.0.0", null, null);
        await PackageAsync("1.0.0", "flat", Sha256("flat"), package: "Old");

        var bySize = await CompareAsync(hashes: false);
        Faults.ShouldBe(["Web 3.0.0 OtherSize", "Web 4.0.0 Missing", "Web 5.0.0 Missing"], ignoreOrder: true);
        Orphans.ShouldBe(["Spaces-2/feeds-builtin/Web/Web.5.0.0.zip"]);
        var packages = bySize.Kinds.Single(each => each.Kind == AgreementKind.Package);
        (packages.Rows, packages.Missing, packages.Different, packages.Agreeing, packages.ByExistence, packages.OtherFiles, packages.Orphans).ShouldBe((8, 2, 1, 5, 1, 1, 1));
        bySize.Packages.ShouldContain(each => each.Space == "Spaces-1" && each.Rows == 8 && each.WithoutFile == 2 && each.Kept == 6);
        bySize.Packages.ShouldContain(each => each.Space == "Spaces-2" && each.Rows == 0 && each.Orphans == 1);
        kept.Count.ShouldBe(6, "what a re-index has to leave: a file of another size is a file");

        var byHash = await CompareAsync(hashes: true);
        Faults.ShouldBe(["Web 2.0.0 OtherHash", "Web 3.0.0 OtherSize", "Web 4.0.0 Missing", "Web 5.0.0 Missing"], ignoreOrder: true);
        packages = byHash.Kinds.Single(each => each.Kind == AgreementKind.Package);
        packages.Hashed.ShouldBe(3);
        packages.ByExistence.ShouldBe(2, "a hash of a kind that isn't known, and a row without size, are told to be weaker proofs");
    }

    [Fact]
    public async Task Size_and_hash_are_read_from_the_document_where_they_have_no_columns()
    {
        await RunSqlAsync("CREATE TABLE dbo.NuGetPackage (Id nvarchar(450) NOT NULL PRIMARY KEY, PackageId nvarchar(100) NOT NULL, Version nvarchar(349) NOT NULL, JSON nvarchar(max) NULL);");
        Write("Packages/Web/Web.1.0.0.nupkg", "right");
        Write("Packages/Web/Web.2.0.0.nupkg", "wrong size");
        Write("Packages/Web/Web.3.0.0.nupkg", "no document");
        await RunSqlAsync(
            "INSERT dbo.NuGetPackage VALUES ('a', 'Web', '1.0.0', @a), ('b', 'Web', '2.0.0', @b), ('c', 'Web', '3.0.0', '{ broken');",
            ("@a", $$"""{"PackageSizeBytes":5,"Hash":"{{Sha256("right")}}"}"""), ("@b", """{"PackageSizeBytes":4}"""));

        var totals = await CompareAsync(hashes: true);

        Faults.ShouldBe(["Web 2.0.0 OtherSize"]);
        totals.Kinds[0].Hashed.ShouldBe(1);
        totals.Packages.ShouldHaveSingleItem().Space.ShouldBe("", "before 2019.1 there were no spaces");
    }

    [Fact]
    public async Task Finished_tasks_have_logs_and_what_never_ran_or_still_runs_needs_none()
    {
        await RunSqlAsync("""
            CREATE TABLE dbo.ServerTask (Id nvarchar(50) NOT NULL PRIMARY KEY, Description nvarchar(max) NOT NULL, State nvarchar(50) NOT NULL,
                StartTime datetimeoffset NULL, CompletedTime datetimeoffset NULL, SpaceId nvarchar(50) NULL);
            INSERT dbo.ServerTask VALUES
                ('ServerTasks-1', 'Deploy', 'Success', '2026-02-01T00:00:00Z', '2026-02-01T01:00:00Z', 'Spaces-1'),
                ('ServerTasks-2', 'Deploy', 'Failed', '2026-02-01T00:00:00Z', '2026-02-01T01:00:00Z', NULL),
                ('ServerTasks-3', 'Cancelled in the queue', 'Canceled', NULL, '2026-02-01T01:00:00Z', 'Spaces-1'),
                ('ServerTasks-4', 'Running', 'Executing', '2026-03-01T11:00:00Z', NULL, 'Spaces-1'),
                ('ServerTasks-5', 'Ended since', 'Success', '2026-03-01T11:00:00Z', '2026-03-01T12:00:01Z', 'Spaces-1');
            """);
        Write("TaskLogs/Spaces-1/ServerTasks-1.txt", "log");
        Write("TaskLogs/Spaces-1/ServerTasks-4.txt", "log");
        Write("TaskLogs/Spaces-1/ServerTasks-99.txt", "of a task that retention deleted");
        Write("TaskLogs/notes.txt", "a person's");

        var logs = (await CompareAsync()).Kinds[1];

        Faults.ShouldBe(["ServerTasks-2 Deploy Missing"]);
        Orphans.ShouldBe(["Spaces-1/ServerTasks-99.txt"]);
        (logs.Rows, logs.Missing, logs.CannotTell, logs.OtherFiles).ShouldBe((2, 1, 0, 1));
    }

    [Fact]
    public async Task Where_no_file_has_an_id_in_its_name_nothing_is_told_and_nothing_is_a_fault()
    {
        await ArtifactsAsync(3);
        Write("Artifacts/3f2a.bin", "named in a way that octomove doesn't know");

        var artifacts = (await CompareAsync()).Kinds[2];

        artifacts.CannotTell.ShouldBe(3);
        artifacts.Missing.ShouldBe(0);
        lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_directory_is_missing_all_of_them_page_by_page()
    {
        await ArtifactsAsync(4100);
        Directory.CreateDirectory(folder["Artifacts"]);

        var artifacts = (await CompareAsync()).Kinds[2];

        artifacts.Missing.ShouldBe(4100);
        lines.OfType<FaultLine>().Select(each => each.Fault.Row).Distinct().Count().ShouldBe(4100);
    }

    [Fact]
    public async Task Without_the_tables_it_says_that_nothing_can_be_compared() =>
        (await CompareAsync()).Kinds.ShouldAllBe(each => each.Untold!.Contains("no table", StringComparison.Ordinal));

    private async Task<AgreementTotals> CompareAsync(bool hashes = false)
    {
        lines.Clear();
        kept.Clear();
        var sql = new OctoMoveTui.Engine.Sql.SqlServer(server.ConnectionString("Octopus", "octopus"), _ => { }, () => { });
        await using var session = await sql.OpenAsync("Octopus", default);
        return await new Comparison(session, new ComparisonOrder
        {
            Directories = new[] { "Packages", "TaskLogs", "Artifacts" }.ToDictionary(each => each, each => folder[each]),
            Began = Now,
            Hashes = hashes,
            Write = lines.Add,
            Kept = kept.Add,
            Meter = what => new ProgressMeter(new StepId("verify-before-start"), what, ProgressUnit.Items, _ => { }, TimeProvider.System),
        }).RunAsync(default);
    }

    private Task ArtifactsAsync(int count) => RunSqlAsync(
        "CREATE TABLE dbo.Artifact (Id nvarchar(50) NOT NULL PRIMARY KEY, Filename nvarchar(200) NOT NULL);"
        + string.Concat(Enumerable.Range(1, count).Chunk(500).Select(some => $"INSERT dbo.Artifact VALUES {string.Join(", ", some.Select(each => $"('Artifacts-{each}', 'a.txt')"))};")));

    private Task PackageAsync(string version, string? content, string? hash, string package = "Web") => RunSqlAsync(
        "INSERT dbo.NuGetPackage (Id, PackageId, Version, SpaceId, Hash, Size) VALUES (@id, @package, @version, 'Spaces-1', @hash, @size);",
        ("@id", $"packages-{package}.{version}"), ("@package", package), ("@version", version), ("@hash", hash), ("@size", content?.Length));

    private async Task RunSqlAsync(string sql, params (string, object?)[] parameters)
    {
        await using var connection = await server.OpenAsync("Octopus");
        await connection.ExecuteAsync(sql, parameters);
    }

    private void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
        File.WriteAllText(folder[path], content);
    }

    private static string Sha256(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
