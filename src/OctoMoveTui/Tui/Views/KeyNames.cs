using System.Text;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;

namespace OctoMoveTui.Tui.Views;

/// <summary>A key as the key map writes it.</summary>
internal static class KeyNames
{
    public static string Of(Key key)
    {
        var bare = key.NoShift.NoCtrl.NoAlt;
        var name = Special(bare.KeyCode);
        if (name is null && !key.IsCtrl && !key.IsAlt)
        {
            // As it was typed: "G" and "g" are two keys.
            return key.TryGetPrintableRune(out var typed) ? typed.ToString() : "";
        }

        name ??= bare.TryGetPrintableRune(out var letter) ? letter.ToString().ToUpperInvariant() : "";
        var prefix = new StringBuilder();
        _ = key.IsCtrl ? prefix.Append("Ctrl+") : prefix;
        _ = key.IsAlt ? prefix.Append("Alt+") : prefix;
        _ = key.IsShift && Special(bare.KeyCode) is not null ? prefix.Append("Shift+") : prefix;
        return prefix + name;
    }

    private static string? Special(KeyCode code) => code switch
    {
        KeyCode.Enter => "Enter",
        KeyCode.Esc => "Esc",
        KeyCode.Tab => "Tab",
        KeyCode.Space => "Space",
        KeyCode.Backspace => "Backspace",
        KeyCode.CursorUp => "Up",
        KeyCode.CursorDown => "Down",
        KeyCode.CursorLeft => "Left",
        KeyCode.CursorRight => "Right",
        KeyCode.PageUp => "PageUp",
        KeyCode.PageDown => "PageDown",
        KeyCode.Home => "Home",
        KeyCode.End => "End",
        >= KeyCode.F1 and <= KeyCode.F12 => code.ToString(),
        _ => null,
    };
}
