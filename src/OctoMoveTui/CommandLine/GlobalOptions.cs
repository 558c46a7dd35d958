using System.CommandLine;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.CommandLine;

/// <summary>The options that every command takes; each but --config is a configuration key by another name.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<string> move =
        new("--move", "-m") { Description = CommandLineWords.MoveOption, HelpName = "DIR", Recursive = true };

    private readonly Option<string> shape =
        new("--shape") { Description = CommandLineWords.ShapeOption, HelpName = "SHAPE", Recursive = true };

    private readonly Option<string[]> set =
        new("--set") { Description = CommandLineWords.SetOption, HelpName = "Key=Value", Recursive = true };

    private readonly Option<bool> plain = new("--plain") { Description = CommandLineWords.PlainOption, Recursive = true };

    private readonly Option<bool> ascii = new("--ascii") { Description = CommandLineWords.AsciiOption, Recursive = true };

    private readonly Option<string> driver =
        new("--driver") { Description = CommandLineWords.DriverOption, HelpName = "NAME", Recursive = true };

    public Option<string> Config { get; } =
        new("--config", "-c") { Description = CommandLineWords.ConfigOption, HelpName = "FILE", Recursive = true };

    public void AddTo(RootCommand root)
    {
        foreach (var option in new Option[] { move, shape, Config, set, plain, ascii, driver })
        {
            root.Add(option);
        }
    }

    /// <summary>The options as configuration, --set first: an option of its own says more than a --set of the same key.</summary>
    /// <exception cref="MoveFailure">A --set without its equals sign.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> Settings(ParseResult typed)
    {
        var settings = (typed.GetValue(set) ?? []).Select(Split).ToList();
        Add("Move", typed.GetValue(move));
        Add("Shape", typed.GetValue(shape));
        Add("Screen:Driver", typed.GetValue(driver));
        Add("Screen:Plain", typed.GetValue(plain) ? "true" : null);
        Add("Screen:Ascii", typed.GetValue(ascii) ? "true" : null);
        return settings;

        void Add(string key, string? value)
        {
            if (value is not null)
            {
                settings.Add(new(key, value));
            }
        }
    }

    /// <summary>What was typed, to be typed again for an engine: how the screen looks is none of its business. The move folder is named apart.</summary>
    public IReadOnlyList<string> ForEngine(ParseResult typed) =>
    [
        .. typed.GetValue(Config) is { } file ? ["--config", file] : Array.Empty<string>(),
        .. Settings(typed).Where(each => each.Key != "Move" && !each.Key.StartsWith("Screen:", StringComparison.OrdinalIgnoreCase))
            .SelectMany(each => new[] { "--set", $"{each.Key}={each.Value}" }),
    ];

    private static KeyValuePair<string, string> Split(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0
            ? new(text[..at].Trim(), text[(at + 1)..])
            : throw new MoveFailure(new FailureReport(
                FailureCause.Usage, CommandLineWords.BadSet(text), "", [CommandLineWords.BadSetToDo]));
    }
}
