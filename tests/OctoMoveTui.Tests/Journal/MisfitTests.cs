using Microsoft.Extensions.Time.Testing;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Journal;

/// <summary>A folder of another plan, another version or with edits, and a machine that has no part in the move, are refused with the reason.</summary>
public sealed class MisfitTests : IDisposable
{
    private static readonly StepId Stop = new("stop-old-server");

    private readonly TemporaryFolder temporary = new();
    private readonly MoveFolder folder;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero));
    private readonly APerson person = new();

    public MisfitTests()
    {
        folder = new MoveFolder(temporary.Path);
        folder.Create();
        PlanFile.Save(SamplePlan.Make(), folder);
    }

    public void Dispose() => temporary.Dispose();

    [Theory]
    [InlineData(MovePurpose.Move)]
    [InlineData(MovePurpose.Status)]
    [InlineData(MovePurpose.Report)]
    [InlineData(MovePurpose.Verify)]
    [InlineData(MovePurpose.Plan)]
    [InlineData(MovePurpose.Check)]
    [InlineData(MovePurpose.Agree)]
    public async Task An_edited_plan_is_refused_by_all_that_reads_it(MovePurpose purpose)
    {
        Begin();
        File.WriteAllText(folder.PlanFile, File.ReadAllText(folder.PlanFile).Replace(@"D:\\Octopus\\Packages", @"E:\\Elsewhere", StringComparison.Ordinal));

        var failure = await RefusedAsync(purpose);
        failure.What.ShouldContain(SamplePlan.Make().Fingerprint[..8]);
        failure.What.ShouldContain("line 1");
        failure.What.ShouldContain("anna on OLD01 at 2026-03-01 02:00:00Z");
        failure.Why.ShouldContain("edited after the move had begun");
    }

    [Theory]
    [InlineData(MovePurpose.Move)]
    [InlineData(MovePurpose.Status)]
    [InlineData(MovePurpose.Check)]
    public async Task A_plan_that_is_gone_does_not_begin_another_move_in_the_middle_of_this_one(MovePurpose purpose)
    {
        Begin();
        File.Delete(folder.PlanFile);
        var journal = File.ReadAllText(folder.JournalFile);

        (await RefusedAsync(purpose)).What.ShouldContain("is gone, and the journal beside it says that a move is in the middle");
        File.ReadAllText(folder.JournalFile).ShouldBe(journal);
    }

    [Fact]
    public async Task A_plan_of_a_newer_format_is_refused_before_its_members_are_read()
    {
        File.WriteAllText(folder.PlanFile, """{"version":2,"from":"there","to":"here"}""");
        var failure = await RefusedAsync(MovePurpose.Status);
        failure.What.ShouldContain($"is of format 2; octomove {Mover.Version} reads format 1");
        failure.Why.ShouldContain("newer octomove");
    }

    [Theory]
    [InlineData("0.2.0")]
    [InlineData("1.1.0")]
    [InlineData("0.0.9")]
    [InlineData("somebody's own")]
    public async Task A_move_of_another_version_is_not_gone_on_with(string version)
    {
        Begin(version);
        var failure = await RefusedAsync(MovePurpose.Move);
        failure.What.ShouldContain($"This is octomove {Mover.Version}");
        failure.What.ShouldContain($"octomove {version} (anna on OLD01, line 1");
        failure.ToDo.ShouldContain(each => each.Contains($"Go on with octomove {version}", StringComparison.Ordinal));
        (await RefusedAsync(MovePurpose.Verify, repair: true)).What.ShouldContain(version);
    }

    [Theory]
    [InlineData("0.1.7")]
    [InlineData("0.1.0-beta.2")]
    public void Versions_that_differ_only_behind_the_second_number_go_on_with_each_other(string version)
    {
        Begin("0.1.0");
        using var journal = Open(version);
        journal.State.Of(Stop).Standing.ShouldBe(JournalStanding.Started);
    }

    [Fact]
    public async Task A_move_of_another_version_can_be_looked_at_and_that_is_told()
    {
        Begin("0.2.0");
        var ended = await RunAsync(MovePurpose.Status);
        ended.Outcome.ShouldBe(MoveOutcome.Finished, person.Story);
        person.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Warning && each.Text.Contains("octomove 0.2.0 worked on this move last", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_only_a_newer_version_understands_is_no_damage_and_says_which_version_wrote_it()
    {
        Begin("0.2.0");
        Append("""{"kind":"paused","at":"2026-03-01T02:00:00+00:00","machine":"OLD01","user":"anna","process":1}""");

        var failure = await RefusedAsync(MovePurpose.Status);
        failure.What.ShouldContain("Line 4");
        failure.What.ShouldContain("was written by octomove 0.2.0");
    }

    [Fact]
    public async Task A_journal_put_back_from_an_older_copy_is_noticed()
    {
        Begin();
        var older = File.ReadAllText(folder.JournalFile);
        using (var journal = Open())
            journal.Finished(Stop, new OldServerStopped("OctopusDeploy", "auto", []));
        File.WriteAllText(folder.JournalFile, older);

        var failure = await RefusedAsync(MovePurpose.Move);
        failure.What.ShouldContain("has 3 lines; it had 6 once");
        failure.ToDo.ShouldContain(each => each.Contains("journal.tip", StringComparison.Ordinal));

        // The way out that it names.
        File.Delete(folder.JournalTipFile);
        Open().Dispose();
    }

    [Fact]
    public async Task A_journal_that_did_not_come_along_is_missed()
    {
        Begin();
        File.Delete(folder.JournalFile);
        Should.Throw<MoveFailure>(() => Open()).Report.What.ShouldContain("is gone: it had 3 lines once");
        person.Questions.ShouldBeEmpty();
        (await RefusedAsync(MovePurpose.Move)).What.ShouldContain("is gone: it had 3 lines once");
    }

    [Fact]
    public void Two_copies_of_a_folder_that_were_both_worked_on_are_not_mixed()
    {
        Begin();
        var copy = File.ReadAllText(folder.JournalFile);
        using (var here = Open())
            here.Finished(Stop, new OldServerStopped("OctopusDeploy", "auto", []));
        var tip = File.ReadAllText(folder.JournalTipFile);

        File.WriteAllText(folder.JournalFile, copy);
        File.Delete(folder.JournalTipFile);
        using (var there = Open())
            there.Failed(Stop, new FailureReport(FailureCause.Service, "It did not stop.", "", []));
        File.WriteAllText(folder.JournalTipFile, tip);

        Should.Throw<MoveFailure>(() => Open()).Report.What.ShouldContain("is another one than it was");
    }

    [Fact]
    public void A_crash_leaves_no_tip_behind_that_would_be_in_its_way()
    {
        var killed = Open();
        killed.Started(Stop);
        var whole = File.ReadAllText(folder.JournalFile);
        killed.Dispose();

        // What the killed run had written when it died, its last line cut short.
        File.WriteAllText(folder.JournalFile, whole[..^9]);
        File.WriteAllText(folder.JournalTipFile, $$"""{"lines":1,"hash":"{{whole.Split('\n')[0][^34..^2]}}"}""");
        using var next = Open();
        next.State.Entries.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_machine_that_is_neither_server_is_refused_with_both_names()
    {
        Begin();
        var failure = await RefusedAsync(MovePurpose.Move, machine: "LAPTOP");
        failure.What.ShouldBe("This machine is called LAPTOP; the plan knows OLD01 (old) and NEW01 (new).");
        failure.ToDo.ShouldContain(each => each.Contains("--set Machine=", StringComparison.Ordinal));
    }

    [Fact]
    public void A_machine_that_got_another_name_is_told_its_old_one()
    {
        Begin(by: Run("OLD01", id: "aaaa"));
        Fails(Run("OLD01-RENAMED", id: "aaaa")).Why.ShouldContain("knows this very machine as OLD01");
    }

    [Theory]
    [InlineData("OLD01", "aaaa", "OLD01", "bbbb")]
    [InlineData("OLD01.corp.example", null, "OLD01.lab.example", null)]
    public void Another_machine_of_the_same_name_is_refused(string firstHost, string? firstId, string secondHost, string? secondId)
    {
        Begin(by: Run("OLD01", firstHost, firstId));
        var failure = Fails(Run("OLD01", secondHost, secondId));
        failure.What.ShouldContain("Another machine has worked on this move under the name OLD01");
        failure.Why.ShouldContain("anna worked on a machine called OLD01");
    }

    [Fact]
    public void A_name_that_the_configuration_gives_is_somebody_s_word_and_what_speaks_against_it_is_told()
    {
        Begin(by: Run("OLD01", id: "aaaa"));
        Check(Run("OLD01", id: "bbbb"), isNamed: true).ShouldHaveSingleItem().ShouldContain("by that it is another machine");
        Check(Run("NEW01", id: "aaaa"), isNamed: true).ShouldHaveSingleItem().ShouldContain("has worked on it as OLD01");
        Check(Run("OLD01", id: "aaaa"), isNamed: true).ShouldBeEmpty();
        Check(Run("NEW01", id: "bbbb"), isNamed: false).ShouldBeEmpty();
    }

    [Fact]
    public void A_machine_that_is_both_servers_is_both()
    {
        var both = SamplePlan.Make() with { New = SamplePlan.Make().New with { Machine = "old01" } };
        MachineFit.Check(both, JournalState.Empty, Run("OLD01"), isNamed: false).ShouldBeEmpty();
        both.OneMachine.ShouldBeTrue();
    }

    private static RunIdentity Run(string machine, string? host = null, string? id = null) => new(machine, host ?? machine, id, "anna", 1, Mover.Version);

    // A run that was killed after it had begun to stop the old server, and one line of its end.
    private void Begin(string? program = null, RunIdentity? by = null)
    {
        using var journal = MoveJournal.Open(folder, SamplePlan.Make(), by ?? Run("OLD01") with { Program = program ?? Mover.Version }, null, new Redactor(), time);
        journal.Started(Stop);
    }

    private MoveJournal Open(string? program = null) =>
        MoveJournal.Open(folder, SamplePlan.Make(), Run("OLD01") with { Program = program ?? Mover.Version }, null, new Redactor(), time);

    private void Append(string line)
    {
        var chain = JournalReader.Read(folder).Chain;
        File.AppendAllText(folder.JournalFile, chain.Add(line, out _) + "\n");
    }

    private Task<MoveEnded> RunAsync(MovePurpose purpose, string machine = "OLD01", bool repair = false) =>
        new Mover(new MoveSettings { Move = folder.Path, Machine = machine }, person, time).RunAsync(new MoveRequest(purpose, Repair: repair), default);

    private async Task<FailureReport> RefusedAsync(MovePurpose purpose, string machine = "OLD01", bool repair = false)
    {
        var report = (await RunAsync(purpose, machine, repair)).Failure.ShouldNotBeNull(person.Story);
        report.Cause.ShouldBe(machine == "OLD01" ? FailureCause.MoveFolder : FailureCause.WrongServer);
        report.ToDo.ShouldNotBeEmpty();
        person.Questions.ShouldBeEmpty();
        return report;
    }

    private IReadOnlyList<string> Check(RunIdentity here, bool isNamed) => MachineFit.Check(SamplePlan.Make(), MoveJournal.Read(folder), here, isNamed);

    private FailureReport Fails(RunIdentity here)
    {
        var report = Should.Throw<MoveFailure>(() => Check(here, isNamed: false)).Report;
        report.Cause.ShouldBe(FailureCause.WrongServer);
        return report;
    }
}
