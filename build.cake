// dotnet tool restore && dotnet cake [--target=…]
//
//   Clean     removes what was built
//   Build     builds everything
//   Test      runs all tests (the default)
//   Proofs    prints which test proves what about SQL Server, and about the known ways in which moves go wrong
//   Crash     kills the real program before, within and after every effect of a move, and goes on (half an hour; Test does that at some of them)
//   Fuzz      feeds two million hostile manifests, plans, journals and answers to what reads them (Test a hundred thousand)   --inputs=N
//   Contract  holds SQL Server, or the pretend one, to what the engine takes for granted (docs/testing-on-sql-server.md)
//   Bench     measures copying directories against rsync and cp     --bench="--full" (half an hour, 20 GB free, root)
//   Publish   one self-contained file a platform into publish/      --rids=linux-x64,win-x64,linux-arm64,osx-arm64

var target = Argument("target", "Default");
var configuration = Argument("configuration", "Release");
var rids = Argument("rids", "linux-x64,win-x64").Split(',', StringSplitOptions.RemoveEmptyEntries);
var inputs = Argument("inputs", "2000000");
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
    .Description("Kills the real program before, within and after every effect of a whole move, kills the directory copy at every moment, cuts the journal at every byte, and goes on. Says how many kills were survived.")
    .IsDependentOn("Build")
    .Does(() =>
{
    // Compiled ahead: it is started some two thousand times.
    var program = Directory("./tests/OctoMoveTui.Tests/bin/Crash");
    DotNetPublish("./src/OctoMoveTui/OctoMoveTui.csproj", new DotNetPublishSettings
    {
        Configuration = "Release", Runtime = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier, SelfContained = false, OutputDirectory = program,
        MSBuildSettings = new DotNetMSBuildSettings().WithProperty("PublishSingleFile", "false").WithProperty("SelfContained", "false").WithProperty("PublishReadyToRun", "true"),
    });
    DeleteFiles("./tests/OctoMoveTui.Tests/bin/*/*/numbers/*.txt");
    try
    {
        DotNetTest(Solution, new DotNetTestSettings
        {
            Configuration = configuration, NoBuild = true, NoRestore = true, PathType = DotNetTestPathType.Solution,
            EnvironmentVariables = new Dictionary<string, string>
            {
                ["OCTOMOVE_TEST_ALL"] = "1", ["OCTOMOVE_TEST_PROGRAM"] = MakeAbsolute(program + File("octomove.dll")).FullPath,
            },
            ArgumentCustomization = arguments => arguments.Append("--filter-class").Append("*ResumeTests").Append("*KilledCopyTests").Append("*UndoMoveTests")
                .Append("*EveryTroubleTests").Append("*KillMatrixTests").Append("*CutOffStartTests").Append("*JournalCutTests")
                .Append("--output").Append("Detailed"), // with what failed where
        });
    }
    finally
    {
        foreach (var numbers in GetFiles("./tests/OctoMoveTui.Tests/bin/*/*/numbers/*.txt"))
        {
            Information("{0}", System.IO.File.ReadAllText(numbers.FullPath).TrimEnd());
        }
    }
});

Task("Fuzz")
    .Description("Feeds hostile manifests, plans, journals, records and answers of programs to what reads them, and says how many.")
    .IsDependentOn("Build")
    .Does(() =>
{
    DotNetTest(Solution, new DotNetTestSettings
    {
        Configuration = configuration, NoBuild = true, PathType = DotNetTestPathType.Solution,
        EnvironmentVariables = new Dictionary<string, string> { ["OCTOMOVE_TEST_FUZZ"] = inputs },
        ArgumentCustomization = arguments => arguments.Append("--filter-namespace").Append("OctoMoveTui.Tests.Fuzz"),
    });
    foreach (var numbers in GetFiles($"./tests/OctoMoveTui.Tests/bin/{configuration}/net10.0/numbers/Hostile*"))
    {
        Information("{0}", System.IO.File.ReadAllText(numbers.FullPath).Trim());
    }
});

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
