using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>The report that a move leaves in its folder, and the command that makes it anew.</summary>
public sealed class ReportedMoveTests
{
    [Fact]
    public async Task A_move_leaves_a_report_of_what_failed_and_what_was_done_and_the_command_makes_it_anew()
    {
        await using var move = await AMove.OnAsync();
        var (html, markdown) = (Path.Join(move.World.MoveFolder, "report.html"), Path.Join(move.World.MoveFolder, "report.md"));
        move.World.NewSql.Faults.FailNext("RESTORE DATABASE", 3202, "Write on \"x\" failed: 112(There is not enough space on the disk.)");
        (await move.RunProgramAsync("run", "--yes")).ShouldNotBe(ExitCodes.Done, move.Printed);
        File.ReadAllText(markdown).ShouldContain("The move stopped with a failure.");

        (await move.RunProgramAsync("run", "--yes")).ShouldBe(ExitCodes.Done, move.Printed);

        var text = File.ReadAllText(markdown);
        text.ShouldContain("The move is finished.");
        text.ShouldContain("| Restore the database | 4 | new | done |");
        text.ShouldContain(", Restore the database, on ");
        text.ShouldContain("BACKUP DATABASE N'Octopus'");
        text.ShouldContain("sc config OctopusDeploy start= disabled");
        File.ReadAllText(html).ShouldContain("class=\"outage\"");

        File.Delete(html);
        File.Delete(markdown);
        (await move.RunProgramAsync("report")).ShouldBe(ExitCodes.Done, move.Printed);
        WithoutMoment(File.ReadAllText(markdown)).ShouldBe(WithoutMoment(text));
        File.Exists(html).ShouldBeTrue();
        move.ShouldHaveWrittenNoSecret();
    }

    [Fact]
    public async Task Without_a_move_there_is_nothing_to_report()
    {
        await using var move = await AMove.OnAsync();

        (await move.RunProgramAsync("report")).ShouldBe((int)FailureCause.Usage, move.Printed);

        Directory.Exists(move.World.MoveFolder).ShouldBeFalse();
    }

    private static string WithoutMoment(string text) => string.Join('\n', text.Split('\n').Where(each => !each.StartsWith("- Made ", StringComparison.Ordinal)));
}
