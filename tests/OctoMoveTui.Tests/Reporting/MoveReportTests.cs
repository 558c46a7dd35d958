using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Reporting;
using OctoMoveTui.Engine.Words;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Reporting;

/// <summary>The report is put together from the journal; it says what happened and what comes next, and nothing in it is more than text.</summary>
public sealed class MoveReportTests
{
    private static readonly DateTimeOffset Night = new(2026, 3, 1, 1, 0, 0, TimeSpan.Zero);
    private static readonly StepId Backup = new("back-up-database");
    private readonly List<JournalEntry> journal = [];
    private readonly List<MoveEvent> told = [];

    [Fact]
    public void A_step_that_was_killed_and_begun_again_shows_both_attempts()
    {
        At(0, JournalKind.Opened);
        At(1, JournalKind.Started, Backup);
        At(9, JournalKind.Opened);
        At(10, JournalKind.Started, Backup);
        At(14, JournalKind.Finished, Backup, new LeftOut("by hand"));

        var attempts = Report().Steps.Single(each => each.Id == Backup).Attempts;

        attempts.Select(each => (each.From - Night, each.To - Night, each.End)).ShouldBe(
        [
            (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), AttemptEnd.CutShort),
            (TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(14), AttemptEnd.NotNeeded),
        ]);
    }

    [Fact]
    public void The_outage_is_as_long_as_maintenance_mode()
    {
        At(2, JournalKind.Finished, new StepId("enter-maintenance-mode"), new MaintenanceModeEntered(Night.AddMinutes(1), []));
        ReportWords.OutageOf(Report().Outage!).ShouldBe("since 2026-03-01 01:01:00, not over");

        At(50, JournalKind.Finished, new StepId("leave-maintenance-mode"), new MaintenanceModeLeft(Night.AddMinutes(47)));

        ReportWords.OutageOf(Report().Outage!).ShouldBe("2026-03-01 01:01:00 to 01:47:00: 0:46:00");
    }

    [Fact]
    public void Until_the_point_of_no_return_it_says_in_which_order_to_go_back_and_then_that_there_is_none()
    {
        At(1, JournalKind.Finished, new StepId("save-master-key"), new MasterKeySaved("0badcafe", "the server certificate"));
        At(2, JournalKind.Started, new StepId("enter-maintenance-mode"));
        At(3, JournalKind.Started, new StepId("stop-old-server"));

        var report = Report();
        report.WayBack.Select(each => each.Title).ShouldBe([StepWords.StopOldServer.Title, StepWords.EnterMaintenanceMode.Title]);
        ReportMarkdown.Of(report).ShouldContain("1. Stop the old server: Set the old database READ");

        At(50, JournalKind.Finished, new StepId("leave-maintenance-mode"), new MaintenanceModeLeft(Night.AddMinutes(47)));

        Report().WayBack.ShouldBeEmpty();
        ReportHtml.Of(Report()).ShouldContain("The point of no return is passed");
    }

    [Fact]
    public void A_finished_rehearsal_has_moved_nothing_and_passed_no_point_of_no_return()
    {
        foreach (var step in TheMove.StepsOf(MoveShape.Rehearsal))
            At(4, JournalKind.Finished, step.Id, new MasterKeySaved("0badcafe", "the server certificate"));

        var report = Report(MoveShape.Rehearsal);

        foreach (var text in new[] { ReportMarkdown.Of(report), ReportHtml.Of(report) })
        {
            text.ShouldContain("The rehearsal is finished.");
            text.ShouldContain("The old server was never touched.");
            text.ShouldNotContain("point of no return is passed");
        }
    }

    [Fact]
    public void Where_it_stands_is_said_first()
    {
        ReportWords.Standing(Report()).ShouldBe("The move has not begun.");

        At(1, JournalKind.Started, Backup);
        Report().Standing.ShouldBe(MoveStanding.UnderWay);

        At(2, JournalKind.Failed, Backup);
        At(3, JournalKind.Closed);
        Report().Standing.ShouldBe(MoveStanding.Failed);

        foreach (var step in TheMove.StepsOf(MoveShape.ServerAndDatabase))
            At(4, JournalKind.Finished, step.Id, new LeftOut("by hand"));
        Report().Standing.ShouldBe(MoveStanding.Finished);
    }

    [Fact]
    public void Whatever_servers_and_files_are_called_stays_text()
    {
        const string Hostile = "<script>alert(1)</script>\u001b]0;owned\u0007 & \"quoted\" [link](http://evil.example) | cell `code`";
        At(1, JournalKind.Failed, Backup, failure: new FailureReport(FailureCause.Files, Hostile, Hostile, []));
        told.Add(new Logged(LogKind.Warning, Hostile) { At = Night });
        told.Add(new Logged(LogKind.Proof, Hostile) { At = Night });
        told.Add(new Logged(LogKind.Detail, Hostile) { At = Night });
        told.Add(new CheckMade(Backup, Hostile, Hostile, Side.Old, Verdict.Warn, Hostile, [], "") { At = Night });
        told.AddRange(Enumerable.Range(0, 5).Select(each => new Progressed(Backup, Hostile, each, 5, ProgressUnit.Bytes) { At = Night.AddSeconds(each) }));

        var (html, markdown) = (ReportHtml.Of(Report()), ReportMarkdown.Of(Report()));

        html.ShouldNotContain("<script");
        html.ShouldNotContain("http://evil.example\"");
        markdown.Split('\n').Where(each => !each.StartsWith("    ", StringComparison.Ordinal)).ShouldAllBe(each => !each.Contains("<script") && !System.Text.RegularExpressions.Regex.IsMatch(each, @"(?<!\\)\[link\]"));
        (html + markdown).Where(each => char.IsControl(each) && each != '\n').ShouldBeEmpty();
        (html + markdown).ShouldNotContain("owned");
    }

    [Fact]
    public void Nothing_is_fetched_and_no_script_runs()
    {
        var html = ReportHtml.Of(Report());

        html.ShouldContain("default-src 'none'");
        foreach (var fetched in new[] { " src=", " href=", "url(", "@import", "<script", "<link" })
            html.ShouldNotContain(fetched);
    }

    [Fact]
    public void A_secret_that_somebody_pasted_into_the_record_is_masked_again()
    {
        told.Add(new Logged(LogKind.Detail, "> Octopus.Server database --connectionString=Server=x;Password=hunter22") { At = Night });

        ReportHtml.Of(Report()).ShouldNotContain("hunter22");
        ReportMarkdown.Of(Report()).ShouldNotContain("hunter22");
    }

    [Fact]
    public void Speed_is_what_was_done_between_two_looks_and_a_new_beginning_is_no_speed()
    {
        foreach (var (second, done) in new[] { (0, 0), (2, 2000), (4, 6000), (6, 1000), (8, 3000) })
            told.Add(new Progressed(Backup, "Copying", done, 8000, ProgressUnit.Bytes) { At = Night.AddSeconds(second) });

        var curve = Report().Curves.ShouldHaveSingleItem();

        curve.Points.Select(each => each.Rate).ShouldBe([1000, 2000, 0, 1000]);
        ReportHtml.Of(Report()).ShouldContain("<polyline");
    }

    [Fact]
    public void A_night_of_progress_becomes_a_picture_of_a_few_hundred_points()
    {
        for (var second = 0; second < 20_000; second += 2)
            told.Add(new Progressed(Backup, "Copying", second * 1000.0, 20_000_000, ProgressUnit.Bytes) { At = Night.AddSeconds(second) });

        SpeedSvg.Of(Report().Curves.Single()).Split(' ').Length.ShouldBeLessThan(600);
    }

    private void At(int minute, JournalKind kind, StepId? step = null, StepFact? fact = null, FailureReport? failure = null) =>
        journal.Add(new JournalEntry(kind, Night.AddMinutes(minute), "OLD01", "admin", 1) { Step = step, Fact = fact, Failure = failure });

    private MoveReport Report(MoveShape shape = MoveShape.ServerAndDatabase)
    {
        var state = journal.Aggregate(JournalState.Empty, (state, entry) => state.With(entry));
        return MoveReport.Of(SamplePlan.Make() with { Shape = shape }, state, told, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Night.AddHours(5)));
    }
}
