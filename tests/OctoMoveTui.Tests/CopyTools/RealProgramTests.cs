using OctoMoveTui.Engine.CopyTools;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Files;

namespace OctoMoveTui.Tests.CopyTools;

/// <summary>
/// The argument lists and the reading of answers, held against the real rsync and rclone where they are on the PATH. A script stands for ssh: it
/// drops its options and the name of the host, and runs the rest here.
/// </summary>
public sealed class RealProgramTests : IDisposable
{
    private readonly AFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rsync")]
    [InlineData("rclone")]
    public async Task It_is_recent_enough(string name)
    {
        var tool = Tool(name);

        var version = tool.VersionIn(await tool.AskAsync(tool.AskVersion)).ShouldNotBeNull();

        Version.Parse(version).ShouldBeGreaterThanOrEqualTo(Version.Parse(tool.OldestVersion));
    }

    [Theory]
    [InlineData("rsync")]
    [InlineData("rclone")]
    public async Task A_tree_arrives_whole_with_its_times_and_again_only_the_difference(string name)
    {
        var tool = Tool(name);
        _folder.WithLogs(30).With("with space é.txt", "x").With("-rf", "y").With("quote\"'$(x)*", "z").WithEmptyDirectory("nothing/in here");
        File.CreateSymbolicLink(Path.Join(_folder.Source, "link"), "-rf");
        var order = Order(tool);

        var first = await tool.RunAsync(order);
        first.Verdict.Failure.ShouldBeNull(string.Join('\n', first.Output.Troubles));
        var fetched = await FetchAsync(tool);

        Files(fetched).ShouldBe(Files(_folder.Source));
        Directory.Exists(Path.Join(fetched, "nothing", "in here")).ShouldBeTrue();
        first.Output.BytesDone.ShouldBeGreaterThan(SizeOf(_folder.Source) - 100);

        // The same size within the same second: only the fraction tells.
        _folder.With("with space é.txt", "X", tick: 1);
        var second = await tool.RunAsync(order);
        second.Verdict.Failure.ShouldBeNull();
        second.Output.BytesDone.ShouldBeLessThan(100);
        fetched = await FetchAsync(tool);
        Files(fetched).ShouldBe(Files(_folder.Source));

        (await tool.RunAsync(order)).Output.BytesDone.ShouldBe(0);
    }

    [Theory]
    [InlineData("rsync")]
    [InlineData("rclone")]
    public async Task A_file_that_was_damaged_with_size_and_time_kept_is_copied_again_when_it_is_named(string name)
    {
        var tool = Tool(name);
        _folder.WithLogs(10).With("a/b c.txt", "right").With("a/other.txt", "other");
        (await tool.RunAsync(Order(tool))).Verdict.Failure.ShouldBeNull();
        var fetched = await FetchAsync(tool);
        var arrived = tool.IsFetched ? Path.Join(_folder.Root, "cloud", "path", "TaskLogs") : fetched;
        AFolder.Put(Path.Join(arrived, "a/b c.txt"), "wrong"u8.ToArray(), File.GetLastWriteTimeUtc(Path.Join(_folder.Source, "a/b c.txt")));
        AFolder.Put(Path.Join(arrived, "a/other.txt"), "OTHER"u8.ToArray(), File.GetLastWriteTimeUtc(Path.Join(_folder.Source, "a/other.txt")));
        (await tool.RunAsync(Order(tool))).Output.BytesDone.ShouldBe(0, "size and time say that nothing has changed");

        var again = await tool.RunAsync(Order(tool), tool.CopyAgain(Order(tool), ["a", "a/b c.txt"], Path.Join(_folder.Root, "list")));

        again.Verdict.Failure.ShouldBeNull(string.Join('\n', again.Output.Troubles));
        File.ReadAllText(Path.Join(arrived, "a/b c.txt")).ShouldBe("right");
        File.ReadAllText(Path.Join(arrived, "a/other.txt")).ShouldBe("OTHER", "only what is named is copied again");
    }

    [Theory]
    [InlineData("rsync")]
    [InlineData("rclone")]
    public async Task It_tells_an_empty_or_missing_destination_from_one_with_something_in_it(string name)
    {
        var tool = Tool(name);
        var destination = Order(tool).To;
        (await tool.ExampleAsync(destination)).ShouldBeNull("it is not there");
        var place = tool.IsFetched ? Path.Join(_folder.Root, "cloud", "path", "TaskLogs") : _folder.Destination;
        Directory.CreateDirectory(place);
        (await tool.ExampleAsync(destination)).ShouldBeNull("it is empty");
        File.WriteAllText(Path.Join(place, "mine of old.txt"), "");

        (await tool.ExampleAsync(destination)).ShouldBe("mine of old.txt");
    }

    [Theory]
    [InlineData("rsync", "no rsync on it")]
    [InlineData("rclone", "no remote of that name")]
    public async Task A_destination_that_can_not_be_reached_is_a_failure_that_says_why(string name, string why)
    {
        _ = Tool(name);
        CopyTool tool = name == "rsync"
            ? new Rsync(Plan(CopyProgram.Rsync, "octopus@newserver:") with { RemoteShell = RemoteShell(then: "echo 'bash: line 1: rsync: command not found' >&2; exit 127") })
            : new Rclone(Plan(CopyProgram.Rclone, "nowhere:path"));
        var directory = new DirectoryPlan("TaskLogs", _folder.Source, _folder.Destination);
        var order = new CopyOrder("TaskLogs", _folder.Source, tool.DestinationOf(directory, ""));

        (await Should.ThrowAsync<MoveFailure>(() => tool.ExampleAsync(order.To))).Report.Why.ShouldContain(why);
        (await tool.RunAsync(order)).Verdict.Failure.ShouldNotBeNull().Report.Why.ShouldContain(why);
    }

    [Fact]
    public async Task Access_denied_by_ssh_ends_at_once_and_says_what_to_do()
    {
        _ = Tool("rsync");
        var tool = new Rsync(Plan(CopyProgram.Rsync, "octopus@newserver:") with
        {
            RemoteShell = RemoteShell(then: "echo 'octopus@newserver: Permission denied (publickey).' >&2; exit 255"),
        });

        var failure = (await Should.ThrowAsync<MoveFailure>(() => tool.ExampleAsync("octopus@newserver:/octopus"))).Report;

        failure.Why.ShouldContain("refused the key");
        failure.ToDo.ShouldContain(each => each.Contains("authorized_keys", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rsync", 23)]
    [InlineData("rclone", 3)]
    public async Task A_source_that_is_not_there_is_a_failure(string name, int exitCode)
    {
        var tool = Tool(name);
        var order = Order(tool) with { From = Path.Join(_folder.Root, "nowhere") };

        var run = await tool.RunAsync(order);

        run.ExitCode.ShouldBe(exitCode);
        run.Verdict.Failure.ShouldNotBeNull().Report.Raw.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("rsync")]
    [InlineData("rclone")]
    public async Task Stopped_in_the_middle_it_ends_and_the_next_run_goes_on(string name)
    {
        var tool = Tool(name);
        _folder.With("a.txt", "first").With("big.bin", new byte[8 << 20]);
        var order = Order(tool);
        var slowly = tool.Copy(order with { Limit = new TransferRate(2 << 20) });
        using var stop = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => tool.RunAsync(order, slowly, output =>
        {
            if (output.BytesDone > 5)
                stop.Cancel();
        }, stop.Token));

        (await tool.RunAsync(order)).Verdict.Failure.ShouldBeNull();
        Files(await FetchAsync(tool)).ShouldBe(Files(_folder.Source));
    }

    [Fact]
    public async Task Rclone_says_how_exactly_a_remote_keeps_times()
    {
        var tool = (Rclone)Tool("rclone");

        Rclone.PrecisionIn(await tool.AskAsync(tool.AskFeatures)).ShouldNotBeNull().ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    private CopyOrder Order(CopyTool tool) =>
        new("TaskLogs", tool.Local(_folder.Source), tool.DestinationOf(new DirectoryPlan("TaskLogs", _folder.Source, _folder.Destination), ""));

    private async Task<string> FetchAsync(CopyTool tool)
    {
        if (tool.IsFetched)
            (await tool.RunAsync(new CopyOrder("TaskLogs", Order(tool).To, _folder.Destination))).Verdict.Failure.ShouldBeNull();
        return _folder.Destination;
    }

    private CopyTool Tool(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || !IsOnPath(name), $"{name} is not on the PATH");
        return name == "rsync"
            ? new Rsync(Plan(CopyProgram.Rsync, "octopus@newserver:") with { RemoteShell = RemoteShell(then: "exec sh -c \"$*\"") })
            : new Rclone(Plan(CopyProgram.Rclone, $":local:{_folder.Root}/cloud/path"));
    }

    private static CopyPlan Plan(CopyProgram with, string to) => new(with, with == CopyProgram.Rsync ? "rsync" : "rclone", to);

    // rsync gives the account as "-l octopus".
    private string RemoteShell(string then)
    {
        var script = Path.Join(_folder.Root, "remote-shell");
        File.WriteAllText(script, $"#!/bin/sh\nwhile [ $# -gt 0 ]; do case \"$1\" in -l|-o) shift 2;; -*) shift;; *) break;; esac; done\nshift\n{then}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return script;
    }

    private static bool IsOnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Join(folder, name)));

    private static long SizeOf(string root) => new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories).Where(each => each.LinkTarget is null).Sum(each => each.Length);

    // Without the directories: rclone gives them no times.
    private static string Files(string root) => string.Join('\n', AFolder.Picture(root).Split('\n').Where(each => !each.Contains("/ ", StringComparison.Ordinal)));
}
