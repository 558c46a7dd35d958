using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said about known troubles of the found version.</summary>
internal static class HazardWords
{
    internal static readonly CheckWords Hazards = new(
        "Known troubles of this version", "what this version of Octopus Server is known for, and what octomove does about it",
        Warns: "there is something for you to do or to leave", Unknown: "the version isn't known");

    internal static readonly CheckWords StartUpIndexing = new(
        "Re-index at start-up", "whether the first start of the new server will be a re-index, which drops packages whose file is missing",
        Warns: "it is on, or can't be told");

    internal const string VersionUnknown = "The version isn't known, so neither are its troubles.";

    internal static string Found(OctopusVersion version, IReadOnlyList<KnownHazard> hazards) =>
        hazards.Count == 0
            ? $"Octopus Server {version}: none are known."
            : $"Octopus Server {version}: " + string.Join(" ", hazards.Select(each => $"{each.What} {char.ToUpperInvariant(each.Octomove[0])}{each.Octomove[1..]} ({each.Issue})"));

    internal static readonly string SwitchOff =
        $"Not needed: octomove starts the new server only when every package is proven to be there. To spare the new server that work, switch it off under {Octopus.StartUpIndexing.Place} "
        + "of the old server before the outage, and on again afterwards.";
}
