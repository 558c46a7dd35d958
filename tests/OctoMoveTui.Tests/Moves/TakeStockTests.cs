using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

public sealed class TakeStockTests
{
    [Fact]
    public async Task What_the_old_server_can_not_tell_is_told_and_it_is_asked_anew_as_long_as_it_runs()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "wait-for-tasks")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.World.Old.AnswerInstead = call =>
            call.Path == "/api/serverstatus/counts" ? new ApiAnswer(404, "{}")
            : call.Path.EndsWith("/artifacts", StringComparison.Ordinal) ? new ApiAnswer(503, "busy")
            : call.Path == "/api/Spaces-1/packages" ? new ApiAnswer(200, "{\"Items\":[{\"Id\":\"packages-lost\",\"PackageId\":\"Lost\",\"Version\":\"1.0\",\"PackageSizeBytes\":5}]}")
            : null;
        (await move.RunAsync(until: "take-stock")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        Stock(move).Counts.ShouldBeEmpty();
        Stock(move).Samples.Select(each => each.Content.Kind).ShouldBe([ContentKind.TaskLog, ContentKind.Package]);
        Stock(move).Samples[1].Content.Space.ShouldBe("Spaces-2", "a package whose file is lost is no sample");
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Warning && each.Text.Contains("HTTP 503", StringComparison.Ordinal));

        move.World.Old.AnswerInstead = null;
        (await move.RunAsync(until: "take-stock")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        Stock(move).Counts.ShouldContain(new KindCount("Project.Releases", 20));
        Stock(move).Samples.Count.ShouldBe(3);

        // Killed while it stops the old server: that answers no more, and what it said before still counts.
        move.World.Old.AnswerInstead = _ => new ApiAnswer(503, "stopping");
        (await move.RunAsync(until: "take-stock")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        Stock(move).Samples.Count.ShouldBe(3);
    }

    private static StockTaken Stock(AMove move) =>
        MoveJournal.Read(new MoveFolder(move.World.MoveFolder)).Of(new StepId("take-stock")).Fact.ShouldBeOfType<StockTaken>();
}
