// dotnet tool restore && dotnet cake [--target=…]
//
//   Clean     removes what was built
//   Build     builds everything
//   Test      runs all tests (the default)
//   Proofs    prints which test proves what about SQL Server, and about the known ways in which moves go wrong
//   Crash     stops the move at every step and kills the directory copy at every moment, and resumes them (Test does that at some of them)
//   Contract  holds SQL Server, or the pretend one, to what the engine takes for granted (docs/testing-on-sql-server.md)
//   Bench     measures copying directories against rsync and cp     --bench="--full" (half an hour, 20 GB free, root)
//   Publish   one self-contained file a platform into publish/      --rids=linux-x64,win-x64,linux-arm64,osx-arm64

var target = Argument("target", "Default");
var configuration = Argument("configuration", "Release");
var rids = Argument("rids", "linux-x64,win-x64").Split(',', StringSplitOptions.RemoveEmptyEntries);
var benchOptions = Argument("bench", "");

const string Solution = "./OctoMoveTui.sln";

Task("Clean")
    .Description("Removes what was built; publish/README.md stays.")
    .Does(() =>
{
    CleanDirectories("./src/*/bin");
    CleanDirectories("./src/*/obj");
    CleanDirectories("./tests/*/bin");
    CleanDirectories("./tests/*/obj");
    foreach (var published in GetSubDirectories("./publish"))
    {
        DeleteDirectory(published, new DeleteDirectorySettings { Recursive = true });
    }
});

Task("Build")
    .Description("Builds everything.")
    .Does(() => DotNetBuild(Solution, new DotNetBuildSettings { Configuration = configuration }));

Task("Test")
    .Description("Runs all tests.")
    .IsDependentOn("Build")
    .Does(() => DotNetTest(Solution, new DotNetTestSettings { Configuration = configuration, NoBuild = true, PathType = DotNetTestPathType.Solution }));

Task("Proofs")
    .Description("Prints which test proves what about SQL Server, and about each known way in which moves go wrong. The tests hold these tables in step with themselves.")
    .Does(() =>
{
    foreach (var table in new[] { "sql-server-proofs", "octopus-proofs" })
    {
        Information("{0}", System.IO.File.ReadAllText($"./docs/{table}.md"));
    }
});

Task("Crash")
    .Description("Stops the move at every step, kills the directory copy at every moment, and resumes them. Says how many kills were survived.")
    .IsDependentOn("Build")
    .Does(() => DotNetTest(Solution, new DotNetTestSettings
    {
        Configuration = configuration, NoBuild = true, PathType = DotNetTestPathType.Solution,
        EnvironmentVariables = new Dictionary<string, string> { ["OCTOMOVE_TEST_ALL"] = "1" },
        ArgumentCustomization = arguments => arguments.Append("--filter-class").Append("*ResumeTests").Append("*KilledCopyTests").Append("*UndoMoveTests").Append("*EveryTroubleTests")
            .Append("--output").Append("Detailed"), // with what the tests of kills print
    }));

Task("Contract")
    .Description("Asks the SQL Server of OCTOMOVE_TEST_SQL, or the pretend one, for what the engine takes for granted.")
    .IsDependentOn("Build")
    .Does(() => DotNetTest(Solution, new DotNetTestSettings
    {
        Configuration = configuration, NoBuild = true, PathType = DotNetTestPathType.Solution,
        ArgumentCustomization = arguments => arguments.Append("--filter-namespace").Append("OctoMoveTui.Tests.Contract"),
    }));

Task("Bench")
    .Description("Measures copying and checking directories against rsync and cp. Compiled ahead: each measured run is a process of its own.")
    .Does(() =>
{
    var program = Directory("./tests/OctoMoveTui.Benchmarks/bin/Bench");
    DotNetPublish("./tests/OctoMoveTui.Benchmarks/OctoMoveTui.Benchmarks.csproj", new DotNetPublishSettings
    {
        Configuration = "Release", Runtime = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier, OutputDirectory = program,
    });
    var result = StartProcess(
        program + File(IsRunningOnWindows() ? "OctoMoveTui.Benchmarks.exe" : "OctoMoveTui.Benchmarks"), new ProcessSettings { Arguments = benchOptions });
    if (result != 0)
    {
        throw new CakeException(result);
    }
});

Task("Publish")
    .Description("Makes one self-contained file a platform.")
    .Does(() =>
{
    foreach (var rid in rids)
    {
        var folder = Directory("./publish") + Directory(rid);
        CleanDirectory(folder);

        // Single file, compression and the like are in the project: they belong to every way of publishing it.
        DotNetPublish("./src/OctoMoveTui/OctoMoveTui.csproj", new DotNetPublishSettings
        {
            Configuration = "Release", Runtime = rid, SelfContained = true, OutputDirectory = folder,
            MSBuildSettings = new DotNetMSBuildSettings().WithProperty("DebugType", "embedded"), // no .pdb files beside the program
        });
        var program = GetFiles($"./publish/{rid}/octomove*").Single();
        Information("{0}: {1:0.0} MB", program.GetFilename(), new System.IO.FileInfo(program.FullPath).Length / 1e6);
    }
});

Task("Default").IsDependentOn("Test");

RunTarget(target);
