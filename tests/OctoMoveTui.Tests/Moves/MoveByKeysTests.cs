using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Screens.Support;
using OctoMoveTui.Tests.Support;
using Terminal.Gui.Input;

namespace OctoMoveTui.Tests.Moves;

/// <summary>The whole move as an administrator does it: by typed keys, looking at the screen's text.</summary>
public sealed class MoveByKeysTests
{
    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    public async Task A_server_is_moved_by_keys_alone_and_no_secret_is_ever_on_the_screen(int width, int height)
    {
        await using var move = await AMove.OnAsync();
        move.Settings.MasterKey = null;
        move.Settings.New.Password = null;
        var shown = new List<string>();
        await using var screen = new ScreenOf((frontEnd, cancel) =>
            new Mover(move.Settings, frontEnd, TimeProvider.System).RunAsync(new MoveRequest(MovePurpose.Move), cancel), width, height);

        await screen.ShouldShow("What moves?");
        await screen.ShouldShow("Server only:");
        await Look();
        await screen.Press(Key.Enter);
        await screen.ShouldShow("The plan");
        await Look();
        await screen.Press(Key.F5);

        // Without its password first: the test says what is wrong, and the form stays as it was typed.
        await screen.ShouldShow("Connection string");
        await screen.Press(Key.F6);
        await screen.ShouldShow("18456");
        await Look();
        await screen.Press(Key.Tab, Key.Tab, Key.Tab);
        await screen.Type(move.World.Secrets.NewSqlPassword);
        await screen.Press(Key.F6);
        await screen.ShouldShow("Connected to NEW-SQL");
        await Look();
        await screen.Press(Key.F5);

        foreach (var step in TheMove.Steps.Where(each => each.Id.Word is not ("install-octopus-server" or "bring-backup-over" or "add-further-nodes")))
        {
            await screen.ShouldShow($"{step.Words.Title}: do it?");
            await Look();
            await screen.Press(Key.Enter);
            await screen.ShouldNotShow($"{step.Words.Title}: do it?");
            if (step.Id.Word == "save-master-key")
                await SaveKeyAsync();
            if (step.Id.Word == "leave-maintenance-mode")
                await PassThePointOfNoReturnAsync();
        }

        await screen.ShouldShow("The move is finished.");
        await Look();
        await screen.Press(new Key('q'));
        await screen.Left;
        (await screen.Engine).ExitCode.ShouldBe(ExitCodes.Done);
        await move.ShouldHaveMovedAsync();
        move.ShouldHaveWrittenNoSecret();
        foreach (var secret in move.World.AllSecrets)
            shown.ShouldNotContain(each => each.Contains(secret, StringComparison.Ordinal));

        async Task Look() => shown.Add(await screen.TextAsync());

        async Task SaveKeyAsync()
        {
            await screen.ShouldShow("Type it again");
            await Look();

            // Only on request is the key on the screen.
            await screen.Press(Key.F4);
            await screen.ShouldShow(move.World.Secrets.MasterKey);
            await screen.Press(Key.F4);
            await screen.ShouldNotShow(move.World.Secrets.MasterKey);

            await screen.Type("5qJcW9E6B99teMmrOzaYNA==");
            await screen.Press(Key.F5);
            await screen.ShouldShow("not the key of this database");
            await screen.Press([.. Enumerable.Repeat(Key.Backspace, 24)]);
            await screen.Type(move.World.Secrets.MasterKey);
            await Look();
            await screen.Press(Key.F5);
        }

        async Task PassThePointOfNoReturnAsync()
        {
            await screen.ShouldShow("To go on, type:");
            await screen.Type("octopusserver");
            await screen.Press(Key.F5);
            await screen.ShouldShow("is not");
            await Look();
            await screen.Press([.. Enumerable.Repeat(Key.Backspace, 13)]);
            await screen.Type("OctopusServer");
            await screen.Press(Key.F5);
        }
    }

    [Fact]
    public async Task A_failure_says_what_to_do_and_the_step_is_retried_by_a_key()
    {
        await using var move = await AMove.OnAsync();
        move.World.OldSql.Faults.FailNext("STOP_ON_ERROR", 3201,
            $"Cannot open backup device '{move.World.Share}/Octopus.bak'. Operating system error 5(Access is denied.).");
        await using var screen = new ScreenOf((frontEnd, cancel) =>
            new Mover(move.Settings, frontEnd, TimeProvider.System).RunAsync(
                new MoveRequest(MovePurpose.Move, new StepId("back-up-database")), cancel), 120, 40);

        await screen.ShouldShow("What moves?");
        await screen.Press(Key.F5);
        await screen.ShouldShow("The plan");
        await screen.Press(Key.F5);
        await screen.ShouldShow("Connection string");
        await screen.Press(Key.F5);
        foreach (var step in TheMove.Steps.TakeWhile(each => each.Id.Word != "bring-backup-over").Where(each => each.Id.Word != "install-octopus-server"))
        {
            await screen.ShouldShow($"{step.Words.Title}: do it?");
            await screen.Press(Key.Enter);
            await screen.ShouldNotShow($"{step.Words.Title}: do it?");
        }

        await screen.ShouldShow("can't create the backup");
        await screen.ShouldShow("service account");
        await screen.Press(new Key('r'));
        await screen.ShouldShow("Stopped after back-up-database");
        (await screen.Engine).Outcome.ShouldBe(MoveOutcome.Finished);
        move.BackupsTaken.Count.ShouldBe(1);
    }
}
