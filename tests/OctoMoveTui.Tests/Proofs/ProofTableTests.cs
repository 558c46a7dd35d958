using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Proofs;

/// <summary>
/// Two tables: each question of the SQL Server checks and each error number, and each of the known ways in which moves go wrong, with the tests that prove it.
/// </summary>
public sealed class ProofTableTests
{
    private static IEnumerable<string> Subjects =>
    [
        .. SqlServerSubjects.Questions.Select(each => each.Key), .. SqlServerSubjects.Errors.SelectMany(each => each.Numbers),
        .. PainPoints.All.Select(each => each.Key),
    ];

    [Fact]
    public void Everything_that_needs_a_proof_has_one() =>
        Subjects.Where(each => !ProvenBy.Has(each)).ShouldBe(SqlServerSubjects.NotYet);

    [Fact]
    public void Only_what_needs_a_proof_is_proven() => ProvenBy.Keys.Except(Subjects).ShouldBeEmpty();

    /// <summary>`dotnet test` names the attached file; `.ci/run` and `dotnet cake` print the committed one.</summary>
    [Fact]
    public void The_table_of_SQL_Server_is_in_step_with_the_tests() => ShouldHold(SqlServerTable(), "sql-server-proofs");

    /// <summary>As above.</summary>
    [Fact]
    public void The_table_of_known_troubles_is_in_step_with_the_tests() => ShouldHold(PainPointTable(), "octopus-proofs");

    private static void ShouldHold(string table, string name)
    {
        TestContext.Current.AddAttachment(name, table);
        Repository.ShouldHold(table, "docs", $"{name}.md");
    }

    private static string SqlServerTable() => string.Join("\n",
    [
        "# SQL Server: what proves what",
        "",
        "Each question of the checks, and each error number that must end as advice, with the tests that prove it. Made of the tests'",
        $"`[Proves]` attributes: `{Repository.WriteVariable}=1` and the tests of `ProofTableTests` write it anew.",
        "",
        "| Question | What it asks | Proven by |",
        "|---|---|---|",
        .. SqlServerSubjects.Questions.Select(each => $"| {each.Key} | {each.Meaning} | {ProvenBy.Of(each.Key)} |"),
        "",
        "| Error | Family | Proven by |",
        "|---|---|---|",
        .. SqlServerSubjects.Errors.SelectMany(each => each.Numbers.Select(number => $"| {number} | {each.Family} | {ProvenBy.Of(number)} |")),
        "",
    ]);

    private static string PainPointTable() => string.Join("\n",
    [
        "# Octopus Server: what goes wrong in moves, and what proves that it doesn't here",
        "",
        "The thirty ways in which moves are known to go wrong, each detected or prevented, with the tests that show it. Made of the tests'",
        $"`[Proves]` attributes: `{Repository.WriteVariable}=1` and the tests of `ProofTableTests` write it anew.",
        "",
        "| | What goes wrong | Shown by |",
        "|---|---|---|",
        .. PainPoints.All.Select(each => $"| {each.Key} | {each.Problem} | {ProvenBy.Of(each.Key)} |"),
        "",
    ]);
}
