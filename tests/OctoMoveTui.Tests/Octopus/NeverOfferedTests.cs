using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Octopus;

public sealed class NeverOfferedTests
{
    // Throws every sensitive value and the identity that Tentacles trust away: no sentence may lead there at two in the morning.
    private const string Destructive = "lost-master-key";

    [Fact, Proves("P4")]
    public void No_word_of_the_product_offers_to_reset_a_lost_key_except_to_say_that_it_is_never_run()
    {
        var lines = ProductFiles().SelectMany(file => File.ReadLines(file).Select(line => (File: Path.GetFileName(file), Line: line.Trim()))).ToList();
        lines.Count.ShouldBeGreaterThan(10_000);

        var mentioned = lines.Where(each => each.Line.Contains(Destructive, StringComparison.OrdinalIgnoreCase)).ToList();
        mentioned.ShouldNotBeEmpty("the manual says that it is never run");
        mentioned.Where(each => each.File != $"{nameof(ForbiddenCommands)}.cs").ShouldAllBe(each =>
            each.Line.Contains("never", StringComparison.OrdinalIgnoreCase) && each.File.EndsWith(".md", StringComparison.Ordinal));
        ForbiddenCommands.Find([Destructive]).ShouldBe(Destructive);
    }

    // Tests and the sandbox, which refuses it, may spell it; decisions (adr) are for developers.
    private static IEnumerable<string> ProductFiles()
    {
        foreach (var folder in new[] { "src/OctoMoveTui.Engine", "src/OctoMoveTui", "docs" })
        {
            foreach (var file in Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories))
            {
                var parts = file.Split(Path.DirectorySeparatorChar);
                if (Path.GetExtension(file) is ".cs" or ".sql" or ".md" && !parts.Contains("obj") && !parts.Contains("bin"))
                    yield return file;
            }
        }

        yield return Repository.PathOf("README.md");
        yield return Repository.PathOf("CHANGELOG.md");
    }
}
