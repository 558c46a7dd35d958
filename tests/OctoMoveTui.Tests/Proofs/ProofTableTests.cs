using System.Reflection;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Proofs;

/// <summary>The table: each question of the SQL Server checks and each error number, and the tests that prove it.</summary>
public sealed class ProofTableTests
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Proofs = Collect();

    private static IEnumerable<string> Subjects =>
        [.. SqlServerSubjects.Questions.Select(each => each.Key), .. SqlServerSubjects.Errors.SelectMany(each => each.Numbers)];

    [Fact]
    public void Everything_that_needs_a_proof_has_one() =>
        Subjects.Where(each => !Proofs.ContainsKey(each)).ShouldBe(Subjects.Where(SqlServerSubjects.NotYet.Contains));

    [Fact]
    public void Only_what_needs_a_proof_is_proven() => Proofs.Keys.Except(Subjects).ShouldBeEmpty();

    /// <summary>`dotnet test` names the attached file; `.ci/run` and `dotnet cake` print the committed one.</summary>
    [Fact]
    public void The_table_is_in_step_with_the_tests()
    {
        var table = Table();
        TestContext.Current.AddAttachment("sql-server-proofs", table);
        Repository.ShouldHold(table, "docs", "sql-server-proofs.md");
    }

    private static string Table() => string.Join("\n",
    [
        "# SQL Server: what proves what",
        "",
        "Each question of the checks, and each error number that must end as advice, with the tests that prove it. Made of the tests'",
        $"`[Proves]` attributes: `{Repository.WriteVariable}=1` and the tests of `ProofTableTests` write it anew.",
        "",
        "| Question | What it asks | Proven by |",
        "|---|---|---|",
        .. SqlServerSubjects.Questions.Select(each => $"| {each.Key} | {each.Meaning} | {ProvenBy(each.Key)} |"),
        "",
        "| Error | Family | Proven by |",
        "|---|---|---|",
        .. SqlServerSubjects.Errors.SelectMany(each => each.Numbers.Select(number => $"| {number} | {each.Family} | {ProvenBy(number)} |")),
        "",
    ]);

    private static string ProvenBy(string key) => Proofs.TryGetValue(key, out var tests) ? string.Join("; ", tests) : "**nothing yet**";

    private static Dictionary<string, IReadOnlyList<string>> Collect()
    {
        var found =
            from type in typeof(ProofTableTests).Assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where method.GetCustomAttributes().OfType<FactAttribute>().Any(each => each.Skip is null)
            from what in type.GetCustomAttributes<ProvesAttribute>().Concat(method.GetCustomAttributes<ProvesAttribute>()).SelectMany(each => each.What)
                .Concat(method.GetCustomAttribute<ProvesEachAttribute>() is { } each
                    ? (IEnumerable<string>)type.GetProperty(each.Property, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)! : [])
            select (what, Test: $"{type.Name}: {method.Name.Replace('_', ' ')}");
        return found.Distinct().GroupBy(each => each.what, each => each.Test)
            .ToDictionary(each => each.Key, each => (IReadOnlyList<string>)[.. each.Order(StringComparer.Ordinal)], StringComparer.Ordinal);
    }
}
