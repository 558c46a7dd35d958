using Microsoft.Extensions.Time.Testing;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Journal;

public sealed class CutOffRunTests : IDisposable
{
    private static readonly StepId BackUp = new("back-up-database");
    private static readonly StepId Copy = new("copy-directories");

    private readonly TemporaryFolder temporary = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero));

    private MoveFolder Folder => new(temporary.Path);

    public void Dispose() => temporary.Dispose();

    private MoveJournal Open() => MoveJournal.Open(Folder, SamplePlan.Make(), "1.0", new Redactor(), time);

    [Fact]
    public void One_that_left_in_good_order_was_not_cut_off()
    {
        CutOffRun.Of(MoveJournal.Read(Folder)).ShouldBeNull("there was none");
        using (var journal = Open())
        {
            journal.Started(BackUp);
            journal.Failed(BackUp, new FailureReport(FailureCause.SqlStatement, "No.", "", []));
        }

        CutOffRun.Of(MoveJournal.Read(Folder)).ShouldBeNull();
    }

    [Fact]
    public void One_that_did_not_says_who_when_and_in_the_middle_of_what()
    {
        using var journal = Open();
        journal.Started(new StepId("save-master-key"));
        journal.Finished(new StepId("save-master-key"), new MasterKeySaved("1234abcd", "x"));
        journal.Started(BackUp);
        journal.Started(Copy);
        time.Advance(TimeSpan.FromMinutes(1));
        journal.Marked(BackUp, "mark");

        var cut = CutOffRun.Of(MoveJournal.Read(Folder)).ShouldNotBeNull();
        cut.Steps.ShouldBe([BackUp, Copy]);
        cut.Told.ShouldBe(
            $"The last run did not end in order: process {Environment.ProcessId} ({Environment.UserName} on {Environment.MachineName}), begun 2026-03-01 02:00:00Z, "
            + "was cut off after 2026-03-01 02:01:00Z, in the middle of \"Back up the database\" and \"Copy directories\".");
    }

    [Fact]
    public void Only_the_last_run_counts()
    {
        using (var first = Open())
        {
            first.Started(BackUp);
        }

        using var second = Open();
        CutOffRun.Of(MoveJournal.Read(Folder)).ShouldNotBeNull().Told.ShouldEndWith("between two steps.");
    }
}
