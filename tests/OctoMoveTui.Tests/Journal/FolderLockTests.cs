using Microsoft.Extensions.Time.Testing;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Journal;

/// <summary>Who may take the move folder, and with what proof; only that a beat goes up counts, never a clock of another machine.</summary>
public sealed class FolderLockTests : IDisposable
{
    private static readonly RunIdentity Me = RunIdentity.Here("OLD01", "0.1.0");

    private static readonly RunIdentity Elsewhere = Me with { Machine = "NEW01", Host = "NEW01.corp.example", MachineId = "fedc", Boot = "another", User = "anna", Process = 4711 };

    private readonly TemporaryFolder temporary = new();
    private readonly MoveFolder folder;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero));
    private readonly APerson person = new();
    private readonly Conversation conversation;

    public FolderLockTests()
    {
        folder = new MoveFolder(temporary.Path);
        folder.Create();
        conversation = new Conversation(person, new Redactor(), time);
    }

    public void Dispose()
    {
        conversation.Dispose();
        temporary.Dispose();
    }

    [Fact]
    public async Task A_folder_that_a_living_octomove_holds_is_refused_with_who_holds_it()
    {
        await using var held = await TakeAsync();

        var failure = await RefusedAsync();
        failure.What.ShouldContain("Another octomove");
        failure.Why.ShouldContain($"{Me.User} on OLD01");
        failure.Why.ShouldContain($"process {Environment.ProcessId}");
        failure.Why.ShouldContain("began 2026-03-01 02:00:00Z");
    }

    [Fact]
    public async Task Given_free_in_good_order_it_leaves_no_trace_and_is_taken_again_without_a_word()
    {
        await (await TakeAsync()).DisposeAsync();
        File.Exists(folder.LockRecordFile).ShouldBeFalse();

        await using var again = await TakeAsync();
        again.TakenOver.ShouldBeNull();
        person.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_beat_goes_up_as_long_as_it_is_held()
    {
        await using var held = await TakeAsync();
        for (var beat = 1; beat <= 3; beat++)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await UntilAsync(() => LockRecord.Find(folder)?.Beat == beat);
        }
    }

    [Fact]
    public async Task What_a_process_left_that_is_gone_is_taken_over_at_once()
    {
        Leave(Me with { Process = int.MaxValue });
        await using var held = await TakeAsync();
        held.TakenOver.ShouldNotBeNull().ShouldContain("that process is gone");
        LockRecord.Find(folder).ShouldNotBeNull().By.ShouldBe(Me);
    }

    [Fact]
    public async Task A_number_that_another_process_has_by_now_is_no_sign_of_life()
    {
        Leave(Me with { ProcessBegan = "1" });
        await using var held = await TakeAsync();
        held.TakenOver.ShouldNotBeNull().ShouldContain($"its number {Environment.ProcessId} belongs to another one");
    }

    [Fact]
    public async Task A_process_that_lives_keeps_its_lock_even_where_its_open_file_is_not_seen()
    {
        Leave(Me);
        var failure = await RefusedAsync();
        failure.Why.ShouldContain("alive on this machine");
        person.Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_restart_of_the_machine_it_is_taken_over_when_no_sign_of_life_comes()
    {
        Leave(Me with { Boot = "the one before" });
        await using var held = await TakeAsync();
        held.TakenOver.ShouldNotBeNull().ShouldContain("was started anew since");
        time.GetUtcNow().ShouldBeGreaterThanOrEqualTo(new DateTimeOffset(2026, 3, 1, 2, 0, 30, TimeSpan.Zero), "it was watched");
    }

    [Theory]
    [InlineData("a twin of the same name", null, "fedc")]
    [InlineData("the same name in another domain", "OLD01.other.example", null)]
    public async Task A_machine_of_the_same_name_is_another_machine(string which, string? host, string? id)
    {
        Leave(Me with { Boot = "another", Host = host ?? Me.Host, MachineId = id ?? Me.MachineId ?? "abcd" }, process: int.MaxValue);
        person.Answers = _ => new StopHere();
        await Should.ThrowAsync<MoveStopped>(TakeAsync, which);
    }

    [Fact]
    public async Task A_process_in_another_container_can_not_be_seen_and_is_asked_about()
    {
        Leave(Me with { Processes = "pid:[1]", Process = int.MaxValue });
        person.Answers = _ => new StopHere();
        await Should.ThrowAsync<MoveStopped>(TakeAsync);
        person.Questions.OfType<TypeName>().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-40)]
    [InlineData(+40)]
    public async Task Of_another_machine_a_person_has_to_say_it_whatever_its_clock_says(int years)
    {
        Leave(Elsewhere, at: time.GetUtcNow().AddYears(years));
        await using var held = await TakeAsync();

        var asked = person.Questions.OfType<TypeName>().ShouldHaveSingleItem();
        (asked.Name, asked.NeedsPerson, asked.Destroys).ShouldBe(("NEW01", true, false));
        asked.Consequence.ShouldContain("anna on NEW01 (NEW01.corp.example), process 4711");
        asked.Consequence.ShouldContain("Go to that machine");
        held.TakenOver.ShouldNotBeNull().ShouldContain("has typed that nobody works there any more");
    }

    [Fact]
    public async Task Of_another_machine_it_is_refused_while_its_beat_goes_up()
    {
        Leave(Elsewhere);
        person.On = happening =>
        {
            if (happening is Logged { Text: var text } && text.Contains("Watching", StringComparison.Ordinal))
                Leave(Elsewhere, beat: 8);
        };

        (await RefusedAsync()).Why.ShouldContain("gave a sign of life");
        person.Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_another_machine_it_is_refused_when_its_beat_goes_up_while_the_question_is_open()
    {
        Leave(Elsewhere);
        person.Answers = question =>
        {
            Leave(Elsewhere, beat: 8);
            return new Typed(((TypeName)question).Name);
        };

        (await RefusedAsync()).Why.ShouldContain("gave a sign of life");
    }

    [Fact]
    public async Task Whoever_does_not_say_it_leaves_the_lock_as_it_was()
    {
        Leave(Elsewhere);
        person.Answers = _ => new StopHere();
        await Should.ThrowAsync<MoveStopped>(TakeAsync);
        LockRecord.Find(folder).ShouldNotBeNull().By.ShouldBe(Elsewhere);

        await using var _ = new FileStream(folder.LockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public async Task A_slow_beat_is_watched_longer()
    {
        Leave(Elsewhere, every: TimeSpan.FromMinutes(1));
        await using var held = await TakeAsync();
        time.GetUtcNow().ShouldBeGreaterThanOrEqualTo(new DateTimeOffset(2026, 3, 1, 2, 6, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"run\":")]
    [InlineData("null")]
    public async Task A_record_that_can_not_be_understood_is_refused(string text)
    {
        File.WriteAllText(folder.LockRecordFile, text);
        (await RefusedAsync()).What.ShouldContain("can't be understood");
    }

    [Fact]
    public async Task Trouble_with_a_sign_of_life_is_told_once_and_stops_nothing()
    {
        await using var held = await TakeAsync();
        Directory.CreateDirectory(folder.LockRecordFile + ".part");
        await AdvanceUntilAsync(() => Warnings().Any());
        time.Advance(TimeSpan.FromSeconds(20));
        Directory.Delete(folder.LockRecordFile + ".part");
        await AdvanceUntilAsync(() => LockRecord.Find(folder)?.Beat > 0);

        Warnings().ShouldHaveSingleItem().ShouldContain("The move goes on");
        held.Loss.ShouldBeNull();
    }

    [Fact]
    public async Task A_record_that_somebody_deleted_is_written_again()
    {
        await using var held = await TakeAsync();
        File.Delete(folder.LockRecordFile);
        await AdvanceUntilAsync(() => LockRecord.Find(folder) is not null);
        held.Loss.ShouldBeNull();
    }

    [Fact]
    public async Task Once_it_was_taken_over_elsewhere_nothing_more_is_written()
    {
        var held = await TakeAsync();
        using (var journal = MoveJournal.Open(folder, SamplePlan.Make(), Me, held, new Redactor(), time))
        {
            Leave(Elsewhere);
            await AdvanceUntilAsync(() => held.Lost.IsCancellationRequested);

            var failure = Should.Throw<MoveFailure>(() => journal.Started(new StepId("restore-database")));
            failure.Report.What.ShouldContain("has taken the move folder");
            failure.Report.What.ShouldContain("anna on NEW01");
        }

        await held.DisposeAsync();
        MoveJournal.Read(folder).Entries.ShouldHaveSingleItem().Kind.ShouldBe(JournalKind.Opened);
        LockRecord.Find(folder).ShouldNotBeNull().By.ShouldBe(Elsewhere, "it is not ours to take away");
    }

    [Fact]
    public async Task The_journal_says_who_opened_it_and_what_was_taken_over()
    {
        Leave(Me with { Process = int.MaxValue });
        await using var held = await TakeAsync();
        MoveJournal.Open(folder, SamplePlan.Make(), Me, held, new Redactor(), time).Dispose();

        var opened = MoveJournal.Read(folder).Entries[0];
        (opened.Machine, opened.Host, opened.MachineId, opened.Program).ShouldBe(("OLD01", Me.Host, Me.MachineId, "0.1.0"));
        opened.TakenOver.ShouldBe(held.TakenOver);
    }

    private void Leave(RunIdentity who, long beat = 7, DateTimeOffset? at = null, TimeSpan? every = null, int? process = null) =>
        new LockRecord(new Guid("11111111-2222-3333-4444-555555555555"), process is { } number ? who with { Process = number } : who, at ?? time.GetUtcNow(), every ?? TimeSpan.FromSeconds(5))
        {
            Beat = beat,
            BeatAt = at ?? time.GetUtcNow(),
        }.Write(folder);

    // Time passes as fast as somebody waits for it.
    private async Task<FolderLock> TakeAsync()
    {
        var taking = FolderLock.TakeAsync(folder, Me, conversation, new TimingSettings(), time, TestContext.Current.CancellationToken);
        while (!taking.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await taking;
    }

    private async Task<FailureReport> RefusedAsync()
    {
        var report = (await Should.ThrowAsync<MoveFailure>(TakeAsync)).Report;
        report.Cause.ShouldBe(FailureCause.MoveFolder);
        report.ToDo.ShouldNotBeEmpty();
        return report;
    }

    private Task AdvanceUntilAsync(Func<bool> holds) => UntilAsync(() =>
    {
        time.Advance(TimeSpan.FromSeconds(5));
        return holds();
    });

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private IEnumerable<string> Warnings() => person.Events.OfType<Logged>().Where(each => each.Kind == LogKind.Warning).Select(each => each.Text);
}
