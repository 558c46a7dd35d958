using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Steps;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.SandboxOctopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>
/// A second administrator changes something at the latest moment: when the person has been asked whether the dangerous step may run, and before the answer comes.
/// The step does nothing, says what changed, and runs by Retry once that is put right.
/// </summary>
public sealed class DriftTests
{
    /// <summary>What somebody does, and how they take it back.</summary>
    private sealed record Change(string Guard, string Says, Func<AMove, Task> Do, Func<AMove, Task> TakeBack);

    private static readonly Change ServiceMayStart = new(
        "old-service", "runs again, or may start again",
        move => Task.FromResult(OldService(move).StartType = ServiceStartType.Auto), move => Task.FromResult(OldService(move).StartType = ServiceStartType.Disabled));

    private static readonly Change ProcessRuns = new(
        "old-process", "The old server runs again on",
        move => File.WriteAllTextAsync(ByHand(move), ""), move => { File.Delete(ByHand(move)); return Task.CompletedTask; });

    private static readonly Change NewDatabaseFrozen = new(
        "new-database", "is READ_ONLY",
        move => NewSqlAsync(move, "ALTER DATABASE [Octopus] SET READ_ONLY WITH ROLLBACK IMMEDIATE;"), move => NewSqlAsync(move, "ALTER DATABASE [Octopus] SET READ_WRITE WITH ROLLBACK IMMEDIATE;"));

    private static readonly Change PathsChanged = new(
        "new-instance", "TaskLogs",
        move => move.World.New.OctopusAsync("path", $"--taskLogs={Path.Combine(move.World.New.Folder, "elsewhere")}"),
        move => move.World.New.OctopusAsync("path", $"--taskLogs={Path.Combine(move.World.New.Home, "TaskLogs")}"));

    private SqlConnection? session;

    private Change ServerConnected => new(
        "old-sessions", "An Octopus Server is connected to the old database Octopus",
        async move => session = await OpenAsync(new SqlConnectionStringBuilder(move.World.OldAdminConnectionString) { UserID = "octopus", Password = move.World.Secrets.OldSqlPassword }.ConnectionString),
        async _ => await session!.DisposeAsync());

    [Fact]
    public async Task Whatever_somebody_changes_while_a_dangerous_step_waits_for_its_answer_is_seen_and_nothing_is_done()
    {
        await using var move = await AMove.OnAsync();
        ListProcessesByHand(move);
        await OldSqlAsync(move, "GRANT VIEW SERVER STATE TO octopus;");
        var seen = new HashSet<(string, string)>();
        var plan = new Dictionary<string, Queue<Change>>
        {
            ["restore-database"] = new([ServerConnected]),
            ["create-instance"] = new([NewDatabaseFrozen]),
            ["place-directories"] = new([ServerConnected]),
            ["start-new-server"] = new([ServiceMayStart, ProcessRuns, ServerConnected, NewDatabaseFrozen, PathsChanged]),
            ["leave-maintenance-mode"] = new([ProcessRuns, ServerConnected]),
            ["retire-old-server"] = new([ServiceMayStart]),
        };
        Change? done = null;
        move.Person.Later = (question, _) => question is ConfirmStep or RetryOrStop && plan.TryGetValue(question.Step!.Value.Word, out var changes)
            ? AnswerAsync(question, changes) : null;

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        plan.ShouldAllBe(each => each.Value.Count == 0, string.Join("\n", move.Person.Questions.Where(each => each is ConfirmStep or RetryOrStop).Select(each => $"{each.Step} {(each as RetryOrStop)?.Failure.What}")));
        seen.Count.ShouldBe(11);
        seen.Select(each => each.Item2).Distinct().ShouldBe(["old-service", "old-process", "old-sessions", "new-database", "new-instance"], ignoreOrder: true);
        await move.ShouldHaveMovedAsync();
        move.ShouldHaveWrittenNoSecret();

        async Task<MoveAnswer> AnswerAsync(MoveQuestion question, Queue<Change> changes)
        {
            var step = question.Step!.Value;
            if (question is RetryOrStop retry)
            {
                var expected = done.ShouldNotBeNull(retry.Failure.What);
                retry.Failure.Cause.ShouldBeOneOf(FailureCause.ChangedBehindOurBack, FailureCause.Differs, FailureCause.CheckFailed, FailureCause.OctopusCommand);
                $"{retry.Failure.What} {retry.Failure.Why}".ShouldContain(expected.Says, Case.Sensitive, $"{step} {expected.Guard}");
                MoveJournal.Read(new MoveFolder(move.World.MoveFolder)).Of(step).Standing.ShouldBe(JournalStanding.Nothing, $"{step} {expected.Guard}");
                if (step.Word == "start-new-server")
                    move.World.New.ServiceChanges.ShouldNotContain(each => each.State == ServiceState.Running);
                await expected.TakeBack(move);
                seen.Add((step.Word, expected.Guard));
            }

            done = changes.TryDequeue(out var next) ? next : null;
            if (done is not null)
                await done.Do(move);
            return question is RetryOrStop ? new Retry() : new Go();
        }
    }

    [Fact]
    public async Task The_last_look_comes_after_the_name_was_typed_that_ends_the_outage()
    {
        await using var move = await AMove.OnAsync();
        var typed = 0;
        move.Person.Answers = question =>
        {
            if (question is TypeName { Step: { Word: "leave-maintenance-mode" } } && typed++ == 0)
                OldService(move).StartType = ServiceStartType.Auto;
            return null;
        };

        (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story).What.ShouldContain("runs again, or may start again");

        move.Person = new APerson();
        OldService(move).StartType = ServiceStartType.Disabled;
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        typed.ShouldBe(1);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task Files_that_somebody_changed_on_the_stopped_server_are_named_and_a_person_has_to_say_that_the_copy_is_right()
    {
        await using var move = await AMove.OnAsync();
        move.Person.Answers = question =>
        {
            if (question is ConfirmStep { Step: { Word: "start-new-server" } })
                File.WriteAllText(Path.Combine(move.World.Old.Home, "Packages", "late.zip"), "late");
            return question is TypeName { NeedsPerson: true } ? new StopHere() : null;
        };
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);
        var asked = move.Person.Questions.OfType<TypeName>().ShouldHaveSingleItem();
        asked.Consequence.ShouldContain("late.zip");
        asked.Name.ShouldBe("as copied");
        move.World.New.ServiceChanges.ShouldNotContain(each => each.State == ServiceState.Running);

        // By then a day may have gone by: what was proven before the start is proven again, and the words go on with the copy.
        move.Person = new APerson();
        (await move.RunAsync(until: "start-new-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.Person.Story.ShouldContain("all of it is asked again");
        move.Person.Questions.OfType<TypeName>().ShouldHaveSingleItem().Name.ShouldBe("as copied");
        File.Exists(Path.Combine(move.World.New.Home, "Packages", "late.zip")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_database_that_somebody_restored_anew_is_not_taken_for_the_one_that_was_proven()
    {
        await using var move = await AMove.OnAsync();
        move.Person.Answers = question =>
        {
            if (question is ConfirmStep { Step: { Word: "start-new-server" } })
                RestoreAnewAsync(move).GetAwaiter().GetResult();
            return null;
        };

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(FailureCause.ChangedBehindOurBack);
        failure.What.ShouldContain("is not the one any more that this move has restored");
        failure.Why.ShouldContain("Somebody restored it anew");
        move.World.New.ServiceChanges.ShouldNotContain(each => each.State == ServiceState.Running);
    }

    [Fact]
    public async Task A_new_service_that_somebody_started_is_not_taken_for_ours()
    {
        await using var move = await AMove.OnAsync();
        move.Person.Answers = question =>
        {
            if (question is ConfirmStep { Step: { Word: "start-new-server" } })
            {
                var service = move.World.New.Services.All.Single();
                service.StartType = ServiceStartType.Auto;
                service.StartAsync(default).GetAwaiter().GetResult().ShouldBe(0);
            }

            return null;
        };

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(FailureCause.ChangedBehindOurBack);
        failure.What.ShouldContain("runs already");
    }

    [Fact]
    public async Task Once_writable_in_between_the_old_database_is_never_trusted_again()
    {
        await using var move = await AMove.OnAsync();
        move.Person.Answers = question => question is ConfirmStep { Step: { Word: "restore-database" } } ? Writable() : null;
        (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story).What.ShouldContain("is writable again");
        move.World.NewSql.Databases.ShouldBeEmpty();

        await OldSqlAsync(move, "ALTER DATABASE [Octopus] SET READ_ONLY WITH ROLLBACK IMMEDIATE;");
        move.Person = new APerson();
        (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story).What.ShouldContain("is writable again");
        move.World.NewSql.Databases.ShouldBeEmpty();

        MoveAnswer? Writable()
        {
            OldSqlAsync(move, "ALTER DATABASE [Octopus] SET READ_WRITE WITH ROLLBACK IMMEDIATE;").GetAwaiter().GetResult();
            return null;
        }
    }

    [Fact]
    public async Task Somebody_who_only_reads_the_old_database_is_told_and_stops_nothing()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "back-up-database")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await OldSqlAsync(move, "GRANT VIEW SERVER STATE TO octopus;");
        await using var reader = await OpenAsync(new SqlConnectionStringBuilder(move.World.OldAdminConnectionString) { ApplicationName = "Studio" }.ConnectionString);

        move.Person = new APerson();
        (await move.RunAsync(until: "restore-database")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Warning && each.Text.Contains("Somebody is connected to the old database Octopus, which is read-only: Studio as dba", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_guard_and_every_step_that_relies_on_one_is_documented()
    {
        var document = File.ReadAllText(Repository.PathOf("docs", "drift.md"));
        foreach (var (step, guards) in Drift.Guards)
            document.ShouldContain($"| `{step.Word}` | {string.Join(", ", guards.Select(each => $"`{each.Id}`"))} |");
    }

    private static WindowsService OldService(AMove move) => move.World.Old.Services.All.Single();

    private static string ByHand(AMove move) => Path.Combine(move.World.Root, "started-by-hand");

    // What tasklist says when somebody runs the server, under its service's name.
    private static void ListProcessesByHand(AMove move)
    {
        var script = Path.Combine(move.World.Root, "tasklist-of-old");
        File.WriteAllText(script, $"#!/bin/sh\nif [ -f '{ByHand(move)}' ]; then echo '\"Octopus.Server.exe\",\"4711\",\"{move.World.Service}\"'; else exec '{move.World.Old.Tasklist}' \"$@\"; fi\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        move.Settings.Old.Tasklist = script;
    }

    private static async Task RestoreAnewAsync(AMove move)
    {
        var backup = Directory.EnumerateFiles(move.World.Share, "*.bak").Single();
        await NewSqlAsync(move, "DROP DATABASE [Octopus];");
        await SqlAsync(move.World.NewAdminConnectionString, $"RESTORE DATABASE [Octopus] FROM DISK = N'{backup}' WITH MOVE N'Octopus' TO N'{move.World.NewSql.DataFolder}/Octopus.mdf', "
            + $"MOVE N'Octopus_log' TO N'{move.World.NewSql.DataFolder}/Octopus_log.ldf';");
        await SqlAsync(move.World.NewAdminConnectionString, "ALTER DATABASE [Octopus] SET READ_WRITE WITH ROLLBACK IMMEDIATE;");
    }

    private static Task OldSqlAsync(AMove move, string text) => SqlAsync(move.World.OldAdminConnectionString, text);

    private static Task NewSqlAsync(AMove move, string text) => SqlAsync(move.World.NewServerConnectionString, text);

    private static async Task SqlAsync(string connectionString, string text)
    {
        await using var connection = await OpenAsync(new SqlConnectionStringBuilder(connectionString) { InitialCatalog = "master" }.ConnectionString);
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<SqlConnection> OpenAsync(string connectionString)
    {
        var connection = new SqlConnection(new SqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
