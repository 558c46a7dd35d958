namespace OctoMoveTui.Engine.Octopus;

/// <summary>How many there are of a kind of documents ("Project.Releases").</summary>
public sealed record KindCount(string Kind, long Count);

/// <summary>How a server finds that it and its cluster are.</summary>
/// <param name="IsNormal">It operates normally.</param>
/// <param name="Description">What it says of itself.</param>
public sealed record ServerHealth(bool IsNormal, string Description)
{
    /// <summary>The whole cluster only reads. Whether maintenance mode alone counts as that is not documented.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>No node takes tasks.</summary>
    public bool IsDraining { get; init; }

    /// <summary>More is used than the licence allows: nodes, for instance, as long as the old server's is listed.</summary>
    public bool IsBeyondLicence { get; init; }
}

/// <summary>What a file that is read through the API is.</summary>
public enum ContentKind
{
    /// <summary>The log of a task, as the server renders it.</summary>
    TaskLog,

    /// <summary>An artifact of a deployment.</summary>
    Artifact,

    /// <summary>A package of the built-in repository.</summary>
    Package,
}

/// <summary>A file that a server keeps.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Space">The id of its space; empty for system tasks and before spaces were.</param>
/// <param name="Id">For instance <c>Artifacts-12</c>.</param>
/// <param name="Name">What people call it.</param>
public sealed record StoredContent(ContentKind Kind, string Space, string Id, string Name);

/// <summary>What reading one gave.</summary>
/// <param name="State">Whether it could be read.</param>
/// <param name="Bytes">Its size, as far as known.</param>
/// <param name="Hash">The SHA-256 of its content, in hexadecimal digits; empty unless it was read.</param>
public sealed record ContentDigest(ContentState State, long Bytes, string Hash);

/// <summary>Whether a file could be read.</summary>
public enum ContentState
{
    /// <summary>To its end.</summary>
    Read,

    /// <summary>The server doesn't have it.</summary>
    Missing,

    /// <summary>Larger than is worth reading for a sample.</summary>
    TooLarge,
}
