namespace OctoMoveTui.Engine.Moving;

/// <summary>One thing that the new server was asked, and how it stands against the old one. Never a secret.</summary>
/// <param name="Topic">What it belongs to.</param>
/// <param name="What">What was asked.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Old">As the old server had it; empty when there is nothing to compare.</param>
/// <param name="New">As the new server has it.</param>
/// <param name="Note">What should be known about it; may be empty.</param>
public sealed record ServerProof(ProofTopic Topic, string What, ProofStanding Standing, string Old, string New, string Note = "");

/// <summary>What a proof belongs to.</summary>
public enum ProofTopic
{
    /// <summary>Who answers.</summary>
    Identity,

    /// <summary>How many of each kind there are.</summary>
    Counts,

    /// <summary>A file read through the API.</summary>
    Content,

    /// <summary>How the server and its nodes are.</summary>
    Health,
}

/// <summary>How a proof stands.</summary>
public enum ProofStanding
{
    /// <summary>As it was, or as it should be.</summary>
    Holds,

    /// <summary>Not compared, or different for a reason: to be known, nothing to stop for.</summary>
    Told,

    /// <summary>Different without a reason.</summary>
    Differs,
}
