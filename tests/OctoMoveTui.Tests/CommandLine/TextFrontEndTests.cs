using System.Text.Json;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;

namespace OctoMoveTui.Tests.CommandLine;

public sealed class TextFrontEndTests : IDisposable
{
    private readonly ACommandLine octomove = new();

    public void Dispose() => octomove.Dispose();

    [Fact]
    public async Task A_move_reads_as_lines()
    {
        octomove.Telling(
            SampleMove.Opened(),
            new StepChanged(SampleMove.BackUp, StepState.Running) { At = SampleMove.Midnight },
            new Logged(LogKind.Proof, "The backup verifies.") { At = SampleMove.Midnight },
            new StepChanged(SampleMove.BackUp, StepState.Done, "1.2 GB") { At = SampleMove.Midnight },
            new OutageStarted(SampleMove.Midnight) { At = SampleMove.Midnight },
            new PointOfNoReturnPassed { At = SampleMove.Midnight });
        await octomove.Run("run");
        octomove.Out.ShouldContain("00:00:00 ▶ [Old server] Back up the database: running");
        octomove.Out.ShouldContain("00:00:00 proof  The backup verifies.");
        octomove.Out.ShouldContain("✓ [Old server] Back up the database: done (1.2 GB)");
        octomove.Out.ShouldContain("Users are locked out since 00:00.");
        octomove.Out.ShouldContain("Point of no return passed");
    }

    [Fact]
    public async Task What_the_journal_says_in_the_beginning_is_not_said_again_unless_the_step_is_done_again()
    {
        var done = new StepChanged(SampleMove.BackUp, StepState.Done, "1.2 GB") { At = SampleMove.Midnight };
        octomove.Telling(SampleMove.Opened(), done, done, new StepChanged(SampleMove.BackUp, StepState.Running) { At = SampleMove.Midnight }, done);
        await octomove.Run("run");
        octomove.Out.Split("Back up the database: done").Length.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_left_to_do_is_a_list()
    {
        octomove.Telling(SampleMove.Opened(), new MoveEnded(MoveOutcome.Finished, "Done.\nLeft for you:\n1. DNS.\n2. Tentacles.", null, 0) { At = SampleMove.Midnight });
        await octomove.Run("run");
        octomove.Out.ReplaceLineEndings("\n").ShouldContain("Left for you:\n1. DNS.\n2. Tentacles.\n");
    }

    [Fact]
    public async Task A_failure_says_what_why_and_what_to_do()
    {
        octomove.Telling(SampleMove.Opened(), SampleMove.Failed);
        (await octomove.Run("run")).ShouldBe(11);
        octomove.Out.ShouldContain("! The new SQL Server can't read \\\\old\\backup\\Octopus_1.bak.");
        octomove.Out.ShouldContain("1. Give the SQL Server service account read on that share.");
        octomove.Out.ShouldContain("Operating system error 5");
        octomove.Out.ShouldContain("Run octomove again.");
    }

    [Fact]
    public async Task Escape_sequences_never_reach_the_terminal()
    {
        octomove.Telling(SampleMove.Opened(), new Logged(LogKind.Detail, "a\u001b[2Jb\u001b]0;title\ac\rd\u202ee\nf") { At = SampleMove.Midnight });
        await octomove.Run("run");
        octomove.Out.ShouldNotContain("\u001b");
        octomove.Out.ShouldContain("abcde\n");
    }

    [Fact]
    public async Task Ascii_means_seven_bits()
    {
        octomove.Telling(SampleMove.Opened("/srv/Übergabe"), new StepChanged(SampleMove.BackUp, StepState.Done, "— fine…") { At = SampleMove.Midnight });
        await octomove.Run("run", "--ascii");
        octomove.Out.ShouldAllBe(c => c < 0x80);
        octomove.Out.ShouldContain("OCTO_OLD -> OCTO_NEW");
    }

    [Fact]
    public async Task Plan_shows_every_step_with_its_statements()
    {
        octomove.Telling(SampleMove.Opened(), new StepPreviewed(SampleMove.BackUp, SampleMove.ConfirmBackUp.Lines));
        await octomove.Run("plan");
        octomove.Out.ShouldContain("back-up-database: Back up the database [Old server, guide step 3, can be undone]");
        octomove.Out.ShouldContain("  SQL  BACKUP DATABASE [Octo_pus]");
        octomove.Out.ShouldContain("       TO DISK = @file WITH COPY_ONLY, CHECKSUM");
        octomove.Out.ShouldContain("  path /backup/Octo_pus.bak");
    }

    [Fact]
    public async Task A_check_ends_in_a_table_whose_last_lines_are_what_needs_somebody()
    {
        octomove.Telling([SampleMove.Opened(), .. SampleChecks.OfEachKind, new StepChanged(SampleChecks.Step, StepState.Failed) { At = SampleMove.Midnight }]);
        await octomove.Run("check", "old");
        var lines = octomove.Out.ReplaceLineEndings("\n").Split('\n');
        lines.SkipWhile(line => line.Length > 0).Skip(1).TakeWhile(line => !line.StartsWith("00:00:00", StringComparison.Ordinal)).ShouldBe(
        [
            "✓ ok      Q1   Version and edition             SQL Server 2019, Standard Edition.",
            "? unknown Q9d  Right to see sessions           octo_user sees its own sessions only.",
            "                                               →  GRANT VIEW SERVER STATE TO [octo_user];",
            "~ warn    Q4g  Read committed snapshot         Read committed snapshot is off.",
            "                                               →  Octopus Server sets it itself. Without it readers wait for writers.",
            "! FAIL    Q12a Probe backup, written           The SQL Server OLD can't write to \\\\old\\backup.",
            "                                               →  Give its service account Modify on that share.",
            "                                               →  Then try again.",
            "",
            "1 passed, 1 warning, 1 unknown, 1 failed",
            "",
        ]);
    }

    [Fact]
    public async Task Queries_are_shown_when_they_are_asked_for()
    {
        octomove.Telling([SampleMove.Opened(), .. SampleChecks.OfEachKind, new StepChanged(SampleChecks.Step, StepState.Done) { At = SampleMove.Midnight }]);
        await octomove.Run("check", "old");
        octomove.Out.ShouldNotContain("SELECT");
        await octomove.Run("check", "old", "--queries");
        octomove.Out.ReplaceLineEndings("\n").ShouldContain("    SELECT name,\n               is_read_committed_snapshot_on, snapshot_isolation_state_desc, is_encrypted\n    FROM sys.databases;\n");
    }

    [Fact]
    public async Task In_a_move_only_checks_that_did_not_pass_are_told_at_once_and_the_rest_is_a_number()
    {
        octomove.Telling([SampleMove.Opened(), .. SampleChecks.OfEachKind, new StepChanged(SampleChecks.Step, StepState.Failed) { At = SampleMove.Midnight }]);
        await octomove.Run("run");
        octomove.Out.ShouldContain("00:00:00 warn   Q4g Read committed snapshot: Read committed snapshot is off.");
        octomove.Out.ShouldContain("00:00:00 warn   Q9d Right to see sessions: unknown: octo_user sees its own sessions only.");
        octomove.Out.ShouldContain("00:00:00 ERROR  Q12a Probe backup, written: The SQL Server OLD can't write");
        octomove.Out.ShouldContain("\n                Then try again.");
        octomove.Out.ShouldNotContain("Version and edition");
        octomove.Out.ShouldContain("1 passed, 1 warning, 1 unknown, 1 failed");
    }

    [Fact]
    public async Task A_check_is_one_json_line_with_its_verdict_in_a_word()
    {
        octomove.Telling(SampleMove.Opened(), SampleChecks.Failed);
        await octomove.Run("check", "old", "--json");
        var made = octomove.Out.Trim().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).Single(line => line.GetProperty("event").GetString() == "check-made");
        made.EnumerateObject().Select(each => each.Name).ShouldBe(
            ["event", "step", "id", "title", "side", "verdict", "finding", "advice", "query", "at"], ignoreOrder: true);
        made.GetProperty("step").GetString().ShouldBe("check-old-server");
        made.GetProperty("id").GetString().ShouldBe("Q12a");
        made.GetProperty("side").GetString().ShouldBe("old");
        made.GetProperty("verdict").GetString().ShouldBe("fail");
        made.GetProperty("finding").GetString().ShouldBe("The SQL Server OLD can't write to \\\\old\\backup.");
        made.GetProperty("advice").EnumerateArray().Select(each => each.GetString()).ShouldBe(SampleChecks.Failed.Advice);
        made.GetProperty("query").GetString().ShouldBe("BACKUP DATABASE [Octo_pus] TO DISK = @file0;");
    }

    [Fact]
    public async Task Progress_is_a_line_for_every_tenth_and_tasks_only_when_they_change()
    {
        var task = new RunningTask("ServerTasks-7", "Deploy Web", "Executing", "Default", SampleMove.Midnight.AddMinutes(-5), true);
        octomove.Telling(
            [SampleMove.Opened(),
             .. Enumerable.Range(0, 101).Select(done => new Progressed(SampleMove.BackUp, "Backing up", done, null, ProgressUnit.Percent)),
             new TasksSeen([task]), new TasksSeen([task]), new TasksSeen([])]);
        await octomove.Run("run");
        octomove.Out.Split('\n').Count(line => line.Contains("Backing up:")).ShouldBe(11);
        octomove.Out.Split('\n').Count(line => line.Contains("Deploy Web, 5 minutes, WAITS FOR A PERSON")).ShouldBe(1);
        octomove.Out.ShouldContain("No task is running");
    }

    [Fact]
    public async Task A_copy_tells_files_and_bytes_of_known_totals_both_rates_and_what_could_not_be_read()
    {
        octomove.Telling(SampleMove.Opened(), Copying(new FilesProgress(12_345, 50_000, 840, Troubles: 2)));
        await octomove.Run("run");
        octomove.Out.ShouldContain(
            "Copying TaskLogs: 3.2 of 14.1 GB (22 %), 12,345 of 50,000 files, 64 MB/s, 840 files/s, 1 minute, 40 seconds left; 2 files not readable yet, see the log");
    }

    [Fact]
    public async Task While_a_copy_is_still_counted_its_totals_are_so_far()
    {
        octomove.Telling(SampleMove.Opened(), Copying(new FilesProgress(1, null, null, 8000, 3L << 30)) with { Total = null, Done = 2L << 30, Remaining = null });
        await octomove.Run("run");
        octomove.Out.ShouldContain("Copying TaskLogs: 2 of 3 GB so far, 1 of 8,000 files so far, 64 MB/s");
    }

    [Fact]
    public async Task The_pace_and_the_files_of_a_copy_are_json_too()
    {
        octomove.Telling(
            SampleMove.Opened(), new CopyPaceChanged(SampleMove.BackUp, true, true, 20 << 20), Copying(new FilesProgress(12_345, 50_000, 840, Troubles: 2)));
        await octomove.Run("run", "--json");
        var lines = octomove.Out.Trim().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var pace = lines.Single(line => line.GetProperty("event").GetString() == "copy-pace-changed");
        pace.GetProperty("isPaused").GetBoolean().ShouldBeTrue();
        pace.GetProperty("bytesPerSecond").GetInt64().ShouldBe(20 << 20);
        var files = lines.Single(line => line.GetProperty("event").GetString() == "progressed").GetProperty("files");
        files.GetProperty("done").GetInt64().ShouldBe(12_345);
        files.GetProperty("total").GetInt64().ShouldBe(50_000);
        files.GetProperty("ratePerSecond").GetDouble().ShouldBe(840);
        files.GetProperty("troubles").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task A_verification_lists_each_difference_and_ends_in_a_line_for_each_directory()
    {
        octomove.Telling(
            SampleMove.Opened(),
            new FileDiffers("Packages", DifferenceKind.Missing, "a/b.zip", "it is missing"),
            new DirectoryVerified("Packages", "/new/Packages", VerifyDepth.Contents, 1234, 3L << 30, [new(DifferenceKind.Missing, 1)], false) { At = SampleMove.Midnight },
            new FileRepaired("Packages", "a/b.zip", "/old/Packages") { At = SampleMove.Midnight },
            new DirectoryVerified("Packages", "/new/Packages", VerifyDepth.Contents, 1235, 3L << 30, [], true) { At = SampleMove.Midnight });
        await octomove.Run("verify", "--times", "--repair");
        octomove.Request.ShouldBe(new MoveRequest(MovePurpose.Verify, Depth: VerifyDepth.SizesAndTimes, Repair: true));
        octomove.Out.ShouldContain("  Packages: missing          a/b.zip: it is missing");
        octomove.Out.ShouldContain("00:00:00 ! Packages at /new/Packages: 1,234 files, 3 GB; 1 missing");
        octomove.Out.ShouldContain("00:00:00 Packages: copied again: a/b.zip");
        octomove.Out.ShouldContain("00:00:00 ✓ Packages at /new/Packages: after the repair, 1,235 files, 3 GB, all as copied, by content");
    }

    [Fact]
    public async Task Verifying_by_contents_and_by_times_at_once_is_refused()
    {
        (await octomove.Run("verify", "--times", "--contents")).ShouldBe(2);
        octomove.Error.ShouldContain("Either --contents or --times, not both.");
        await octomove.Run("verify");
        octomove.Request.ShouldBe(new MoveRequest(MovePurpose.Verify));
    }

    private static Progressed Copying(FilesProgress files) =>
        new(SampleMove.BackUp, "Copying TaskLogs", 3.2 * (1 << 30), 14.1 * (1 << 30), ProgressUnit.Bytes, 64 << 20, TimeSpan.FromSeconds(100)) { Files = files };

    [Fact]
    public async Task Json_is_one_object_a_line_with_words_for_enums()
    {
        octomove.Telling(SampleMove.Opened(), new StepChanged(SampleMove.BackUp, StepState.OnOtherServer) { At = SampleMove.Midnight }, SampleMove.Failed);
        (await octomove.Run("run", "--json")).ShouldBe(11);
        var lines = octomove.Out.Trim().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Select(line => line.GetProperty("event").GetString()).ShouldBe(["move-opened", "step-changed", "move-ended"]);
        lines[0].GetProperty("steps")[4].GetProperty("nature").GetString().ShouldBe("point-of-no-return");
        lines[1].GetProperty("step").GetString().ShouldBe("back-up-database");
        lines[1].GetProperty("state").GetString().ShouldBe("on-other-server");
        lines[2].GetProperty("failure").GetProperty("cause").GetString().ShouldBe("sql-statement");
        lines[2].GetProperty("exitCode").GetInt32().ShouldBe(11);
    }

    [Fact]
    public async Task Json_shows_questions_without_their_secrets_and_nothing_but_json_on_the_output()
    {
        octomove.WithVariable("OCTOMOVE_MasterKey", "s3cret==")
            .Asking(SampleMove.ConfirmBackUp, new ProveMasterKeySaved(new Secret("s3cret=="), "ab12", "a certificate"));
        (await octomove.Run("run", "--json", "--yes")).ShouldBe(0);
        octomove.Out.ShouldNotContain("s3cret");
        var lines = octomove.Out.Trim().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Select(line => line.GetProperty("question").GetString()).ShouldBe(["confirm-step", "prove-master-key-saved"]);
        octomove.Error.ShouldContain("Confirmed by --yes");
    }

    [Fact]
    public async Task Json_says_a_usage_failure_as_json_too()
    {
        (await octomove.Run("run", "--json", "--set", "Colour=red")).ShouldBe(2);
        JsonDocument.Parse(octomove.Out).RootElement.GetProperty("exitCode").GetInt32().ShouldBe(2);
    }
}
