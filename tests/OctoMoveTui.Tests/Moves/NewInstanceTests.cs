using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.SandboxOctopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>The new instance: nothing in its way, on the right database, with a service that is there and does not run before the gate.</summary>
public sealed class NewInstanceTests
{
    [Fact]
    public async Task All_leftovers_are_told_at_once_by_the_check_and_again_right_before_the_instance_is_made()
    {
        await using var move = await AMove.OnAsync();
        var leftover = Path.Combine(move.World.New.Home, "OctopusServer.config");
        LeaveBehind();

        var failure = (await move.CheckAsync(Side.New)).Failure.ShouldNotBeNull();
        failure.Cause.ShouldBe(FailureCause.InTheWay);
        move.Person.Story.ShouldContain("the service OctopusDeploy (stopped, as LocalSystem)");
        move.Person.Story.ShouldContain($"the config file {leftover}");
        var made = move.Person.Events.OfType<CheckMade>().Single(each => each.Id == "N2");
        made.Advice.ShouldContain(each => each.Contains("sc.exe delete \"OctopusDeploy\"", StringComparison.Ordinal));

        // Cleared away for the check, and back again in the outage: somebody else's installation, half done.
        move.World.New.Services.Remove("OctopusDeploy");
        File.Delete(leftover);
        move.Person.Answers = question =>
        {
            if (question is ConfirmStep && question.Step == new StepId("create-instance"))
                LeaveBehind();
            return null;
        };
        failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(FailureCause.InTheWay);
        failure.What.ShouldContain("leftovers");
        move.World.New.Calls.ShouldNotContain(each => each.Arguments.Contains("create-instance") || each.Arguments.Contains("database"), "nothing was changed");
        File.ReadAllText(leftover).ShouldBe("<octopus-settings />");

        void LeaveBehind()
        {
            Directory.CreateDirectory(move.World.New.Home);
            File.WriteAllText(leftover, "<octopus-settings />");
            move.World.New.Services.Install("OctopusDeploy", "somebody else's", () => throw new InvalidOperationException());
        }
    }

    [Fact]
    [Proves("P6")]
    public async Task A_database_without_the_tables_of_Octopus_is_not_attached()
    {
        await using var move = await AMove.OnAsync();
        move.Person.Answers = question =>
        {
            if (question is ConfirmStep && question.Step == new StepId("create-instance"))
                EmptyAsync(move.World).GetAwaiter().GetResult();
            return null;
        };

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(FailureCause.CheckFailed);
        failure.What.ShouldContain("holds no Octopus Server");
        move.World.New.Calls.ShouldNotContain(each => each.Arguments.Contains("database"));
        move.World.New.Services.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_service_is_installed_and_does_not_start_before_the_gate_not_even_at_a_reboot()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { OldDependsOn = "MSSQLSERVER" });
        await move.World.ListenAtAsync(move.World.Old.Url + "/");
        (await move.RunAsync(until: "verify-before-start")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var service = move.World.New.Services.All.ShouldHaveSingleItem();
        (service.State, service.StartType, service.DependsOn).ShouldBe((ServiceState.Stopped, ServiceStartType.Demand, ""));
        move.World.New.ServiceChanges.ShouldBeEmpty();
        move.Person.Story.ShouldContain("The old service starts after MSSQLSERVER. That is not carried over");
        var told = move.World.New.Calls.Single(each => each.Arguments.Contains("configure")).Arguments;
        told.ShouldBe(["configure", "--instance=OctopusServer", $"--webListenPrefixes={move.World.Old.Url}/,{move.World.New.Url}/", "--console"]);

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        (service.State, service.StartType).ShouldBe((ServiceState.Running, ServiceStartType.Auto));
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task A_service_that_runs_before_the_gate_stops_the_move()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "place-directories")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await move.World.New.Services.All[0].StartAsync(default);

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(FailureCause.ChangedBehindOurBack);
        failure.What.ShouldContain("OctopusDeploy runs already");
    }

    [Fact]
    [Proves("P21")]
    public async Task A_domain_account_gets_its_addresses_reserved_and_its_password_is_on_no_command_line_in_the_whole_move()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { ServiceAccount = SandboxWorld.ServiceAccount });
        move.Settings.New.ServicePassword = "not the right one";
        move.Person.Answers = question => question switch
        {
            RetryOrStop retry when retry.Failure.What.Contains("1069", StringComparison.Ordinal) => new Retry(),
            GiveSecret { Kind: SecretKind.ServicePassword } => new SecretGiven(new Secret(move.World.Secrets.ServicePassword)),
            _ => null,
        };

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var world = move.World.New;
        world.Services.All.ShouldHaveSingleItem().Account.ShouldBe(SandboxWorld.ServiceAccount);
        move.Person.Questions.OfType<RetryOrStop>().ShouldHaveSingleItem().Failure.What.ShouldContain("log on as");
        world.Access.HasFullControl(Path.Combine(world.Home, "Packages"), SandboxWorld.ServiceAccount).ShouldBeTrue();
        world.HttpSys.Reservations.ShouldContain(new UrlReservation(world.Url + "/", SandboxWorld.ServiceAccount));
        world.Calls.SelectMany(each => each.Arguments).ShouldNotContain(each => each.Contains(move.World.Secrets.ServicePassword, StringComparison.Ordinal));
        move.Person.Questions.OfType<ConfirmStep>().Single(each => each.Step == new StepId("create-instance")).Lines
            .ShouldContain(each => each.Text.Contains($"user={SandboxWorld.ServiceAccount}", StringComparison.Ordinal));
        await move.ShouldHaveMovedAsync();
        move.ShouldHaveWrittenNoSecret();
    }

    [Fact]
    [Proves("P14")]
    public async Task A_managed_account_gets_full_control_so_that_packages_can_be_deleted_in_the_whole_move_by_the_real_program()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { ServiceAccount = SandboxWorld.ManagedAccount });

        (await move.RunProgramAsync("run", "--yes")).ShouldBe(ExitCodes.Done, move.Printed);

        var world = move.World.New;
        world.Services.All.ShouldHaveSingleItem().Account.ShouldBe(SandboxWorld.ManagedAccount);
        move.Printed.ShouldContain("a file could be written and deleted again");
        move.Printed.ShouldContain($"{SandboxWorld.ManagedAccount} is named with full control of all 5 directories");
        await move.ShouldHaveMovedAsync();
        move.ShouldHaveWrittenNoSecret();
    }

    // As a typo would have it: a database of that name, with nothing in it.
    // By somebody who may: the database itself is still the one that was restored.
    private static async Task EmptyAsync(SandboxWorld world)
    {
        await using var inside = new SqlConnection(new SqlConnectionStringBuilder(world.NewServerConnectionString) { Pooling = false }.ConnectionString);
        await inside.OpenAsync();
        await using var command = inside.CreateCommand();
        command.CommandText = "DROP TABLE dbo.OctopusServerInstallationHistory;";
        await command.ExecuteNonQueryAsync();
    }
}
