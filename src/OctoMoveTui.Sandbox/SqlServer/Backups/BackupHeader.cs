using OctoMoveTui.Sandbox.SqlServer.Databases;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>A file of the database that was backed up.</summary>
internal sealed record BackedUpFile(int Id, bool IsLog, string LogicalName, string Path, long Bytes, Guid UniqueId);

/// <summary>BACKUP … WITH ENCRYPTION: the algorithm as headers spell it, and the certificate that opens it.</summary>
internal sealed record BackupEncryption(string Algorithm, byte[] Thumbprint);

/// <summary>All that RESTORE HEADERONLY and FILELISTONLY tell of a backup set, and what the restored database inherits.</summary>
internal sealed record BackupHeader
{
    public required string Database { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? MediaName { get; init; }
    public required Guid MediaSetId { get; init; }
    public required Guid SetGuid { get; init; }
    public required Guid FamilyGuid { get; init; }
    public required Guid RecoveryFork { get; init; }
    public required Guid BindingId { get; init; }
    public int Position { get; init; }
    public int Stripes { get; init; } = 1;
    public required string Server { get; init; }
    public required string Machine { get; init; }
    public required string User { get; init; }
    public required string ProductVersion { get; init; }
    public required int InternalVersion { get; init; }
    public required DateTime DatabaseCreated { get; init; }
    public required DateTime Started { get; init; }
    public DateTime Finished { get; init; }
    public required decimal FirstLsn { get; init; }
    public required decimal LastLsn { get; init; }
    public bool CopyOnly { get; init; }
    public bool Checksums { get; init; }
    public bool Compressed { get; init; }
    public long Bytes { get; init; }
    public long CompressedBytes { get; init; }
    public BackupEncryption? Encryption { get; init; }

    /// <summary>Transparent data encryption of the database itself.</summary>
    public DatabaseEncryptionKey? DatabaseKey { get; init; }

    /// <summary>A page of the database was rotten already, whether the backup noticed (<see cref="IsDamaged"/>) or not.</summary>
    public int? RottenPage { get; init; }

    /// <summary>Written WITH CONTINUE_AFTER_ERROR over damage that it saw.</summary>
    public bool IsDamaged { get; init; }
    public byte DeviceType { get; init; } = 2;
    public required DatabaseSettings Settings { get; init; }
    public required IReadOnlyList<BackedUpFile> Files { get; init; }
    public required IReadOnlyList<UserState> Users { get; init; }

    /// <summary>512 always (as captured), 16 with checksums, 1024 copy-only.</summary>
    public int Flags => 512 | (Checksums ? 16 : 0) | (CopyOnly ? 1024 : 0);
}
