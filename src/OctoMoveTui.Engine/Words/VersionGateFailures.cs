using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said of versions of Octopus Server that can't do what is asked of them.</summary>
internal static class VersionGateFailures
{
    internal static MoveFailure TooOld(string file, OctopusVersion version) => new(new(
        FailureCause.OctopusCommand, $"{file} is Octopus Server {version}; octomove moves {VersionGates.Oldest} and later.",
        $"Before {VersionGates.Oldest} the settings are not in the database, and no command tells them: octomove can't find out what would have to move.",
        ["Upgrade Octopus Server where it is, let it work for a day, then move it.", "Or move it by hand, by the documentation of its own version."]));

    internal static MoveFailure NotKnown(string file, OctopusVersion version, VersionGate gate) => new(new(
        FailureCause.OctopusCommand, $"{file} is Octopus Server {version}, which has no \"{gate}\"; that came with {gate.Since}.", "",
        ["Nothing was changed by this. Please report it: octomove should not have asked this version for it."]));

    internal static MoveFailure VersionUnknown(string file, string raw) => new(new(
        FailureCause.OctopusCommand, $"octomove can't find out which version {file} is.",
        "It is not Octopus.Server, or its installation is broken: the version decides which commands it understands.",
        ["Run it by hand with \"version\" and look at what it says; repair the installation if it says nothing."], raw.Trim()));
}
