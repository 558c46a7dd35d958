using OctoMoveTui.Engine.CopyTools;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Tests.CopyTools;

/// <summary>What the programs say, as it was recorded or is documented, and what octomove makes of it.</summary>
public sealed class ToolOutputTests
{
    private static readonly CopyOrder Order = new("Packages", "/old/Packages", "octopus@newserver:/new/Packages");
    private static readonly Rsync Rsync = new(new CopyPlan(CopyProgram.Rsync, "rsync", "octopus@newserver:") { RemoteShell = "ssh" });
    private static readonly Robocopy Robocopy = new(new CopyPlan(CopyProgram.Robocopy, "robocopy", @"\\newserver"));
    private static readonly Rclone Rclone = new(new CopyPlan(CopyProgram.Rclone, "rclone", "cloud:"));

    [Fact]
    public void Rsync_tells_bytes_and_the_file_in_hand()
    {
        var output = Said(Rsync, "file:a/big.bin", "", "\r      1,081,345  36%    1.01MB/s    0:00:01  \r      2,129,921  70% 1016.12kB/s    0:00:00  ", "file:tab\\#011name");

        output.BytesDone.ShouldBe(2_129_921);
        output.CurrentFile.ShouldBe("tab\\#011name");
        output.Troubles.ShouldBeEmpty();
    }

    [Fact]
    public void Robocopy_s_files_are_told_by_tabs_and_numbers_in_any_language()
    {
        var output = Said(
            Robocopy, "\t    New File  \t\t    1024\tD:\\Octopus\\Packages\\a b.zip", "\t    Neue Datei\t\t     976\tD:\\Octopus\\Packages\\c.zip",
            "2026/03/01 02:00:00 ERROR 5 (0x00000005) Copying File D:\\Octopus\\Packages\\d.zip", "Access is denied.");

        output.BytesDone.ShouldBe(2000);
        output.CurrentFile.ShouldBe(@"D:\Octopus\Packages\c.zip");
        output.Troubles.ShouldHaveSingleItem().ShouldContain("d.zip");
    }

    [Fact]
    public void Rclone_tells_bytes_totals_and_troubles_as_JSON()
    {
        var output = Said(
            Rclone, """{"level":"warning","msg":"\nTransferred","stats":{"bytes":1077250,"errors":0,"totalBytes":20000002,"transferring":[{"bytes":1077248,"name":"x.bin","size":20000000}]}}""",
            """{"level":"error","msg":"Failed to copy: can't copy - source file is being updated (size changed from 1 to 2)","object":"log.txt"}""", "{ broken", "2026/11/25 21:30:11 Failed to copy: x");

        (output.BytesDone, output.BytesTotal, output.CurrentFile).ShouldBe((1_077_250, 20_000_002, "x.bin"));
        output.Troubles.Count.ShouldBe(2);
        output.Troubles[0].ShouldStartWith("log.txt: Failed to copy");
    }

    [Fact]
    public void A_signed_URL_in_an_error_loses_its_signature()
    {
        var output = Rclone.NewOutput();

        var logged = output.Take("""{"level":"error","msg":"PUT https://x.example.com/c/a.zip?sv=1&sig=abc%2Fdef&se=2: 403 AccessDenied","object":"a.zip"}""");

        logged.ShouldNotBeNull().ShouldContain("sig=***");
        output.Troubles.ShouldHaveSingleItem().ShouldNotContain("abc");
    }

    [Fact]
    public void Every_exit_code_that_is_documented_has_a_reason_and_something_to_do()
    {
        foreach (var (tool, code) in Known())
        {
            var verdict = tool.Judge(Order, code, tool.NewOutput());
            if (tool is Robocopy && code < 8 || code is 0 || tool is Rclone && code == 9)
            {
                verdict.Failure.ShouldBeNull($"{tool.Name} {code}");
                continue;
            }

            var report = verdict.Failure.ShouldNotBeNull($"{tool.Name} {code}").Report;
            report.What.ShouldContain($"exit code {code}");
            report.Why.ShouldNotBeEmpty($"{tool.Name} {code}");
            report.Why.ShouldNotContain("manual", Case.Sensitive, $"{tool.Name} {code}");
            report.ToDo.Count.ShouldBeGreaterThan(1, $"{tool.Name} {code}");
        }
    }

    [Theory]
    [InlineData(11, "rsync: [receiver] write failed on \"/new/a\": No space left on device (28)", "full")]
    [InlineData(12, "bash: line 1: rsync: command not found", "no rsync on it")]
    [InlineData(127, "sh: 1: /nope/rsync: not found", "no rsync on it")]
    [InlineData(2, "rsync: on remote machine: --mkpath: unknown option", "too old")]
    [InlineData(14, "rsync: [sender] Failed to exec ssh: No such file or directory (2)", "remote shell can't be started")]
    [InlineData(23, "rsync: [sender] send_files failed to open \"/old/a\": Permission denied (13)", "Access was denied")]
    [InlineData(255, "Host key verification failed.", "host key")]
    [InlineData(255, "octopus@newserver: Permission denied (publickey,password).", "refused the key")]
    [InlineData(255, "ssh: Could not resolve hostname newserver: Name or service not known", "not known here")]
    [InlineData(255, "ssh: connect to host newserver port 22: Connection refused", "Nothing listens")]
    [InlineData(255, "ssh: connect to host newserver port 22: Connection timed out", "doesn't answer")]
    public void Rsync_s_message_says_more_than_its_exit_code(int code, string message, string why) => Why(Rsync, code, message).ShouldContain(why);

    [Theory]
    [InlineData(16, "2026/03/01 02:00:00 ERROR 53 (0x00000035) Accessing Destination Directory \\\\newserver\\D$\\", "can't be found")]
    [InlineData(8, "2026/03/01 02:00:00 FEHLER 5 (0x00000005) Datei kopieren D:\\a", "Access is denied")]
    [InlineData(8, "2026/03/01 02:00:00 ERROR 112 (0x00000070) Copying File D:\\a", "full")]
    [InlineData(16, "2026/03/01 02:00:00 ERROR 1326 (0x0000052E) Accessing Destination Directory", "refuses this account")]
    [InlineData(9, "2026/03/01 02:00:00 ERROR 32 (0x00000020) Copying File D:\\a", "in use")]
    public void Robocopy_s_numbers_of_Windows_say_more_than_its_exit_code(int code, string message, string why) => Why(Robocopy, code, message).ShouldContain(why);

    [Theory]
    [InlineData(1, "2026/11/25 21:30:11 Failed to create file system for \"nope:\": didn't find section in config file", "no remote of that name")]
    [InlineData(1, """{"level":"error","msg":"AccessDenied: Access Denied status code: 403"}""", "refused access")]
    [InlineData(1, """{"level":"error","msg":"dial tcp: lookup s3.example.com: no such host"}""", "can't be reached")]
    [InlineData(1, """{"level":"error","msg":"write /new/a: no space left on device"}""", "full")]
    [InlineData(1, """{"level":"error","msg":"can't copy - source file is being updated (size changed)","object":"a"}""", "still writes")]
    public void Rclone_s_message_says_more_than_its_exit_code(int code, string message, string why) => Why(Rclone, code, message).ShouldContain(why);

    [Fact]
    public void While_Octopus_works_what_vanishes_or_is_in_use_stops_nothing()
    {
        var live = Order with { SourceIsLive = true };

        Rsync.Judge(live, 24, Rsync.NewOutput()).Failure.ShouldBeNull();
        Rsync.Judge(Order, 24, Rsync.NewOutput()).Failure.ShouldNotBeNull();
        var inUse = Said(Robocopy, "2026/03/01 02:00:00 ERROR 32 (0x00000020) Copying File D:\\a");
        Robocopy.Judge(live, 9, inUse).Notice.ShouldNotBeNull();
        Robocopy.Judge(Order, 9, inUse).Failure.ShouldNotBeNull();
        Robocopy.Judge(live, 9, Said(Robocopy, "2026/03/01 02:00:00 ERROR 5 (0x00000005) Copying File D:\\a")).Failure.ShouldNotBeNull();
        Robocopy.Judge(live, 8, Robocopy.NewOutput()).Failure.ShouldNotBeNull("nothing says what failed");
        var changed = Said(Rclone, """{"level":"error","msg":"Failed to copy: can't copy - source file is being updated (size changed)","object":"a"}""",
            """{"level":"error","msg":"Attempt 1/1 failed with 1 errors and: can't copy - source file is being updated"}""");
        Rclone.Judge(live, 1, changed).Failure.ShouldBeNull();
        Rclone.Judge(Order, 1, changed).Failure.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("rsync  version 3.2.7  protocol version 31", "3.2.7")]
    [InlineData("rsync  version v3.4.0pre1  protocol version 32", "3.4.0")]
    [InlineData("openrsync: protocol version 29, rsync version 2.6.9 compatible", null)]
    public void Rsync_is_known_by_its_version(string said, string? version) => Rsync.VersionIn(new ProgramOutput(0, said, "")).ShouldBe(version);

    [Fact]
    public void Robocopy_s_listing_shows_what_is_there_and_a_missing_directory_is_empty()
    {
        const string share = @"\\newserver\D$\Octopus\Packages";
        Robocopy.Example(share, new ProgramOutput(0, $"\t                           {share}\\\r\n", "")).ShouldBeNull();
        Robocopy.Example(share, new ProgramOutput(1, $"\t                           {share}\\\r\n\t\t\t\t{share}\\mine.txt\r\n", "")).ShouldBe($@"{share}\mine.txt");
        Robocopy.Example(share, new ProgramOutput(16, $"2026/03/01 02:00:00 ERROR 3 (0x00000003) Accessing Source Directory {share}\\\r\n", "")).ShouldBeNull();
        Should.Throw<MoveFailure>(() => Robocopy.Example(share, new ProgramOutput(16, "2026/03/01 02:00:00 ERROR 53 (0x00000035) Getting File System Type", "")));
    }

    [Fact]
    public void The_documentation_has_every_exit_code()
    {
        var page = File.ReadAllText(Support.Repository.PathOf("docs", "copying-with-other-tools.md"));
        var rows = page.Split('\n').Where(each => each.StartsWith('|')).ToList();
        foreach (var (name, codes) in new[] { ("rsync", RsyncFailures.Codes), ("robocopy", RobocopyFailures.Codes), ("rclone", RcloneFailures.Codes) })
        {
            var told = rows.Where(each => each.StartsWith($"| {name} |", StringComparison.Ordinal)).SelectMany(each => each.Split('|')[2].Split(','))
                .Select(each => int.Parse(each.Trim(), System.Globalization.CultureInfo.InvariantCulture)).ToList();
            codes.ShouldBeSubsetOf(told, name);
        }
    }

    private static IEnumerable<(CopyTool Tool, int Code)> Known() =>
    [
        .. RsyncFailures.Codes.Prepend(0).Select(each => ((CopyTool)Rsync, each)),
        .. Enumerable.Range(0, 17).Select(each => ((CopyTool)Robocopy, each)),
        .. RcloneFailures.Codes.Prepend(0).Select(each => ((CopyTool)Rclone, each)),
    ];

    private static string Why(CopyTool tool, int code, string message) => tool.Judge(Order, code, Said(tool, message)).Failure.ShouldNotBeNull().Report.Why;

    private static ToolOutput Said(CopyTool tool, params string[] lines)
    {
        var output = tool.NewOutput();
        foreach (var line in lines)
            output.Take(line);
        return output;
    }
}
