using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>The last line of the screen: the keys that work now, as many as fit, the important ones first.</summary>
internal static class KeyBarModel
{
    public static string Line(ScreenModel screen, int width)
    {
        if (screen.Prompt is not null && screen.Scope == KeyScope.Panes)
        {
            return "";
        }

        var line = screen.Leaving.LooksOn ? $" {ScreenWords.LookOnKeys} " : "";
        var last = KeyMap.In(screen).LastOrDefault(entry => entry.InBar && entry.Scope == KeyScope.Everywhere);
        var tail = last is null ? "" : Text(last);
        foreach (var entry in KeyMap.In(screen).Where(entry => entry.InBar && entry != last && entry.ReasonWhyNot(screen) is null))
        {
            var next = Text(entry);
            if (line.Length + next.Length + tail.Length <= width)
            {
                line += next;
            }
        }

        return line + tail;
    }

    private static string Text(KeyEntry entry) => $" {entry.Keys[0]} {entry.Label} ";
}
