using System.Globalization;
using System.Text;

namespace OctoMoveTui.Sandbox.World;

internal sealed record ContentPackage(string Space, string PackageId, string Version, byte[] Content, DateTimeOffset Published, bool IsFlat = false)
{
    public string RelativePath => IsFlat ? Path.Combine(PackageId, $"{PackageId}.{Version}.zip") : Path.Combine(Space, "feeds-builtin", PackageId, $"{PackageId}.{Version}.zip");
}

internal sealed record ContentTask(int Number, string? Space, string Name, string Description, string State, DateTimeOffset Queued, int Seconds, string Log)
{
    public string Id => FormattableString.Invariant($"ServerTasks-{Number}");
    public DateTimeOffset Started => Queued.AddSeconds(2);
    public DateTimeOffset Completed => Started.AddSeconds(Seconds);
}

internal sealed record ContentArtifact(int Number, string Space, string FileName, string TaskId, byte[] Content, DateTimeOffset Created)
{
    public string Id => FormattableString.Invariant($"Artifacts-{Number}");
    public string RelativePath => Path.Combine(Space, $"{Id}~{FileName}");
}

/// <summary>What the old server holds, both as rows and as files: made once from the seed, so that both sides agree.</summary>
internal sealed class WorldContent
{
    public static readonly DateTimeOffset Epoch = new(2025, 6, 2, 6, 0, 0, TimeSpan.Zero);

    public static readonly IReadOnlyList<(string Id, string Name)> Spaces = [("Spaces-1", "Default"), ("Spaces-2", "Web shop"), ("Spaces-3", "People's systems")];

    /// <summary>Names with a space, a plus, letters outside of ASCII: all have been seen in built-in repositories.</summary>
    private static readonly string[] PackageIds =
        ["Acme.Web", "Acme.Api", "Acme.Database", "Acme.Worker", "Acme Tools", "Acme.C++.Runtime", "Größen.Rechner", "日本語.リソース", "acme-cli"];

    private static readonly string[] ArtifactNames =
        ["test-results.xml", "Screenshot of the login page.png", "Änderungsprotokoll.txt", "deploy'log #1.txt", "coverage 100%.html", "report & summary.csv", "stdout.log"];

    private readonly WorldOptions options;

    public WorldContent(WorldOptions options)
    {
        this.options = options;
        Random = new SeededRandom(options.Seed);
        MissingFiles = options.MissingBeforeMove;
        Packages = [.. MakePackages(options.Packages).Select(each => each with { IsFlat = options.FlatPackages && each.Space == Spaces[0].Id })];
        Tasks = [.. MakeTasks(options.TaskLogs)];
        Artifacts = [.. MakeArtifacts(options.Artifacts)];
    }

    public SeededRandom Random { get; }

    /// <summary>So many of each kind, the first ones, are rows without a file.</summary>
    public int MissingFiles { get; }

    public IReadOnlyList<ContentPackage> Packages { get; }
    public IReadOnlyList<ContentTask> Tasks { get; }
    public IReadOnlyList<ContentArtifact> Artifacts { get; }

    /// <summary>The deployment that is executing when the world begins; not in the default space, where a careless question would miss it.</summary>
    public ContentTask Executing => new(Tasks.Count + 1, "Spaces-2", "Deploy", "Deploy Web shop release 4.2.0 to Production", "Executing", Epoch.AddDays(300), 0,
        "06:00:02   Info     |   Deploying release 4.2.0 to Production\n06:00:03   Info     |   Acquiring packages\n");

    /// <summary>A deployment that somebody scheduled for later: it stays queued, and travels with the database.</summary>
    public ContentTask Scheduled => new(Tasks.Count + 2, "Spaces-1", "Deploy", "Deploy Default release 9.0.0 to Production (scheduled)", "Queued", new DateTimeOffset(2099, 1, 4, 3, 0, 0, TimeSpan.Zero), 0, "");

    /// <summary>A deployment that is paused on a manual intervention.</summary>
    public ContentTask WaitsForPerson => new(Tasks.Count + 3, "Spaces-3", "Deploy", "Deploy People's systems release 2.1.0 to Production", "Executing", Epoch.AddDays(300), 0,
        "06:00:02   Info     |   Waiting for: Approve the change\n");

    /// <summary>A task that goes on when it is cancelled.</summary>
    public ContentTask Deaf => new(Tasks.Count + 4, null, "Retention", "Apply retention policies", "Executing", Epoch.AddDays(300), 0, "06:00:02   Info     |   Deleting\n");

    /// <summary>Deployments that wait for another one of their project to end.</summary>
    public IReadOnlyList<ContentTask> Queued =>
        [.. Enumerable.Range(0, options.QueuedTasks).Select(i => new ContentTask(Tasks.Count + 5 + i, "Spaces-2", "Deploy", FormattableString.Invariant($"Deploy Web shop release 4.2.{1 + i} to Production"), "Queued", Epoch.AddDays(300), 0, ""))];

    /// <summary>The number of the last task that there is.</summary>
    public int LastTask => Tasks.Count + 4 + options.QueuedTasks;

    private IEnumerable<ContentPackage> MakePackages(int count)
    {
        var random = Random.For("packages");
        for (var i = 0; i < count; i++)
        {
            var space = Spaces[i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2].Id;
            var version = FormattableString.Invariant($"{1 + (i / 90)}.{i / 9 % 10}.{i}{(i % 17 == 0 ? "-beta.1" : "")}");
            // Now and then an empty file: an upload that was cut off lies in many repositories.
            var content = new byte[i % 97 == 50 ? 0 : random.Next(400, 9000)];
            random.NextBytes(content);
            "PK\u0003\u0004"u8[..Math.Min(4, content.Length)].CopyTo(content);
            yield return new ContentPackage(space, PackageIds[i % PackageIds.Length], version, content, Epoch.AddMinutes(random.Next(400_000)));
        }
    }

    private IEnumerable<ContentTask> MakeTasks(int count)
    {
        var random = Random.For("tasks");
        for (var number = 1; number <= count; number++)
        {
            var system = number % 9 == 0;
            var space = system ? null : Spaces[random.Next(3)].Id;
            var name = system ? (number % 2 == 0 ? "Retention" : "Health") : number % 5 == 0 ? "RunbookRun" : "Deploy";
            var state = (number % 20) switch { 7 => "Failed", 13 => "Canceled", 19 when number % 3 == 0 => "TimedOut", _ => "Success" };
            var description = system ? $"{name} at interval" : FormattableString.Invariant($"{name} {Spaces.First(each => each.Id == space).Name} release {1 + (number % 4)}.{number % 10}.0 to {(number % 2 == 0 ? "Production" : "Test")}");
            var queued = Epoch.AddMinutes(number * 1700.0).AddSeconds(random.Next(60));
            var seconds = random.Next(3, 400);
            yield return new ContentTask(number, space, name, description, state, queued, seconds, MakeLog(random, description, state, queued));
        }
    }

    private static string MakeLog(Random random, string description, string state, DateTimeOffset queued)
    {
        var log = new StringBuilder();
        var at = queued;
        void Line(string level, string text) => log.Append(CultureInfo.InvariantCulture, $"{at:HH:mm:ss}   {level,-8} |   {text}\n");
        Line("Info", description);
        for (var line = random.Next(3, 40); line > 0; line--)
        {
            at = at.AddSeconds(random.Next(9));
            Line("Verbose", FormattableString.Invariant($"Step {line}: {random.NextInt64():x16} ✓ größer"));
        }

        Line(state == "Success" ? "Info" : "Error", state == "Success" ? "The task completed successfully" : $"The task ended as {state}");
        return log.ToString();
    }

    private IEnumerable<ContentArtifact> MakeArtifacts(int count)
    {
        var random = Random.For("artifacts");
        for (var number = 1; number <= count; number++)
        {
            var content = new byte[number % 23 == 5 ? 0 : random.Next(50, 20_000)];
            random.NextBytes(content);
            var task = Tasks.Count == 0 ? Executing : Tasks[random.Next(Tasks.Count)];
            yield return new ContentArtifact(number, task.Space ?? "Spaces-1", ArtifactNames[number % ArtifactNames.Length], task.Id, content, task.Completed);
        }
    }
}
