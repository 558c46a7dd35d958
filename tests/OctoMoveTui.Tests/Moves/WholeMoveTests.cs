using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

public sealed class WholeMoveTests
{
    [Fact]
    [Proves("P29")]
    public async Task The_real_program_moves_a_server_and_its_database_and_writes_no_secret()
    {
        await using var move = await AMove.OnAsync();
        var started = OperatingSystem.IsLinux() ? new StartedPrograms(move.World) : null;

        var exitCode = await move.RunProgramAsync("run", "--yes");

        exitCode.ShouldBe(ExitCodes.Done, move.Printed);
        if (started is not null)
        {
            started.All.Count.ShouldBeGreaterThan(30);
            var search = SecretSearch.For(move.World.AllSecrets);
            started.All.Select(each => $"{each.Split('\n')[0]}: {search.In(each)}").Where(each => !each.EndsWith(": ", StringComparison.Ordinal))
                .ShouldBeEmpty("programs that octomove starts have no use for its own secrets");
        }

        await move.ShouldHaveMovedAsync();
        move.ShouldHaveWrittenNoSecret();
        move.BackupsTaken.ShouldHaveSingleItem().CopyOnly.ShouldBeTrue();
        move.BackupsTaken[0].ReadOnlyDatabase.ShouldBeTrue("the old database is fenced before the backup");

        (await move.RunProgramAsync("status")).ShouldBe(ExitCodes.Done);
        (await move.RunProgramAsync("run", "--yes")).ShouldBe(ExitCodes.Done, "a finished move has nothing left to do");
        move.BackupsTaken.Count.ShouldBe(1);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task An_administrator_is_asked_before_every_step_and_types_the_name_at_the_point_of_no_return()
    {
        await using var move = await AMove.OnAsync();
        move.Settings.MasterKey = null; // nobody saved it beforehand: it is shown, and typed again

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var confirmed = move.Person.Questions.OfType<ConfirmStep>().Select(each => each.Step!.Value.Word).ToList();
        // The probes find out that the version is installed, and that the new SQL Server reads the backup where it lies; the new server has one node.
        confirmed.ShouldBe(TheMove.Steps.Select(each => each.Id.Word).Where(each => each is not ("install-octopus-server" or "bring-backup-over" or "add-further-nodes")));
        move.Person.Questions.OfType<TypeName>().ShouldHaveSingleItem().Destroys.ShouldBeFalse();
        move.Person.Questions.OfType<ProveMasterKeySaved>().ShouldHaveSingleItem().Key.Reveal().ShouldBe(move.World.Secrets.MasterKey);
        move.Person.Events.OfType<StepChanged>().Where(each => each.Step.Word is "back-up-database" or "copy-directories").Take(5)
            .Select(each => $"{each.Step} {each.State}").ShouldBe(
                ["back-up-database Probing", "back-up-database Waiting", "back-up-database Pending", "copy-directories Probing", "copy-directories Waiting"],
                "of two steps side by side the one that is confirmed does not wait for the person any more");
        move.Person.Events.OfType<Logged>().Count(each => each.Text.Contains("reads the backup set", StringComparison.Ordinal)).ShouldBe(1);
        move.Person.Events.OfType<OutageStarted>().ShouldHaveSingleItem();
        move.Person.Events.OfType<OutageEnded>().ShouldHaveSingleItem();
        await move.ShouldHaveMovedAsync();
        move.ShouldHaveWrittenNoSecret();
    }

    [Fact]
    [Proves("P9")]
    public async Task The_executing_task_is_waited_for_and_shown()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { ExecutingTaskLasts = TimeSpan.FromSeconds(1) });

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var seen = move.Person.Events.OfType<TasksSeen>().ToList();
        seen[0].Tasks.ShouldContain(each => each.State == "Executing");
        seen[^1].Tasks.ShouldNotContain(each => each.State == "Executing");
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task Only_the_documented_commands_reach_Octopus_Server_and_never_one_that_could_lose_data()
    {
        await using var move = await AMove.OnAsync();

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var commands = move.Person.Events.OfType<Logged>().Select(each => each.Text)
            .Where(each => each.StartsWith("> ", StringComparison.Ordinal) && each.Contains("Octopus.Server", StringComparison.Ordinal)
                && !each.Contains("tasklist", StringComparison.Ordinal)).ToList();
        commands.ShouldContain(each => each.Contains(" database --instance=OctopusServer --masterKey=", StringComparison.Ordinal));
        foreach (var forbidden in new[] { "--create ", "--upgrade", "--delete", "--skip", "lost-master-key", "new-certificate" })
            commands.ShouldNotContain(each => each.Contains(forbidden, StringComparison.Ordinal));
        commands.Where(each => !each.Contains(" version ", StringComparison.Ordinal) && !each.Contains("list-instances", StringComparison.Ordinal))
            .ShouldAllBe(each => each.Contains("--instance=OctopusServer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Looking_changes_nothing()
    {
        await using var move = await AMove.OnAsync();

        (await move.CheckAsync(Side.Old)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        (await move.CheckAsync(Side.New)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        (await move.RunProgramAsync("plan")).ShouldBe(ExitCodes.Done, move.Printed);

        Directory.Exists(move.World.MoveFolder).ShouldBeFalse();
        move.ShouldHaveChangedNothing();
        move.Printed.ShouldContain("BACKUP DATABASE");
        foreach (var secret in move.World.AllSecrets)
            move.Printed.ShouldNotContain(secret);
    }

    [Fact]
    public async Task When_the_new_SQL_Server_can_not_read_the_share_the_backup_is_carried_over()
    {
        await using var move = await AMove.OnAsync();
        var (from, to) = (move.World.OldSql.BackupFolder, move.World.NewSql.BackupFolder);
        (move.Settings.Backup.FolderOnOldSql, move.Settings.Backup.FolderOnNewSql) = (from, to);
        (move.Settings.Backup.CarryFrom, move.Settings.Backup.CarryTo) = (from, to);

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person.Questions.OfType<ConfirmStep>().ShouldContain(each => each.Step == new StepId("bring-backup-over"));
        Directory.EnumerateFiles(to, "*.part").ShouldBeEmpty();
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task Directories_can_be_left_for_the_outage()
    {
        await using var move = await AMove.OnAsync();
        move.Person.Answers = question => question is ConfirmStep { MaySkip: true } ? new Skip() : null;

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person.Events.OfType<StepChanged>().ShouldContain(each => each.Step == new StepId("copy-directories-ahead") && each.State == StepState.NotNeeded);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task The_move_can_be_taken_one_step_at_a_time()
    {
        await using var move = await AMove.OnAsync();

        foreach (var step in TheMove.Steps)
        {
            var ended = await move.RunAsync(until: step.Id.Word);
            ended.Outcome.ShouldBe(MoveOutcome.Finished, $"{step.Id}: {ended.Failure}");
        }

        move.BackupsTaken.Count.ShouldBe(1);
        await move.ShouldHaveMovedAsync();
    }
}
