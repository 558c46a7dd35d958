using System.Text;
using Microsoft.Extensions.Time.Testing;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Journal;

public sealed class MoveJournalTests : IDisposable
{
    private static readonly StepId BackUp = new("back-up-database");
    private static readonly StepId Key = new("save-master-key");

    private readonly TemporaryFolder temporary = new();
    private readonly MoveFolder folder;
    private readonly Redactor redactor = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero));

    public MoveJournalTests()
    {
        folder = new MoveFolder(temporary.Path);
        folder.Create();
    }

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void What_was_finished_is_known_to_the_next_run_with_its_fact()
    {
        using (var journal = Open())
        {
            journal.Started(Key);
            journal.Finished(Key, new MasterKeySaved("1234abcd", "all 14 sensitive values"));
            journal.Started(BackUp);
        }

        var state = MoveJournal.Read(folder);
        state.Of(Key).Standing.ShouldBe(JournalStanding.Finished);
        state.Of(Key).Fact.ShouldBe(new MasterKeySaved("1234abcd", "all 14 sensitive values"));
        state.Of(BackUp).Standing.ShouldBe(JournalStanding.Started);
        state.Of(new StepId("restore-database")).Standing.ShouldBe(JournalStanding.Nothing);
    }

    [Fact]
    public void A_torn_tail_is_cut_off_before_anything_is_appended()
    {
        using (var journal = Open())
            journal.Started(Key);
        File.AppendAllText(folder.JournalFile, "{\"kind\":\"finished\",\"step\":\"save-mas");

        using (var journal = Open())
            journal.Started(BackUp);

        File.ReadAllText(folder.JournalFile).ShouldNotContain("save-mas{");
        MoveJournal.Read(folder).Of(BackUp).Standing.ShouldBe(JournalStanding.Started);
        MoveJournal.Read(folder).Of(Key).Standing.ShouldBe(JournalStanding.Started);
    }

    [Fact]
    public void A_broken_line_in_the_middle_is_refused_by_its_number()
    {
        using (var journal = Open())
            journal.Started(Key);
        var lines = File.ReadAllLines(folder.JournalFile);
        lines[1] = lines[1][..20];
        File.WriteAllLines(folder.JournalFile, lines);

        var failure = Should.Throw<MoveFailure>(() => MoveJournal.Read(folder));
        failure.Report.Cause.ShouldBe(FailureCause.MoveFolder);
        failure.Report.What.ShouldContain("Line 2");
    }

    [Fact]
    public void A_line_that_was_edited_lost_moved_or_put_in_is_refused_by_its_number()
    {
        using (var journal = Open())
        {
            journal.Started(Key);
            journal.Finished(Key, new MasterKeySaved("1234abcd", "x"));
            journal.Started(BackUp);
        }

        var lines = File.ReadAllLines(folder.JournalFile);
        (string How, string[] Lines, int Line)[] accidents =
        [
            ("edited", [lines[0], lines[1], lines[2].Replace("1234abcd", "1234abce", StringComparison.Ordinal), .. lines[3..]], 3),
            ("lost", [lines[0], lines[1], .. lines[3..]], 3),
            ("moved", [lines[0], lines[2], lines[1], .. lines[3..]], 2),
            ("put in", [lines[0], lines[1], """{"kind":"finished","at":"2026-03-01T02:00:00+00:00","machine":"m","user":"u","process":1,"step":"back-up-database"}""", .. lines[2..]], 3),
        ];
        foreach (var (how, spoilt, line) in accidents)
        {
            File.WriteAllText(folder.JournalFile, string.Join('\n', spoilt) + "\n");
            var failure = Should.Throw<MoveFailure>(() => MoveJournal.Read(folder), how);
            failure.Report.What.ShouldContain($"Line {line} ", Case.Sensitive, how);
        }
    }

    [Fact]
    public void A_journal_of_an_earlier_version_has_no_chain_and_goes_on_with_one()
    {
        using (var journal = Open())
            journal.Started(Key);
        var unchained = File.ReadAllLines(folder.JournalFile).Select(each => each[..each.LastIndexOf(",\"chain\"", StringComparison.Ordinal)] + "}");
        File.WriteAllText(folder.JournalFile, string.Join('\n', unchained) + "\n");

        using (var journal = Open())
            journal.Started(BackUp);

        MoveJournal.Read(folder).Of(BackUp).Standing.ShouldBe(JournalStanding.Started);
    }

    [Fact]
    public void A_journal_of_another_plan_is_refused()
    {
        using (Open())
        {
        }

        var failure = Should.Throw<MoveFailure>(() => MoveJournal.Open(folder, SamplePlan.Make() with { MoveId = "another" }, "0.1.0", redactor, time));
        failure.Report.What.ShouldContain("plan.json");
    }

    [Fact]
    public void A_secret_in_a_failure_never_reaches_the_file()
    {
        redactor.Learn("hunter2hunter2");
        using (var journal = Open())
            journal.Failed(Key, new FailureReport(FailureCause.Defect, "hunter2hunter2 was refused", "", [], "Password=hunter2hunter2"));

        File.ReadAllText(folder.JournalFile).ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("""Octopus.Server said "--connectionString=Server=x;Password=hunter22" and gave up""", "hunter22")]
    [InlineData("""{"connection":"Server=x;Password=hunter22","next":1}""", "hunter22")]
    [InlineData("""Password="hunt""er22" was "refused\" """, "hunt")]
    [InlineData("""C:\Octopus\ "quoted" \" pwd=hunter22\""", "hunter22")]
    [InlineData("first\nsecond\r\n\tpassword=hunter22\n", "hunter22")]
    [InlineData("""told: ab'cd"ef;gh1\""", "ef;gh1")]
    [InlineData("""Server=x;Password="ab'cd""ef;gh1";Encrypt=True""", "ef;gh1")]
    public void A_line_with_a_nasty_text_can_be_read_back_and_holds_no_secret(string nasty, string secret)
    {
        redactor.Learn("ab'cd\"ef;gh1");
        using (var journal = Open())
        {
            journal.Failed(Key, new FailureReport(FailureCause.Defect, nasty, nasty, [nasty, nasty], nasty));
            journal.Finished(Key, new LeftOut(nasty));
            journal.Finished(BackUp, new OldServerRetired([nasty], [nasty]));
        }

        var state = MoveJournal.Read(folder);
        state.Entries.Count.ShouldBe(5);
        state.Of(BackUp).Fact.ShouldBeOfType<OldServerRetired>().StillToDo.ShouldHaveSingleItem().ShouldNotContain(secret);
        File.ReadAllText(folder.JournalFile).ShouldNotContain(secret);
        File.ReadAllText(folder.JournalFile).ShouldNotContain(System.Text.Json.JsonSerializer.Serialize(secret, MoveJson.Line)[1..^1]);
    }

    [Fact]
    public void A_secret_that_is_a_word_of_the_journal_itself_does_not_spoil_a_line()
    {
        foreach (var word in new[] { "finished", "left-out", "save-master-key", "skipped", "defect", "fact" })
            redactor.Learn(word);
        using (var journal = Open())
        {
            journal.Failed(Key, new FailureReport(FailureCause.Defect, "what", "", []));
            journal.Finished(Key, new LeftOut("skipped"));
        }

        MoveJournal.Read(folder).Of(Key).Fact.ShouldBe(new LeftOut(Secret.Mask));
    }

    [Fact]
    public void Every_kind_of_fact_survives_the_journal()
    {
        StepFact[] facts =
        [
            new OldServerChecked("2026.2.1", "16.0.1", "Octopus", 5, "AB", "id"), new NewServerChecked("2026.2.1", "16.0.1"), new MasterKeySaved("a", "b"),
            new TasksLetRun("OLD01"), new DatabaseAttached("OctopusServer", "Octopus"), new FurtherNodesAdded(["NEW02"]), new OctopusServerInstalled("2026.2.1", "Octopus.2026.2.1-x64.msi", WantsRestart: true), new DatabaseAndFilesCompared(time.GetUtcNow(), [], []),
            new DirectoriesCopiedAhead([new CopiedDirectory("Packages", 1, 2, "h")]), new MaintenanceModeEntered(time.GetUtcNow(), ["N"]),
            new TasksFinished(2),
            new StockTaken(time.GetUtcNow(), [new KindCount("Project.Releases", 20)], [new SampleRead(new StoredContent(ContentKind.Package, "Spaces-1", "p", "P 1.0"), 5, "ab")]),
            new OldServerStopped("OctopusDeploy", "auto", []),
            new BackupSet(Guid.NewGuid(), "/b.bak", 1, 9, new DateTime(2026, 3, 1), "16", [new TableCount("dbo.Space", 3)]),
            new BackupWithinReach("/b.bak", true), new RestoredDatabase("Octopus", Guid.NewGuid()), new DatabaseUsersFixed("octopus", ["octopus"]),
            new InstanceCreated("OctopusServer", "/c"), new DirectoriesCopied([]), new DirectoriesPlaced(["Packages"]), new ProvenBeforeStart("k", 1, 2),
            new NewServerStarted("v", "i"), new PackagesReindexed(["ServerTasks-1"]), new NewServerVerified(5) { Proofs = [new(ProofTopic.Counts, "Project.Releases", ProofStanding.Holds, "20", "20")] },
            new MaintenanceModeLeft(time.GetUtcNow()),
            new OldServerRetired(["N"], ["DNS"]), new LeftOut("skipped"), new DatabaseMuted("i"),
        ];
        facts.Select(each => each.GetType()).ShouldBe(
            typeof(StepFact).Assembly.GetTypes().Where(each => each.IsSubclassOf(typeof(StepFact))), ignoreOrder: true);

        using (var journal = Open())
        {
            foreach (var fact in facts)
                journal.Finished(new StepId(fact.GetType().Name), fact);
        }

        var state = MoveJournal.Read(folder);
        foreach (var fact in facts)
            Json(state.Of(new StepId(fact.GetType().Name)).Fact!).ShouldBe(Json(fact));
    }

    private static string Json(StepFact fact) => System.Text.Json.JsonSerializer.Serialize(fact, MoveJson.Line);

    private MoveJournal Open() => MoveJournal.Open(folder, SamplePlan.Make(), "0.1.0", redactor, time);
}
