using System.Text.RegularExpressions;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>A version of Octopus Server, such as 3.16.4 or 2026.2.4120.</summary>
/// <param name="Text">As the program tells it, without a "+suffix": what two servers have to agree in.</param>
/// <param name="Numbers">Its numbers, for what a version is old or new enough for.</param>
public sealed partial record OctopusVersion(string Text, Version Numbers)
{
    /// <summary>
    /// Reads what <c>version</c> printed: the last line that holds a version, for old builds may print a title first. Null when none does.
    /// </summary>
    public static OctopusVersion? Find(string text) =>
        text.Split('\n').Reverse().Select(line => Pattern().Match(line)).FirstOrDefault(match => match.Success) is { } found
            ? new OctopusVersion(found.Value, Version.Parse(found.Groups["numbers"].Value))
            : null;

    /// <summary>True for that version and every later one.</summary>
    public bool IsAtLeast(string since) => Numbers >= Version.Parse(since);

    /// <inheritdoc/>
    public override string ToString() => Text;

    [GeneratedRegex(@"(?<![\d.])(?<numbers>\d+(\.\d+){1,3})(-[0-9A-Za-z.-]+)?")]
    private static partial Regex Pattern();
}
