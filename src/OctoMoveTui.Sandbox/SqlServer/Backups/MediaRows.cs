using System.Globalization;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>The result sets of HEADERONLY, FILELISTONLY and LABELONLY, with the types that real servers send (not those in the documentation).</summary>
internal static class MediaRows
{
    private const int FirstWithTimeZone = 16;

    private static readonly SqlType Text128 = SqlType.SysName;
    private static readonly SqlType Guid16 = SqlType.UniqueIdentifier;
    private static readonly SqlType Thumbprint = SqlType.VarBinary(20);

    private static readonly ResultColumn[] OldHeaderColumns =
    [
        new("BackupName", Text128), new("BackupDescription", SqlType.NVarChar(255)), new("BackupType", SqlType.TinyInt), new("ExpirationDate", SqlType.DateTime),
        new("Compressed", SqlType.TinyInt), new("Position", SqlType.SmallInt), new("DeviceType", SqlType.TinyInt), new("UserName", Text128), new("ServerName", Text128),
        new("DatabaseName", Text128), new("DatabaseVersion", SqlType.Int), new("DatabaseCreationDate", SqlType.DateTime), new("BackupSize", SqlType.BigInt),
        new("FirstLSN", SqlType.Lsn), new("LastLSN", SqlType.Lsn), new("CheckpointLSN", SqlType.Lsn), new("DatabaseBackupLSN", SqlType.Lsn),
        new("BackupStartDate", SqlType.DateTime), new("BackupFinishDate", SqlType.DateTime), new("SortOrder", SqlType.SmallInt), new("CodePage", SqlType.SmallInt),
        new("UnicodeLocaleId", SqlType.Int), new("UnicodeComparisonStyle", SqlType.Int), new("CompatibilityLevel", SqlType.TinyInt), new("SoftwareVendorId", SqlType.Int),
        new("SoftwareVersionMajor", SqlType.Int), new("SoftwareVersionMinor", SqlType.Int), new("SoftwareVersionBuild", SqlType.Int), new("MachineName", Text128),
        new("Flags", SqlType.Int), new("BindingID", Guid16), new("RecoveryForkID", Guid16), new("Collation", Text128), new("FamilyGUID", Guid16),
        new("HasBulkLoggedData", SqlType.Bit), new("IsSnapshot", SqlType.Bit), new("IsReadOnly", SqlType.Bit), new("IsSingleUser", SqlType.Bit),
        new("HasBackupChecksums", SqlType.Bit), new("IsDamaged", SqlType.Bit), new("BeginsLogChain", SqlType.Bit), new("HasIncompleteMetaData", SqlType.Bit),
        new("IsForceOffline", SqlType.Bit), new("IsCopyOnly", SqlType.Bit), new("FirstRecoveryForkID", Guid16), new("ForkPointLSN", SqlType.Lsn),
        new("RecoveryModel", SqlType.NVarChar(60)), new("DifferentialBaseLSN", SqlType.Lsn), new("DifferentialBaseGUID", Guid16), new("BackupTypeDescription", Text128),
        new("BackupSetGUID", Guid16), new("CompressedBackupSize", SqlType.BigInt), new("Containment", SqlType.TinyInt), new("KeyAlgorithm", SqlType.NVarChar(32)),
        new("EncryptorThumbprint", Thumbprint), new("EncryptorType", SqlType.NVarChar(32)),
    ];

    private static readonly ResultColumn[] NewHeaderColumns =
        [.. OldHeaderColumns, new("LastValidRestoreTime", SqlType.DateTime), new("TimeZone", SqlType.SmallInt), new("CompressionAlgorithm", SqlType.NVarChar(32))];

    public static readonly ResultColumn[] FileColumns =
    [
        new("LogicalName", Text128), new("PhysicalName", SqlType.NVarChar(260)), new("Type", SqlType.NChar(1)), new("FileGroupName", Text128), new("Size", SqlType.BigInt),
        new("MaxSize", SqlType.BigInt), new("FileId", SqlType.BigInt), new("CreateLSN", SqlType.Lsn), new("DropLSN", SqlType.Lsn), new("UniqueId", Guid16),
        new("ReadOnlyLSN", SqlType.Lsn), new("ReadWriteLSN", SqlType.Lsn), new("BackupSizeInBytes", SqlType.BigInt), new("SourceBlockSize", SqlType.Int),
        new("FileGroupId", SqlType.Int), new("LogGroupGUID", Guid16), new("DifferentialBaseLSN", SqlType.Lsn), new("DifferentialBaseGUID", Guid16),
        new("IsReadOnly", SqlType.Bit), new("IsPresent", SqlType.Bit), new("TDEThumbprint", Thumbprint), new("SnapshotUrl", SqlType.NVarChar(336)),
    ];

    public static readonly ResultColumn[] LabelColumns =
    [
        new("MediaName", Text128), new("MediaSetId", Guid16), new("FamilyCount", SqlType.Int), new("FamilySequenceNumber", SqlType.Int), new("MediaFamilyId", Guid16),
        new("MediaSequenceNumber", SqlType.Int), new("MediaLabelPresent", SqlType.TinyInt), new("MediaDescription", SqlType.NVarChar(255)), new("SoftwareName", Text128),
        new("SoftwareVendorId", SqlType.Int), new("MediaDate", SqlType.DateTime), new("MirrorCount", SqlType.Int), new("IsCompressed", SqlType.Bit),
    ];

    /// <summary>59 columns since 2022, 56 before.</summary>
    public static IReadOnlyList<ResultColumn> HeaderColumns(int major) => major >= FirstWithTimeZone ? NewHeaderColumns : OldHeaderColumns;

    public static object?[] Header(BackupHeader header)
    {
        var version = header.ProductVersion.Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return
        [
            header.Name, header.Description, 1, null, header.Compressed, header.Position, header.DeviceType, header.User, header.Server,
            header.Database, header.InternalVersion, header.DatabaseCreated, header.Bytes, header.FirstLsn, header.LastLsn, header.FirstLsn, 0m,
            header.Started, header.Finished, 52, 0, 1033, 196609, header.Settings.CompatibilityLevel, 4608,
            version[0], version[1], version[2], header.Machine, header.Flags, header.BindingId, header.RecoveryFork, header.Settings.Collation, header.FamilyGuid,
            false, false, header.Settings.ReadOnly, header.Settings.Access == UserAccess.SingleUser, header.Checksums, header.IsDamaged, false, false,
            false, header.CopyOnly, header.RecoveryFork, null, header.Settings.RecoveryModel, null, null, "Database",
            header.SetGuid, header.CompressedBytes, 0, header.Encryption?.Algorithm, header.Encryption?.Thumbprint, header.Encryption is null ? null : "CERTIFICATE",
            header.Finished, 0, header.Compressed ? "MS_XPRESS" : null,
        ];
    }

    public static IEnumerable<object?[]> Files(BackupHeader header) => header.Files.Select(file => new object?[]
    {
        file.LogicalName, file.Path, file.IsLog ? "L" : "D", file.IsLog ? null : "PRIMARY", file.Bytes, 35184372080640L, file.Id, 0m, 0m, file.UniqueId,
        0m, 0m, file.IsLog ? 0L : header.Bytes, 512, file.IsLog ? 0 : 1, null, 0m, Guid.Empty, header.Settings.ReadOnly, true, header.DatabaseKey is { IsEncrypted: true } key ? key.Thumbprint : null, null,
    });

    public static object?[] Label(MediaLabel label) =>
        [label.MediaName, label.MediaSetId, label.Families, label.Family, label.MediaSetId, 1, 0, null, "Microsoft SQL Server", 4608, label.Written, 1, label.Compressed];
}
