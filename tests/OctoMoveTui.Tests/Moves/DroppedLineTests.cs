using System.Diagnostics;
using System.Runtime.Versioning;
using OctoMoveTui.Attaching;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>The real program on real terminal devices, whose lines are cut.</summary>
[SupportedOSPlatform("linux")]
public sealed class DroppedLineTests
{
    private const string Enter = "\r";

    /// <summary>SIGKILL to the screen's process, then a line that hangs up: neither is an end, and the restore is never interrupted.</summary>
    [Fact]
    public async Task A_line_that_is_cut_in_mid_restore_takes_the_screen_away_and_not_the_restore()
    {
        AMove? made = null;
        var clock = new HeldClock(() => made?.World.NewSql.Statements.Any(IsRestore) == true);
        await using var move = made = await AMove.OnAsync(AMove.Small with
        {
            NewSql = options => options with { StatsPause = HeldClock.Pause, Time = clock },
        });
        (await move.RunAsync(until: "bring-backup-over")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await using var nobodyLeft = new NoEngineLeft(move.World.MoveFolder);

        await using var first = OctomoveIn(move);
        await first.ShouldShow("Restore the database: do it?");
        first.Type(Enter);
        await first.ShouldShow("Restoring");
        await clock.Held;
        var engine = await EngineOf(move);
        var commandLine = await File.ReadAllTextAsync($"/proc/{engine.Id}/cmdline");
        await first.KillAsync();

        await using var second = OctomoveIn(move);
        await second.ShouldShow("Restoring");
        await second.ShouldShow($"Attached to the move that runs since");
        (await EngineOf(move)).Id.ShouldBe(engine.Id);
        second.Cut();
        (await second.ExitCodeAsync()).ShouldBe(128 + 1, "SIGHUP");

        await using var third = OctomoveIn(move);
        await third.ShouldShow("Restoring");
        engine.HasExited.ShouldBeFalse();
        clock.Release();
        foreach (var step in TheMove.Steps.SkipWhile(each => each.Id.Word != "fix-database-users").Where(each => each.Id.Word != "add-further-nodes"))
        {
            await third.ShouldShow($"{step.Words.Title}: do it?");
            third.Type(Enter);
            await third.ShouldNotShow($"{step.Words.Title}: do it?");
            if (step.Id.Word == "leave-maintenance-mode")
            {
                await third.ShouldShow("To go on, type:");
                third.Type("OctopusServer" + Enter);
            }
        }

        await third.ShouldShow("The move is finished.");
        third.Type("q");
        (await third.ExitCodeAsync()).ShouldBe(ExitCodes.Done);
        third.Raw.ShouldContain("\e[?1049l", Case.Sensitive, "the ordinary screen is back");
        await engine.WaitForExitAsync();

        move.World.NewSql.Statements.Count(IsRestore).ShouldBe(1, "one restore, from one session, never interrupted");
        CutOffRun.Of(MoveJournal.Read(new MoveFolder(move.World.MoveFolder))).ShouldBeNull();
        await move.ShouldHaveMovedAsync();
        move.ShouldHaveWrittenNoSecret();
        foreach (var secret in move.World.AllSecrets)
        {
            (first.Raw + second.Raw + third.Raw).ShouldNotContain(secret);
            commandLine.ShouldNotContain(secret);
        }
    }

    private static bool IsRestore(string statement) => statement.Contains("\nRESTORE DATABASE @db", StringComparison.Ordinal);

    private static APseudoTerminal OctomoveIn(AMove move) =>
        APseudoTerminal.Run("dotnet", [AMove.Octomove, "--config", move.World.ConfigurationFile], move.World.Environment.Append(new("OCTOMOVE_Timing__Poll", "00:00:00.05")));

    private static async Task<Process> EngineOf(AMove move)
    {
        using var client = (await EngineClient.FindAsync(MeetingPlace.Of(move.World.MoveFolder), looksOn: true, default)).ShouldNotBeNull("an engine runs");
        return Process.GetProcessById(client.Process);
    }
}
