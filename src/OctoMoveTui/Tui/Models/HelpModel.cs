using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>All keys of the screen one came from, the disabled ones with their reason; and what the signs mean.</summary>
internal sealed class HelpModel(ScreenModel screen, Glyphs glyphs)
{
    private IReadOnlyList<ScreenLine> lines = [];

    public ScrollModel Scroll { get; } = new();

    public bool IsShown { get; private set; }

    public void Toggle()
    {
        if (!IsShown)
        {
            lines = [.. Build()];
            Scroll.ToTop();
        }

        IsShown = !IsShown;
    }

    public IReadOnlyList<ScreenLine> Rows(int width, int height) => [.. Scroll.Visible(
        [.. lines.SelectMany(line => Wrapping.Rows(line.Text, width, 22).Select(row => line with { Text = row }))], height)];

    // Made while the help is not shown yet: what counts are the keys of the screen below it.
    private IEnumerable<ScreenLine> Build()
    {
        foreach (var entry in KeyMap.In(screen))
        {
            var keys = string.Join(" ", entry.Keys);
            yield return entry.ReasonWhyNot(screen) is { } reason
                ? new($"  {keys,-18}  {entry.Description} ({ScreenWords.NotNow}: {reason})", Tone.Quiet)
                : new($"  {keys,-18}  {entry.Description}");
        }

        yield return new("");
        yield return new(ScreenWords.HelpLegend, Tone.Strong);
        foreach (var (sign, asciiSign, meaning) in ScreenWords.Legend)
        {
            yield return new($"  {(glyphs.IsAscii ? asciiSign : sign),-18}  {meaning}");
        }
    }
}
