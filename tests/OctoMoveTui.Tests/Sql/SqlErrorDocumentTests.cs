using System.Globalization;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Sql;

/// <summary>docs/sql-server-errors.md is made of the advice itself.</summary>
public sealed class SqlErrorDocumentTests
{
    [Fact]
    public void The_document_says_what_octomove_says() => Repository.ShouldHold(Document(), "docs", "sql-server-errors.md");

    [Fact]
    public void Every_number_that_has_advice_has_an_example() =>
        SqlAdvice.Families.SelectMany(each => each.Advice.Keys).Except(SqlErrorSamples.All.Select(each => each.Number)).ShouldBeEmpty();

    private static string Document() => string.Join("\n",
    [
        "# SQL Server's errors, and what octomove says",
        "",
        "With an example of each: the SQL Server is SQL01, it runs as NT SERVICE\\MSSQLSERVER, the login is octopus, the database Octopus. The first error",
        "of a chain counts; 3013, which ends every failed BACKUP and RESTORE, is shown only when it comes alone. SQL Server's own words always stay",
        "below, folded. Other numbers are told with the statement and the server's words. [Exit codes](exit-codes.md).",
        .. SqlAdvice.Families.SelectMany(Section),
        "",
    ]);

    private static IEnumerable<string> Section(SqlAdviceFamily family) =>
    [
        "",
        $"## {family.Name}",
        "",
        "| Error | Exit code | What it says | What to do |",
        "|---|---|---|---|",
        .. family.Advice.Keys.SelectMany(number => SqlErrorSamples.All.Where(each => each.Number == number))
            .GroupBy(sample => Said(sample).Replace($"error {sample.Number}", "error N", StringComparison.Ordinal))
            .Select(same => $"| {string.Join(", ", same.Select(each => each.Number))} | {Said(same.First())} |"),
        .. family == SqlNetworkAdvice.Family ? Phases() : [],
    ];

    // What is told of a connection that did not come about depends on how far octomove itself came on the way.
    private static IEnumerable<string> Phases() =>
    [
        "",
        "While connecting, octomove looks at the way to the server by itself, and says what it found:",
        "",
        "| Found | Exit code | What it says | What to do |",
        "|---|---|---|---|",
        .. Enum.GetValues<ReachPhase>().Select(phase => (Phase: phase, Advice: SqlAdvice.For(new SqlTrouble
        {
            Server = phase is ReachPhase.BrowserSilent or ReachPhase.InstanceWithoutTcp ? @"SQL01\OCTOPUS" : "SQL01",
            Login = SqlErrorSamples.Login,
            Messages = [new(-2, 0, 11, "")],
            Reach = new ServerReach(phase, "SQL01", 1433, "OCTOPUS"),
        })))
            .Select(each => $"| {each.Phase} | {Cells(each.Advice)} |"),
    ];

    private static string Said(SqlErrorSample sample)
    {
        var (statement, parameters) = SqlErrorSamples.StatementOf(sample.Doing);
        return Cells(SqlAdvice.For(new SqlTrouble
        {
            Server = "SQL01",
            Login = SqlErrorSamples.Login,
            SessionDatabase = SqlErrorSamples.Database,
            Statement = statement,
            Parameters = parameters,
            Account = new ServiceAccount(@"NT SERVICE\MSSQLSERVER", "SQL01", "CORP"),
            Messages = [.. SqlErrorSamples.ChainOf(sample).Select(each => new SqlTroubleMessage(each.Number, each.State, each.Severity, each.Text))],
        }));
    }

    private static string Cells(SqlAdvice advice)
    {
        string[] cells =
        [
            ((int)advice.Cause).ToString(CultureInfo.InvariantCulture),
            $"{advice.What}{(advice.Why.Length > 0 ? "<br>" : "")}{advice.Why}",
            string.Join("<br>", advice.ToDo.Select((each, index) => $"{index + 1}. {each}")),
        ];
        return string.Join(" | ", cells.Select(each => each.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("|", @"\|", StringComparison.Ordinal)));
    }
}
