namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>What a database can be that no statement of a move makes it: shown by the catalog, and acted upon where SQL Server acts upon it.</summary>
public sealed record DatabasePose
{
    public bool Published { get; init; }
    public bool Subscribed { get; init; }
    public bool MergePublished { get; init; }
    public bool Distributor { get; init; }

    /// <summary>is_cdc_enabled.</summary>
    public bool ChangeDataCapture { get; init; }

    /// <summary>"TCP://other:5022": the database is the principal of a mirroring session; null: it is not mirrored.</summary>
    public string? MirroringPartner { get; init; }

    /// <summary>Another collation than the server's; null: as it is.</summary>
    public string? Collation { get; init; }

    /// <summary>Partially contained; null: as it is.</summary>
    public bool? Contained { get; init; }

    /// <summary>"Compression", "Partitioning", "InMemoryOLTP"…; null: as it is.</summary>
    public IReadOnlyList<string>? EditionFeatures { get; init; }

    /// <summary>sys.dm_database_encryption_keys.encryption_state: 2 encryption goes on, 3 encrypted, 5 decryption goes on; null: as it is.</summary>
    public int? EncryptionState { get; init; }

    /// <summary>The thumbprint, 20 bytes in hexadecimal, of the certificate that protects the key; null: as it is.</summary>
    public string? EncryptedBy { get; init; }

    /// <summary>That protector is an asymmetric key of a key store (EKM): the double only shows it, and opens nothing with it.</summary>
    public bool ByOuterKey { get; init; }

    /// <summary>sys.databases.state: 2 recovering, 3 recovery pending, 4 suspect, 5 emergency; null: as it is.</summary>
    public byte? State { get; init; }

    /// <summary>When CHECKDB last found nothing; null: as it is.</summary>
    public DateTime? LastGoodCheck { get; init; }
}
