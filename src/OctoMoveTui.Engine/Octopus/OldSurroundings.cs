namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// What of the old server lies outside its database and directories, as it was before anything changed: the new server is held against it. What could
/// not be asked stays empty or null.
/// </summary>
public sealed record OldSurroundings
{
    /// <summary>The account that the old service logs on as, as the service controller shows it.</summary>
    public string ServiceAccount { get; init; } = "";

    /// <summary>The services that it starts after.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Where the portal listens.</summary>
    public string ListenPrefixes { get; init; } = "";

    /// <summary>The port that polling Tentacles call; null when it wasn't said.</summary>
    public int? CommunicationsPort { get; init; }

    /// <summary>Where Tentacles that poll by WebSocket call; empty = nowhere.</summary>
    public string WebSocketPrefix { get; init; } = "";

    /// <summary>Whether the portal sends everybody to https.</summary>
    public bool? ForceSsl { get; init; }

    /// <summary>The certificates that HTTP.sys presents; null when netsh could not be asked.</summary>
    public IReadOnlyList<CertificateBinding>? Bindings { get; init; }

    /// <summary>Who may listen where without being an administrator; null when netsh could not be asked.</summary>
    public IReadOnlyList<AddressReservation>? Reservations { get; init; }

    /// <summary>Tentacles that poll the server; Kubernetes agents among them.</summary>
    public IReadOnlyList<OctopusTarget> Polling { get; init; } = [];

    /// <summary>Some of the Tentacles that listen, spread over all of them.</summary>
    public IReadOnlyList<OctopusTarget> Listening { get; init; } = [];

    /// <summary>How many listen in all.</summary>
    public int ListeningCount { get; init; }

    /// <summary>The address that mails and links begin with; null when none is set.</summary>
    public string? ServerUri { get; init; }
}
