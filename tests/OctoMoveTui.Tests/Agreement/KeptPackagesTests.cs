using OctoMoveTui.Engine.Agreement;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Agreement;

/// <summary>The list that a re-index is held against counts only as it was written.</summary>
public sealed class KeptPackagesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_written_is_read_again()
    {
        await WriteAsync("A 1.0", "B 2.0");
        KeptPackages.Read(folder["kept"]).ShouldNotBeNull().Select(each => each.Name).ShouldBe(["A 1.0", "B 2.0"]);
        await WriteAsync();
        KeptPackages.Read(folder["kept"]).ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_that_lost_or_gained_a_line_or_was_broken_is_none()
    {
        await WriteAsync("A 1.0", "B 2.0");
        var lines = await File.ReadAllLinesAsync(folder["kept"]);
        string[][] accidents = [lines[1..], lines[..^1], [lines[0], .. lines], [.. lines, lines[0]], [lines[0][..5], .. lines[1..]], ["null", .. lines[1..]], []];
        foreach (var (at, accident) in accidents.Index())
        {
            await File.WriteAllLinesAsync(folder["kept"], accident);
            KeptPackages.Read(folder["kept"]).ShouldBeNull($"accident {at}");
        }

        KeptPackages.Read(folder["nothing"]).ShouldBeNull();
    }

    private async Task WriteAsync(params string[] names)
    {
        await using var list = new KeptPackages(folder["kept"]);
        foreach (var name in names)
            list.Add(new PackageRow(name, "Spaces-1", name.Split(' ')[0], name.Split(' ')[1], null, null));
        list.Close();
    }
}
