namespace OctoMoveTui.Engine.Sql;

/// <summary>What makes a backup set this one and no other: the same in the old server's msdb, in the file, and in the new server's msdb.</summary>
/// <param name="SetId">BackupSetGUID, backup_set_uuid.</param>
/// <param name="Family">FamilyGUID: which database it is a copy of.</param>
/// <param name="FirstLsn">The log sequence numbers, up to 25 digits.</param>
/// <param name="LastLsn">The end of the log in the backup.</param>
/// <param name="CheckpointLsn">Where redo begins.</param>
/// <param name="DatabaseBackupLsn">The last full backup that was not COPY_ONLY.</param>
public sealed record BackupIdentity(Guid SetId, Guid Family, string FirstLsn, string LastLsn, string CheckpointLsn, string DatabaseBackupLsn);

/// <summary>A finished backup set as msdb has it.</summary>
/// <param name="Identity">What makes it this one.</param>
/// <param name="Position">Its place in the media set.</param>
/// <param name="Bytes">Before compression.</param>
/// <param name="CompressedBytes">As written.</param>
/// <param name="FinishedAt">Local time of the server.</param>
/// <param name="IsDamaged">Pages were damaged when it was taken.</param>
public sealed record BackupRow(BackupIdentity Identity, int Position, long Bytes, long CompressedBytes, DateTime? FinishedAt, bool IsDamaged);

/// <summary>A backup set as RESTORE HEADERONLY shows it.</summary>
public sealed record BackupHeader(
    BackupIdentity Identity, int Position, string Database, int BackupType, bool IsCopyOnly, bool HasChecksums, bool IsDamaged, bool IsForceOffline,
    bool IsReadOnly, int SoftwareMajor, string Description, long Bytes, DateTime? FinishedAt)
{
    /// <summary>True when the move of that id took it.</summary>
    public bool IsOf(string moveId) => Description.Contains($"run={moveId}", StringComparison.Ordinal);
}

/// <summary>From what, and how, the database of a name was last restored.</summary>
/// <param name="SetId">The backup set.</param>
/// <param name="At">Local time of the server.</param>
/// <param name="By">The login.</param>
/// <param name="From">The server that the backup came from.</param>
public sealed record RestoreRow(Guid SetId, DateTime? At, string By, string From);

/// <summary>The settings of a database that a move must not change by accident.</summary>
public sealed record DatabaseOptions(
    string RecoveryModel, int CompatibilityLevel, string Collation, bool ReadCommittedSnapshot, string SnapshotIsolation, string PageVerify,
    bool AutoClose, bool AutoShrink, bool Broker, bool Trustworthy, bool DbChaining, string? Owner);
