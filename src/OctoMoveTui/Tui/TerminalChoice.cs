using OctoMoveTui.CommandLine.Configuring;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;
using Terminal.Gui.Configuration;
using Terminal.Gui.Drivers;
using Terminal.Gui.Drawing;
using System.Text;

namespace OctoMoveTui.Tui;

/// <summary>What this terminal can show, as far as its environment tells.</summary>
internal sealed record TerminalChoice(bool Ascii, bool Colours, string? Driver)
{
    /// <exception cref="MoveFailure">The driver that was asked for doesn't exist here.</exception>
    public static TerminalChoice For(ScreenSettings settings, IReadOnlyDictionary<string, string> environment, bool isWindows)
    {
        var term = environment.GetValueOrDefault("TERM", "");
        var colours = string.IsNullOrEmpty(environment.GetValueOrDefault("NO_COLOR"));
        var poor = !isWindows && (term is "dumb" || term.StartsWith("vt", StringComparison.Ordinal) || !IsUtf8(environment));
        return new TerminalChoice(settings.Ascii ?? poor, colours, Known(settings.Driver));
    }

    /// <summary>
    /// The library's settings that hold for the whole process: set once, before the first application. Sixteen colours are the terminal's own,
    /// which its user chose to be readable; without the mouse, the terminal itself selects and copies text.
    /// </summary>
    public void Apply()
    {
        Terminal.Gui.Drivers.Driver.Force16Colors = true;
        ApplicationSettings.Defaults.IsMouseDisabled = true;
        if (Ascii)
        {
            GlyphSettings.Current = GlyphSettings.Default with { Dot = new Rune('*'), HorizontalEllipsis = new Rune('.') };
        }
    }

    private static bool IsUtf8(IReadOnlyDictionary<string, string> environment)
    {
        var locale = new[] { "LC_ALL", "LC_CTYPE", "LANG" }
            .Select(name => environment.GetValueOrDefault(name, ""))
            .FirstOrDefault(value => value.Length > 0) ?? "";
        return locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("UTF8", StringComparison.OrdinalIgnoreCase);
    }

    // The library throws on an unknown name, and hangs with the windows driver elsewhere.
    private static string? Known(string driver)
    {
        if (driver.Length == 0)
        {
            return null;
        }

        var names = DriverRegistry.GetSupportedDrivers().Select(known => known.ToString()!).ToList();
        return names.Find(name => name.Equals(driver, StringComparison.OrdinalIgnoreCase))
            ?? throw new MoveFailure(new FailureReport(FailureCause.Usage, CommandLineWords.UnknownDriver(driver, names), "", []));
    }
}
