namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>An error that Octopus.Server expected: it prints the message between two lines of '=' and leaves with exit code 1.</summary>
internal sealed class ControlledFailure(string message) : Exception(message);
