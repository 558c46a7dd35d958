using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.SandboxOctopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>
/// The table of the design, cell by cell, with real steps that ask real servers: one world is brought into each state in turn. Two cells no step reaches as the order is
/// (started or nothing, and it can't be told): those DecisionTableTests hold alone.
/// </summary>
public sealed class DecisionCellTests
{
    private static readonly StepId Enter = new("enter-maintenance-mode");
    private static readonly StepId Stop = new("stop-old-server");
    private static readonly StepId BackUp = new("back-up-database");
    private static readonly StepId Place = new("place-directories");
    private static readonly StepId Verify = new("verify-before-start");
    private static readonly StepId Start = new("start-new-server");

    [Fact]
    public async Task On_resume_the_servers_are_believed_before_the_journal()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Watchdog = false });
        using var api = new AnApi(move.World.Old, move.World.Secrets.ApiKey);

        // Nothing, and done by somebody before: accepted, for it is harmless. Nothing, and not needed, or not done.
        await LockAsync(api, isOn: true);
        await move.World.Old.OctopusAsync("node", "--drain=true");
        await GoesOnAsync(move, Enter);
        Lines(move, Enter).ShouldBe([JournalKind.Finished], "accepted without being run");
        Lines(move, new StepId("install-octopus-server")).ShouldBe([JournalKind.Finished]);
        Journal(move).Of(new StepId("install-octopus-server")).Fact.ShouldBeOfType<LeftOut>();
        Lines(move, new StepId("save-master-key")).ShouldBe([JournalKind.Started, JournalKind.Finished], "not done: run");

        // Finished, and done: skipped.
        await GoesOnAsync(move, Enter);
        Lines(move, Enter).ShouldBe([JournalKind.Finished]);

        // Finished, and not done: somebody changed it.
        await LockAsync(api, isOn: false);
        (await RefusedAsync(move, Enter)).Cause.ShouldBe(FailureCause.ChangedBehindOurBack);
        (await IsLockedAsync(api)).ShouldBeFalse("nobody's change is taken back unasked");

        // Started, and not done: run again.
        Begin(move, Enter);
        await GoesOnAsync(move, Enter);
        (await IsLockedAsync(api)).ShouldBeTrue();

        // Started, and done: accepted, and proven.
        Begin(move, Enter);
        await GoesOnAsync(move, Enter);
        Lines(move, Enter).TakeLast(2).ShouldBe([JournalKind.Started, JournalKind.Finished], "the line of the run that was cut off, and what was found");

        // Nothing, and half done: run.
        await GoesOnAsync(move, new StepId("take-stock"));
        (await move.World.Old.Services.All.Single().StopAsync(default)).ShouldBe(0);
        await GoesOnAsync(move, Stop);
        move.Person.Story.ShouldContain("OctopusDeploy: stopped, start type auto; database writable.");

        // Finished, and it can't be told: skipped.
        await GoesOnAsync(move, BackUp);
        var copied = Lines(move, new StepId("copy-directories"));
        await GoesOnAsync(move, BackUp);
        Lines(move, new StepId("copy-directories")).ShouldBe(copied);

        // Nothing, and done, as by a journal of which the end is lost: refused, for nobody knows who did it.
        var whole = await File.ReadAllLinesAsync(Folder(move).JournalFile);
        await File.WriteAllLinesAsync(Folder(move).JournalFile, whole.TakeWhile(each => !each.Contains("\"step\":\"back-up-database\"", StringComparison.Ordinal)));
        File.Delete(Folder(move).JournalTipFile);
        (await RefusedAsync(move, BackUp)).Cause.ShouldBe(FailureCause.InTheWay);
        await File.WriteAllLinesAsync(Folder(move).JournalFile, whole);
        File.Delete(Folder(move).JournalTipFile);
        move.BackupsTaken.Count.ShouldBe(1);

        // Finished, and half done.
        await GoesOnAsync(move, Place);
        await move.World.New.OctopusAsync("path", $"--taskLogs={Path.Combine(move.World.New.Folder, "elsewhere")}");
        var changed = await RefusedAsync(move, Place);
        (changed.Cause, changed.Why).ShouldSatisfyAllConditions(
            each => each.Cause.ShouldBe(FailureCause.ChangedBehindOurBack), each => each.Why.ShouldContain("elsewhere"));
        await move.World.New.OctopusAsync("path", $"--taskLogs={Path.Combine(move.World.New.Home, "TaskLogs")}");

        // Finished, and wanted again: run.
        await GoesOnAsync(move, Verify);
        await GoesOnAsync(move, Verify);
        Lines(move, Verify).Count(each => each == JournalKind.Finished).ShouldBe(2);

        // Started, and half done: run again, to the end of the move.
        Begin(move, Start);
        (await RunAsync(move, null)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.Person.Story.ShouldContain("is installed, but does not run.");
        await move.ShouldHaveMovedAsync();
        move.ShouldHaveWrittenNoSecret();
    }

    private static MoveFolder Folder(AMove move) => new(move.World.MoveFolder);

    private static JournalState Journal(AMove move) => MoveJournal.Read(Folder(move));

    private static IReadOnlyList<JournalKind> Lines(AMove move, StepId step) =>
        [.. Journal(move).Entries.Where(each => each.Step == step && each.Kind is (JournalKind.Started or JournalKind.Finished)).Select(each => each.Kind)];

    private static async Task<MoveEnded> RunAsync(AMove move, StepId? until)
    {
        move.Person = new APerson();
        return await move.RunAsync(until?.Word);
    }

    private static async Task GoesOnAsync(AMove move, StepId until) => (await RunAsync(move, until)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

    private static async Task<FailureReport> RefusedAsync(AMove move, StepId until) => (await RunAsync(move, until)).Failure.ShouldNotBeNull(move.Person.Story);

    // As a run leaves it that was killed right after it had said that the step begins.
    private static void Begin(AMove move, StepId step)
    {
        using var journal = MoveJournal.Open(Folder(move), PlanFile.Find(Folder(move))!, Mover.Version, new Redactor(), TimeProvider.System);
        journal.Started(step);
    }

    private static async Task LockAsync(AnApi api, bool isOn)
    {
        var configuration = await api.GetAsync("/api/maintenanceconfiguration");
        configuration["IsInMaintenanceMode"] = isOn;
        await api.ChangeAsync("PUT", "/api/maintenanceconfiguration", configuration);
    }

    private static async Task<bool> IsLockedAsync(AnApi api) => (bool?)(await api.GetAsync("/api/maintenanceconfiguration"))["IsInMaintenanceMode"] == true;
}
