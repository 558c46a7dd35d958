using System.Text.RegularExpressions;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// A version of Octopus Server, such as 3.16.4, 2026.2.4120 or 2026.3.1-hotfix.2. Equal only when every part is, the pre-release tag too; a number that
/// isn't written is 0, as the fourth that a file's version has. What follows a "+" tells of the build, not of the version.
/// </summary>
/// <param name="Text">As the program tells it, without a "+suffix": what two servers have to agree in.</param>
/// <param name="Numbers">Its numbers, for what a version is old or new enough for.</param>
public sealed partial record OctopusVersion(string Text, Version Numbers)
{
    /// <summary>
    /// Reads what <c>version</c> printed: the last line that holds a version, for old builds may print a title first. Null when none does.
    /// </summary>
    public static OctopusVersion? Find(string text) =>
        text.Split('\n').Reverse().Select(line => Pattern().Match(line)).FirstOrDefault(match => match.Success) is { } found ? Of(found) : null;

    /// <summary>The version that <paramref name="text"/> is, and nothing else; or null.</summary>
    public static OctopusVersion? Parse(string? text) =>
        text?.Trim().Split('+')[0] is { } whole && Pattern().Match(whole) is { Success: true } match && match.Length == whole.Length ? Of(match) : null;

    /// <summary>True when both are versions and every part of them is equal.</summary>
    public static bool AreSame(string? one, string? other) => Parse(one) is { } version && version == Parse(other);

    /// <summary>True for that version and every later one.</summary>
    public bool IsAtLeast(string since) => Numbers >= Version.Parse(since);

    /// <inheritdoc/>
    public bool Equals(OctopusVersion? other) => other is not null && other.Comparable == Comparable;

    /// <inheritdoc/>
    public override int GetHashCode() => Comparable.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Text;

    private (int, int, int, int, string) Comparable => (
        Numbers.Major, Numbers.Minor, Math.Max(0, Numbers.Build), Math.Max(0, Numbers.Revision),
        Text.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash ? Text[dash..].ToLowerInvariant() : "");

    private static OctopusVersion? Of(Match match) =>
        Version.TryParse(match.Groups["numbers"].ValueSpan, out var numbers) ? new OctopusVersion(match.Value, numbers) : null;

    [GeneratedRegex(@"(?<![\d.])(?<numbers>\d+(\.\d+){1,3})(-[0-9A-Za-z.-]+)?")]
    private static partial Regex Pattern();
}
