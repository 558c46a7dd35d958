using System.Text;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Fuzz;

/// <summary>Manifests come from the move folder, which travelled: what they say may be damaged, or meant to do harm.</summary>
public sealed class HostileManifestTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task They_are_read_or_refused_and_never_name_a_path_outside_of_their_root() => Fuzzing.FeedAsync(
        output, "manifests", 20_000, HostileManifest.Make, manifest =>
        {
            File.WriteAllBytes(folder["manifest"], manifest);
            foreach (var path in Manifest.Read(folder["manifest"]).Select(each => each is GoneLine gone ? gone.Path : each.PathOfEntry()).OfType<string>())
                Path.GetFullPath(ManifestPath.Under(folder["root"], path)).ShouldStartWith(folder["root"] + Path.DirectorySeparatorChar);

            // The same reader; its tables cost more than the reading.
            if (manifest.Length % 8 == 0)
                ManifestIndex.Of(folder["manifest"], keptInMemory: 4).Dispose();
        });

    [Theory]
    [InlineData(".. ")]
    [InlineData("a/.. /b")]
    [InlineData("a/... ")]
    [InlineData("trailing.")]
    [InlineData("NUL")]
    [InlineData("a/nul.txt")]
    [InlineData("com1 .log")]
    [InlineData("LPT9")]
    [InlineData("a.txt:stream")]
    [InlineData("C:x")]
    [InlineData("a?b")]
    [InlineData("a\u001bb")]
    [InlineData(@"a\b")]
    public void A_name_that_Windows_would_take_for_another_is_refused_there(string path)
    {
        ManifestPath.Problem(path, onWindows: true).ShouldNotBeNull();
        ManifestPath.Problem("a/null.txt", onWindows: true).ShouldBeNull();
        ManifestPath.Problem("console/COM10/.hidden/a b.c", onWindows: true).ShouldBeNull();
    }

    [Fact]
    public Task The_list_of_differences_beside_one_is_read_as_far_as_it_can_be() => Fuzzing.FeedAsync(
        output, "lists of differences", 3_000,
        dice => dice.Damaged(Encoding.UTF8.GetBytes("a/b.zip\tits contents are not those that were copied\nc\\td\tit is missing\n" + dice.Of(Hostile.Paths) + "\tx\n")),
        list =>
        {
            File.WriteAllBytes(folder["Packages.differences.txt"], list);
            new ToldDifferences(folder["Packages.manifest"]).Read();
        });
}
