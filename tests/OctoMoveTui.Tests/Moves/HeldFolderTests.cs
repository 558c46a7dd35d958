using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>A move folder whose lock another machine has left, or takes away in the middle.</summary>
public sealed class HeldFolderTests
{
    [Fact]
    public async Task Unattended_a_lock_of_another_machine_is_left_alone_with_what_to_do()
    {
        await using var move = await AMove.OnAsync();
        Leave(move, "NEW01");

        (await move.RunProgramAsync("run", "--yes", "--set", "Timing:LockSilent=00:00:00.1")).ShouldBe((int)FailureCause.NeedsAnswer, move.Printed);

        move.Printed.ShouldContain("\"NEW01\" has to be typed by somebody who has looked. The move folder");
        move.Printed.ShouldContain("Go to that machine, see that no octomove runs there");
        move.Printed.ShouldContain("Nothing was changed");
        LockRecord.Find(new MoveFolder(move.World.MoveFolder)).ShouldNotBeNull().By.Machine.ShouldBe("NEW01");
        move.ShouldHaveChangedNothing();
    }

    [Fact]
    public async Task Taken_over_by_a_typed_name_the_move_goes_on_and_says_so_for_good()
    {
        await using var move = await AMove.OnAsync();
        Leave(move, "NEW01");
        move.Settings.Timing.LockSilent = TimeSpan.FromMilliseconds(100);

        (await move.RunAsync(until: "check-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Proof && each.Text.Contains("was taken over", StringComparison.Ordinal));
        MoveJournal.Read(new MoveFolder(move.World.MoveFolder)).Entries[0].TakenOver.ShouldNotBeNull().ShouldContain("anna on NEW01");
        File.Exists(new MoveFolder(move.World.MoveFolder).LockRecordFile).ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_whose_folder_was_taken_over_stops_before_it_does_anything_more()
    {
        await using var move = await AMove.OnAsync();
        move.Settings.Timing.LockBeat = TimeSpan.FromMilliseconds(10);
        move.Person.Later = (question, cancel) => question is ConfirmStep { Step: { Word: "stop-old-server" } } ? TakeAwayAsync(cancel) : null;

        var ended = await move.RunAsync();

        ended.Failure.ShouldNotBeNull(move.Person.Story).What.ShouldContain("has taken the move folder");
        ended.Failure.What.ShouldContain("anna on NEW01");
        move.World.Old.Services.All.Single().State.ShouldBe(OctoMoveTui.Sandbox.Machines.ServiceState.Running);
        var folder = new MoveFolder(move.World.MoveFolder);
        MoveJournal.Read(folder).Entries[^1].Kind.ShouldNotBe(JournalKind.Closed, "nothing is written any more, not even that");
        LockRecord.Find(folder).ShouldNotBeNull().By.Machine.ShouldBe("NEW01");

        // Waits until the run is told to stop, which is when the answer is taken back.
        async Task<MoveAnswer> TakeAwayAsync(CancellationToken cancel)
        {
            Leave(move, "NEW01");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return new Go();
        }
    }

    private static void Leave(AMove move, string machine)
    {
        var folder = new MoveFolder(move.World.MoveFolder);
        folder.Create();
        var who = new RunIdentity(machine, machine, "fedc", "anna", 4711, Mover.Version) { Boot = "another" };
        new LockRecord(Guid.NewGuid(), who, new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero), TimeSpan.FromMilliseconds(10)).Write(folder);
    }
}
