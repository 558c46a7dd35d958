using OctoMoveTui.CommandLine;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;
using OctoMoveTui.Tests.Screens;

namespace OctoMoveTui.Tests.CommandLine;

public sealed class UnattendedAnswersTests
{
    private static readonly TypeName Overwrite = new("Octo_pus", "The database is overwritten.", Destroys: true);
    private static readonly TypeName NoReturn = new("OCTO_NEW", "Users go to the new server.", Destroys: false);

    private readonly MoveSettings settings = new();
    private readonly List<string> said = [];

    [Fact]
    public async Task Yes_confirms_steps_and_the_point_of_no_return_and_says_so()
    {
        var answers = Answers();
        (await answers.AnswerAsync(SampleMove.ConfirmBackUp, default)).ShouldBeOfType<Go>();
        (await answers.AnswerAsync(NoReturn, default)).ShouldBe(new Typed("OCTO_NEW"));
        said.ShouldContain(line => line.Contains("Confirmed by --yes: Back up the database"));
    }

    [Fact]
    public async Task Without_yes_nothing_is_confirmed()
    {
        var failure = await Refused(SampleMove.ConfirmBackUp, Answers(yes: false));
        failure.Cause.ShouldBe(FailureCause.NeedsAnswer);
        failure.ToDo.ShouldContain(advice => advice.Contains("--yes"));
    }

    [Fact]
    public async Task Yes_alone_never_allows_a_database_to_be_overwritten()
    {
        (await Refused(Overwrite, Answers())).ToDo.ShouldContain(advice => advice.Contains("--overwrite-database \"Octo_pus\""));
        await Refused(Overwrite, Answers(overwrite: "octo_pus"));
        await Refused(Overwrite, Answers(yes: false, overwrite: "Octo_pus"));
    }

    [Fact]
    public async Task What_only_a_person_who_has_looked_may_accept_is_not_answered_by_yes() =>
        (await Refused(new TypeName("OctopusServer", "Project.Releases: 20 before, 19 now.", Destroys: false) { NeedsPerson = true }, Answers(overwrite: "OctopusServer")))
            .ToDo.ShouldBe(["Run octomove in a terminal."]);

    [Fact]
    public async Task The_named_database_may_be_overwritten() =>
        (await Answers(overwrite: "Octo_pus").AnswerAsync(Overwrite, default)).ShouldBe(new Typed("Octo_pus"));

    [Theory]
    [InlineData(SecretKind.MasterKey, "OCTOMOVE_MasterKey")]
    [InlineData(SecretKind.ApiKey, "OCTOMOVE_ApiKey")]
    [InlineData(SecretKind.OldSqlPassword, "OCTOMOVE_Old__Password")]
    [InlineData(SecretKind.NewSqlPassword, "OCTOMOVE_New__Password")]
    [InlineData(SecretKind.KeyFilePassphrase, "OCTOMOVE_KeyFilePassphrase")]
    [InlineData(SecretKind.ServicePassword, "OCTOMOVE_New__ServicePassword")]
    [InlineData(SecretKind.NewAdminPassword, "OCTOMOVE_New__AdminPassword")]
    public async Task A_secret_that_is_missing_names_its_variable(SecretKind kind, string variable) =>
        (await Refused(new GiveSecret(kind, "It is needed."), Answers())).ToDo.ShouldContain(advice => advice.Contains(variable));

    [Fact]
    public async Task An_API_key_that_may_be_left_out_is_left_out_only_where_that_is_configured() =>
        (await Refused(new GiveSecret(SecretKind.ApiKey, "Why", MaySkip: true), Answers())).ToDo.ShouldContain(advice => advice.Contains("WithoutApiKey", StringComparison.Ordinal));

    [Fact]
    public async Task What_has_to_be_done_by_hand_stops_a_run_that_nobody_watches_unless_nothing_is_lost_without_it()
    {
        var byHand = new DoByHand("Turn it on.", ["Click it."]) { Otherwise = "It stays off." };
        (await Refused(byHand, Answers())).ToDo.ShouldContain(advice => advice.Contains("Click it.", StringComparison.Ordinal));
        (await Answers().AnswerAsync(byHand with { IsLeftOutUnattended = true }, default)).ShouldBeOfType<Skip>();
        said.ShouldHaveSingleItem().ShouldBe("It stays off.");
    }

    [Fact]
    public async Task The_master_key_is_proven_saved_by_the_one_in_the_environment()
    {
        var proof = new ProveMasterKeySaved(new Secret("s3cret=="), "ab12", "a certificate");
        await Refused(proof, Answers());
        settings.MasterKey = "s3cret==";
        (await Answers().AnswerAsync(proof, default)).ShouldBeOfType<SecretGiven>().Value.Reveal().ShouldBe("s3cret==");
        said.ShouldAllBe(line => !line.Contains("s3cret"));
    }

    [Fact]
    public async Task The_plan_is_answered_once_with_what_it_holds_and_then_quotes_what_is_wrong()
    {
        var answers = Answers();
        var plan = new FillPlan([new PlanField("New:Home", "Home", "/var/o", "Where it lives.")]);
        (await answers.AnswerAsync(plan, default)).ShouldBeOfType<PlanFilled>().Values["New:Home"].ShouldBe("/var/o");

        var again = new FillPlan([plan.Fields[0] with { Problem = "That is a file." }]) { Problem = "One field is wrong." };
        var failure = await Refused(again, answers);
        failure.Why.ShouldContain("One field is wrong.");
        failure.Why.ShouldContain("New:Home: That is a file.");
    }

    [Fact]
    public async Task Each_connection_string_is_answered_once()
    {
        var answers = Answers();
        foreach (var purpose in Enum.GetValues<ConnectionPurpose>())
        {
            (await answers.AnswerAsync(new GiveConnectionString(purpose, "Server=s", true), default))
                .ShouldBeOfType<ConnectionStringGiven>().OnlyTest.ShouldBeFalse();
        }

        var again = new GiveConnectionString(ConnectionPurpose.NewDatabase, "Server=s", true)
        {
            Problem = "Login failed.",
            Findings = [new(Verdict.Pass, "Reached."), new(Verdict.Fail, "No right to restore.")],
        };
        (await Refused(again, answers)).Why.ShouldBe("Login failed. No right to restore.");
    }

    [Fact]
    public async Task A_failed_step_stops_the_move() =>
        (await Answers().AnswerAsync(new RetryOrStop(SampleMove.AccessDenied), default)).ShouldBeOfType<StopHere>();

    [Theory]
    [InlineData(StuckTasks.Cancel, TaskDecision.Cancel, "ServerTasks-7")]
    [InlineData(StuckTasks.Leave, TaskDecision.GoOn, "")]
    public async Task Tasks_that_wait_for_a_person_are_dealt_with_as_configured_and_that_is_said(StuckTasks setting, TaskDecision decision, string typed)
    {
        settings.Tasks.WhenStuck = setting;
        var stuck = TasksOnScreenTests.Question with { Choices = [.. TasksOnScreenTests.Question.Choices.Take(2), new(TaskDecision.GoOn, "They travel.")] };
        (await Answers().AnswerAsync(stuck, default)).ShouldBe(new TasksDecided(decision, typed));
        said.ShouldHaveSingleItem().ShouldStartWith("Decided by Tasks:WhenStuck");
    }

    [Fact]
    public async Task Without_that_setting_nothing_is_decided_about_tasks_that_wait_for_a_person()
    {
        var failure = await Refused(TasksOnScreenTests.Question, Answers());
        failure.What.ShouldContain("ServerTasks-7 (Web shop): Deploy Web_Shop");
        failure.ToDo.ShouldContain(advice => advice.Contains("Tasks:WhenStuck", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_setting_cuts_off_tasks_that_execute()
    {
        settings.Tasks.WhenStuck = StuckTasks.Leave;
        await Refused(TasksOnScreenTests.Question, Answers());
        (await Answers().AnswerAsync(TasksOnScreenTests.Question with { Reason = TasksReason.NothingChanges }, default)).ShouldBe(new TasksDecided(TaskDecision.KeepWaiting));
    }

    private UnattendedAnswers Answers(bool yes = true, string? overwrite = null) => new(yes, overwrite, settings, said.Add);

    private static async Task<FailureReport> Refused(MoveQuestion question, UnattendedAnswers answers)
    {
        var failure = await Should.ThrowAsync<MoveFailure>(() => answers.AnswerAsync(question, default));
        failure.Report.Cause.ShouldBe(FailureCause.NeedsAnswer);
        return failure.Report;
    }
}
