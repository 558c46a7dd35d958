namespace OctoMoveTui.Tui.Models;

/// <summary>One line, typed just above the key bar.</summary>
/// <param name="label">What stands before it.</param>
/// <param name="keys">The keys that end it.</param>
/// <param name="take">Takes what was typed, and says what is wrong with it, or null.</param>
internal sealed class LinePrompt(string label, string keys, Func<string, string?> take)
{
    private string text = "";

    public string Line => $"{label}{text}_";

    public string Keys => keys;

    /// <summary>Why what was typed would not do.</summary>
    public string? Problem { get; private set; }

    /// <summary>Presses a key; true when the line is done with.</summary>
    public bool Press(string key)
    {
        Problem = null;
        switch (key)
        {
            case "Esc":
                return true;
            case "Enter":
                Problem = take(text);
                return Problem is null;
            case "Backspace":
                text = text.Length > 0 ? text[..^1] : "";
                return false;
            default:
                text += key == "Space" ? " " : key.Length == 1 ? key : "";
                return false;
        }
    }
}
