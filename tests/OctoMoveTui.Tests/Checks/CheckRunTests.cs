using Microsoft.Extensions.Time.Testing;
using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.SqlServer;

namespace OctoMoveTui.Tests.Checks;

/// <summary>How checks are made: none stops another, nothing hangs, nothing is asked that the preview does not show.</summary>
public sealed class CheckRunTests
{
    [Theory]
    [InlineData(229)]
    [InlineData(262)]
    [InlineData(297)]
    [InlineData(300)]
    [InlineData(15247)]
    [InlineData(916)]
    public async Task A_denied_query_makes_its_check_unknown_and_no_other(int number)
    {
        await using var old = await ChecksOf.OldAsync();
        old.Server.Faults.FailNext("dm_server_services", number, "No.", severity: 14);

        var made = await old.MakeAllAsync();

        made.Single(each => each.Id == "Q10").ShouldNotKnow($"error {number}");
        made.Where(each => each.Verdict == Verdict.Fail).ShouldBeEmpty();
        made.Count.ShouldBe(AllSqlChecks.Of(Side.Old).Count() + 1);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_opened_again_for_the_next_check()
    {
        await using var old = await ChecksOf.OldAsync();
        old.Server.Faults.DropConnectionDuring("dm_server_services");

        var made = await old.MakeAllAsync();

        made.Single(each => each.Id == "Q10").ShouldNotKnow("could not be asked");
        made.Single(each => each.Id == "Q20").ShouldPass();
    }

    [Fact]
    public async Task A_query_that_hangs_is_given_up_after_thirty_seconds()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var old = await ChecksOf.OldAsync();
        old.Time = time;
        old.Server.Faults.HangNext("dm_server_services");

        var making = old.MakeAllAsync();
        await Eventually.TrueAsync(() => old.Server.Double.Statements.Any(each => each.Contains("dm_server_services", StringComparison.Ordinal)));
        time.Advance(TimeSpan.FromSeconds(31));
        var made = await making;

        made.Single(each => each.Id == "Q10").ShouldNotKnow("30 seconds");
        made.Single(each => each.Id == "Q15").ShouldPass();
    }

    [Theory]
    [InlineData(Side.Old)]
    [InlineData(Side.New)]
    public async Task The_preview_shows_every_statement_that_is_sent(Side side)
    {
        await using var checks = side == Side.Old ? await ChecksOf.OldAsync() : await ChecksOf.NewAsync();
        var before = checks.Server.Double.Statements.Count;

        await checks.MakeAllAsync();

        var declared = AllSqlChecks.Of(side).SelectMany(each => each.Scripts).Distinct().Select(each => FirstWords(OctoMoveTui.Engine.Sql.SqlScript.Text(each, ("devices", "DISK = @file0")))).ToHashSet();
        var sent = checks.Server.Double.Statements.Skip(before).Select(FirstWords).Distinct().ToList();
        sent.Count.ShouldBeGreaterThan(10);
        sent.ShouldBeSubsetOf(declared);
    }

    [Fact]
    public void Every_check_has_an_id_of_its_own_and_words_for_what_it_can_find()
    {
        AllSqlChecks.Checks.Select(each => each.Id).ShouldBeUnique();
        foreach (var check in AllSqlChecks.Checks)
        {
            check.Words.Title.Length.ShouldBeLessThanOrEqualTo(31, check.Id);
            check.Words.Passes.ShouldNotBeEmpty(check.Id);
            check.Scripts.ShouldNotBeEmpty(check.Id);
        }
    }

    [Fact]
    public async Task Several_failed_checks_are_one_failure_short_enough_to_stand_behind_the_steps_name()
    {
        var checks = new CheckRun(new("check-old-server"), Side.Old, _ => { }, TimeProvider.System);
        await Fails("O3", "The key is refused.", "Make another key.");
        await Fails("Q12a", "The folder is missing.", "Make the folder.");

        var report = Should.Throw<MoveFailure>(checks.ThrowIfAnyFailed).Report;
        report.What.ShouldBe("2 checks of the old server failed: O3 Title of O3; Q12a Title of Q12a.");
        report.Why.ShouldBe("O3: The key is refused. Q12a: The folder is missing.");
        report.ToDo.ShouldBe(["O3: Make another key.", "Q12a: Make the folder."]);

        Task<bool> Fails(string id, string finding, string advice) => checks.MakeAsync(
            id, new($"Title of {id}", "", ""), "", () => throw new MoveFailure(new(FailureCause.SqlStatement, finding, "", [advice])), default);
    }

    private static string FirstWords(string text) => string.Concat(OctoMoveTui.Engine.Sql.SqlScript.Readable(text).Where(each => !char.IsWhiteSpace(each)).Take(40));
}
