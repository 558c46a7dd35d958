using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Checks;

/// <summary>docs/checks.md is made of the checks' own words.</summary>
public sealed class CheckDocumentTests
{
    [Fact]
    public void The_table_of_checks_is_in_step_with_the_code() => Repository.ShouldHold(Document(), "docs", "checks.md");

    private static string Document() => string.Join("\n",
    [
        "# Checks",
        "",
        "`octomove check old` and `octomove check new` make these before anything changes; the move makes them again before the outage. `--queries` shows what",
        "each one asked, exactly; `--json` prints each as a [`check-made`](json-events.md) line. What fails is collected, and then the step fails once.",
        "*Unknown* means that a login may not ask, or that nobody answered within 30 seconds: it stops nothing, and the advice has the statement that gives the",
        "right. [Least privilege](least-privilege.md) has the logins that are enough. The ids are stable.",
        "",
        "What a check of the old server finds (version, sizes, collations, the thumbprint of a certificate) is written into the journal: the new server is held",
        "against it on another machine and another day.",
        "",
        "| Id | Server | What it looks at | ✓ Passes | ~ Warns | ! Fails | ? Unknown |",
        "|---|---|---|---|---|---|---|",
        .. ServerCheckWords.All.Concat(ClusterCheckWords.All).Select(each => Row(each.Id, [each.Side], each.Words)),
        Row("Q0", [Side.Old, Side.New], SqlCheckWords.Connection),
        .. AroundWords.All.Select(each => Row(each.Id, [each.Side], each.Words)),
        .. AllSqlChecks.Checks.Select(each => Row(each.Id, each.Sides, each.Words)),
        "",
        "Made of `Words/ServerCheckWords.cs`, `Words/AroundWords.cs` and `Words/SqlCheckWords.cs`: "
            + $"`{Repository.WriteVariable}=1` and the test `CheckDocumentTests` write this page anew.",
        "",
    ]);

    private static string Row(string id, IReadOnlyList<Side> sides, CheckWords words) =>
        $"| {id} | {string.Join(", ", sides.Select(each => each == Side.Old ? "old" : "new"))} | {words.Title} | {words.Passes} | {words.Warns} | {words.Fails} | {words.Unknown} |";
}
