using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Tests.Moving;

public sealed class DatabaseReceiptTests
{
    [Theory]
    [InlineData("a", "a", "a", true, false)]
    [InlineData("a", "A", "", true, false)]
    [InlineData("a", "a", "b", false, false)]
    [InlineData("a", "", "b", false, false)]
    [InlineData("", "", "b", true, true)]
    [InlineData("", "", "", true, true)]
    public void What_could_be_asked_is_compared_and_what_could_not_proves_nothing(string old, string backup, string @new, bool holds, bool isOpen)
    {
        var line = new ReceiptLine("Family GUID", old, backup, @new);

        line.Holds.ShouldBe(holds);
        line.IsOpen.ShouldBe(isOpen);
    }

    [Fact]
    public void A_difference_stands_out_in_the_text()
    {
        var receipt = new DatabaseReceipt("20260301-ab", new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero), ["Verified."],
            [new("Backup set GUID", "1", "1", "2"), new("Last LSN", "3", "3", ""), new("RECOVERY", "", "", "FULL")], [new("dbo.Event", 9, 8), new("dbo.A|B", 1, 1)]);

        var text = ReceiptWords.ToMarkdown(receipt).ReplaceLineEndings("\n");

        text.ShouldContain("| DIFFERS | Backup set GUID | 1 | 1 | 2 |\n");
        text.ShouldContain("| equal | Last LSN | 3 | 3 |  |\n");
        text.ShouldContain("| – | RECOVERY |  |  | FULL |\n");
        text.ShouldContain("| DIFFERS | dbo.Event | 9 | 8 |\n");
        text.ShouldContain("| equal | dbo.A\\|B | 1 | 1 |\n");
    }
}
