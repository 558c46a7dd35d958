using System.Text.Json.Nodes;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.SandboxOctopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>A move for which nobody has an API key: by command line, database, and a person who clicks.</summary>
public sealed class KeylessMoveTests
{
    [Fact]
    [Proves("P26", "P27")]
    public async Task A_whole_move_goes_without_an_API_key_and_what_a_person_says_to_have_done_is_looked_at()
    {
        await using var move = await AMove.OnAsync();
        move.Settings.ApiKey = null;
        var hand = new Hand(move);
        var lies = new HashSet<string>();
        move.Person.Later = (question, _) => question is DoByHand byHand ? DoAsync(byHand) : null;
        move.Person.Answers = question => question is GiveSecret { Kind: SecretKind.ApiKey, MaySkip: true } ? new SecretGiven(new Secret("")) : null;

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person.Questions.OfType<GiveSecret>().ShouldHaveSingleItem().Why.ShouldContain("can't cancel tasks");
        move.Person.Questions.OfType<DoByHand>().Where(each => each.Problem is null).Select(each => each.What.Split(' ')[0] + " " + each.What.Split(' ')[1]).ShouldBe(
            ["Turn maintenance", "Re-index the", "Re-index the", "Re-index the", "Turn maintenance", "Remove the"]);
        move.Person.Questions.OfType<DoByHand>().Last(each => each.What.StartsWith("Turn", StringComparison.Ordinal)).Otherwise
            .ShouldBeNull("a server that is left in maintenance mode is not moved");
        move.World.Old.Calls.Select(each => string.Join(' ', each.Arguments)).ShouldContain("node --instance=OctopusServer --drain=true --wait=0 --console");
        move.World.New.Calls.Select(each => string.Join(' ', each.Arguments)).ShouldContain("node --instance=OctopusServer --drain=false --console");
        await move.ShouldHaveMovedAsync();
        move.ShouldHaveWrittenNoSecret();

        // The first time it is only said to be done.
        async Task<MoveAnswer> DoAsync(DoByHand byHand)
        {
            if (!lies.Add(byHand.What))
            {
                byHand.Problem.ShouldNotBeNull("octomove looked");
                await hand.DoAsync(byHand);
            }

            return new Go();
        }
    }

    [Fact]
    public async Task Without_a_key_tasks_are_seen_in_the_database_and_can_be_left_but_not_cancelled()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { TaskWaitsForPerson = true, QueuedTasks = 1 });
        (move.Settings.ApiKey, move.Settings.WithoutApiKey) = (null, true);
        move.Person.Answers = question => question switch
        {
            DoByHand { Otherwise: not null } => new Skip(),
            DecideOnTasks => new TasksDecided(TaskDecision.GoOn),
            _ => null,
        };

        (await move.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person.Questions.OfType<GiveSecret>().ShouldBeEmpty("the configuration says that there is none");
        var asked = move.Person.Questions.OfType<DecideOnTasks>().ShouldHaveSingleItem();
        asked.Tasks.Select(each => (each.Name, each.SpaceName, each.WaitsForPerson)).ShouldBe(
            [("Deploy", "People's systems", true), ("Deploy", "Web shop", false), ("Deploy", "Default", false)]);
        asked.Tasks[0].Node.ShouldBe("OctopusServerNodes-OLD-SERVER");
        asked.Tasks[1].Expires.ShouldNotBeNull();
        asked.Choices.ShouldNotContain(each => each.Decision == TaskDecision.Cancel);
        asked.Choices[0].Consequence.ShouldContain("Without an API key octomove can't cancel tasks");
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Warning && each.Text.Contains("Going on without maintenance mode", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Going_on_without_maintenance_mode_is_remembered_to_the_end()
    {
        await using var move = await AMove.OnAsync();
        (move.Settings.ApiKey, move.Settings.WithoutApiKey) = (null, true);
        move.Person.Answers = question => question is DoByHand { Otherwise: not null } ? new Skip() : null;

        var ended = await move.RunAsync();
        ended.Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person.Questions.OfType<TypeName>().ShouldHaveSingleItem("the point of no return is not passed unasked, though nothing is locked");
        ended.Sentence.ShouldContain("Remove OLD-SERVER in Configuration > Nodes");
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Text.Contains("keep its address to yourself", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_drain_that_the_command_line_can_not_do_is_asked_for()
    {
        await using var move = await AMove.OnAsync();
        (move.Settings.ApiKey, move.Settings.WithoutApiKey) = (null, true);
        move.World.Old.Intercept = async call =>
        {
            if (call.Arguments is not ["node", ..])
                return null;
            await call.WriteErrorLineAsync("System.NullReferenceException: Object reference not set to an instance of an object.");
            return 100;
        };

        (await move.RunAsync(until: "enter-maintenance-mode")).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);
        move.Person.Questions.OfType<DoByHand>().ShouldHaveSingleItem();

        move.Person = new APerson { Answers = question => question is DoByHand { Otherwise: { } otherwise } && otherwise.Contains("maintenance", StringComparison.Ordinal) ? new Skip() : null };
        (await move.RunAsync(until: "enter-maintenance-mode")).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);
        move.Person.Questions.OfType<DoByHand>().Last().What.ShouldBe("Drain the node OLD-SERVER.");
    }

    [Fact]
    public async Task A_key_whose_user_may_not_administer_the_system_is_found_before_the_outage()
    {
        await using var move = await AMove.OnAsync();
        move.Settings.ApiKey = move.World.Secrets.DeployerApiKey;

        var ended = await move.CheckAsync(Side.Old);

        ended.Outcome.ShouldBe(MoveOutcome.Failed);
        var check = move.Person.Events.OfType<CheckMade>().Last(each => each.Id == "O3");
        check.Verdict.ShouldBe(Verdict.Fail);
        check.Finding.ShouldContain("that of deployer, who may not administer");
        move.ShouldHaveChangedNothing();
    }

    /// <summary>Whoever sits at the web portal, with a login of their own.</summary>
    private sealed class Hand(AMove move)
    {
        public async Task DoAsync(DoByHand what)
        {
            var isNew = what.What.Contains(move.World.New.Url, StringComparison.Ordinal) || !what.What.Contains(move.World.Old.Url, StringComparison.Ordinal);
            using var portal = new AnApi(isNew ? move.World.New : move.World.Old, move.World.Secrets.ApiKey);
            if (what.What.StartsWith("Turn", StringComparison.Ordinal))
            {
                await portal.ChangeAsync("PUT", "/api/maintenanceconfiguration", new JsonObject
                {
                    ["Id"] = "maintenance", ["IsInMaintenanceMode"] = what.What.Contains("mode on", StringComparison.Ordinal),
                });
            }
            else if (what.What.StartsWith("Re-index", StringComparison.Ordinal))
            {
                var space = what.What.Contains("Default", StringComparison.Ordinal) ? "Spaces-1" : what.What.Contains("Web shop", StringComparison.Ordinal) ? "Spaces-2" : "Spaces-3";
                await portal.PostTaskAsync("SynchronizeBuiltInPackageRepositoryIndex", space);
            }
            else
            {
                (await portal.StatusAsync("DELETE", "/api/octopusservernodes/OctopusServerNodes-OLD-SERVER")).ShouldBe(200);
            }
        }
    }
}
