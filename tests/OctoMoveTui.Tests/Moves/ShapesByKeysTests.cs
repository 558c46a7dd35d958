using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Screens.Support;
using OctoMoveTui.Tests.Support;
using Terminal.Gui.Input;

namespace OctoMoveTui.Tests.Moves;

/// <summary>Moves of other shapes as an administrator makes them: chosen and confirmed on the screen.</summary>
public sealed class ShapesByKeysTests
{
    [Fact]
    public async Task Only_the_database_is_moved_by_keys_alone()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Shape = "database-only" });
        move.Settings.Shape = "";
        await using var screen = new ScreenOf((frontEnd, cancel) =>
            new Mover(move.Settings, frontEnd, TimeProvider.System).RunAsync(new MoveRequest(MovePurpose.Move), cancel), 80, 24);

        await screen.ShouldShow("What moves?");
        await screen.Press(Key.CursorRight);
        await screen.ShouldShow("< Database only >");
        await screen.Press(Key.Enter);
        await screen.ShouldShow("The plan");
        await screen.ShouldNotShow("New instance");
        await screen.Press(Key.F5);
        await screen.ShouldShow("Connection string");
        await screen.Press(Key.F5);
        foreach (var step in TheMove.StepsOf(MoveShape.DatabaseOnly).Where(each => each.Id.Word != "bring-backup-over"))
        {
            await screen.ShouldShow($"{step.Words.Title}: do it?");
            await screen.Press(Key.Enter);
            await screen.ShouldNotShow($"{step.Words.Title}: do it?");
            if (step.Nature == StepNature.PointOfNoReturn)
            {
                await screen.ShouldShow("Users begin to work on the new database.");
                await screen.Type("OctopusServer");
                await screen.Press(Key.F5);
            }
        }

        await screen.ShouldShow("The move is finished. Octopus Server works on");
        await screen.Press(new Key('q'));
        await screen.Left;
        (await screen.Engine).ExitCode.ShouldBe(ExitCodes.Done);
        await move.ShouldHaveMovedAsync();
    }
}
