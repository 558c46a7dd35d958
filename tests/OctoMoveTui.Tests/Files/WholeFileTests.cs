using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Files;

public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_file_is_replaced_whole_whatever_a_killed_run_left_beside_it()
    {
        File.WriteAllText(folder["receipt.md.part"], new string('x', 5000));
        WholeFile.Write(folder["receipt.md"], "first, größer");
        WholeFile.Write(folder["receipt.md"], "second");

        File.ReadAllText(folder["receipt.md"]).ShouldBe("second");
        File.Exists(folder["receipt.md.part"]).ShouldBeFalse();
    }

    [Fact]
    public void Until_the_new_one_is_whole_the_old_one_stays()
    {
        WholeFile.Write(folder["receipt.md"], "old");
        Directory.CreateDirectory(folder["receipt.md.part"]);

        Should.Throw<MoveFailure>(() => WholeFile.Write(folder["receipt.md"], "new")).Report.What.ShouldContain("receipt.md");
        File.ReadAllText(folder["receipt.md"]).ShouldBe("old");
    }

    public void Dispose() => folder.Dispose();
}
