using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>
/// The errors of BACKUP and RESTORE. The first message is the cause, 3013 always comes last and says nothing. Texts are those of Microsoft's list
/// of events and errors; states are captured ones where the reference has them, else 1 or from memory.
/// </summary>
internal static class BackupErrors
{
    public static readonly SqlMessage Aborted = new(3204, 1, 16, "The backup or restore was aborted.");
    private static readonly SqlMessage PlanningFailed = new(3119, 1, 16, "Problems were identified while planning for the RESTORE statement. Previous messages provide details.");

    private static SqlServerException Error(int number, byte severity, byte state, string text) => new(new SqlMessage(number, state, severity, text));

    public static SqlMessage Terminating(TSqlStatement statement) => new(3013, 1, 16, $"{NameOf(statement)} is terminating abnormally.");

    public static string NameOf(TSqlStatement statement) => statement switch
    {
        BackupTransactionLogStatement => "BACKUP LOG",
        BackupStatement => "BACKUP DATABASE",
        RestoreStatement { Kind: RestoreStatementKind.HeaderOnly } => "RESTORE HEADERONLY",
        RestoreStatement { Kind: RestoreStatementKind.FileListOnly } => "RESTORE FILELIST",
        RestoreStatement { Kind: RestoreStatementKind.LabelOnly } => "RESTORE LABELONLY",
        RestoreStatement { Kind: RestoreStatementKind.VerifyOnly } => "VERIFY DATABASE",
        _ => "RESTORE DATABASE",
    };

    /// <summary>A failure inside BACKUP or RESTORE becomes a chain that ends with 3013.</summary>
    public static SqlServerException Chain(SqlServerException failure, TSqlStatement statement) =>
        failure.Messages[^1].Number == 3013 || failure.Number is 40515 or 155 or 137 ? failure : new SqlServerException([.. failure.Messages, Terminating(statement)]);

    public static SqlServerException UnknownOption(string option, string statement) => Error(155, 15, 1, $"'{option}' is not a recognized {statement} option.");
    public static SqlServerException InTransaction() => Error(3021, 16, 0, "Cannot perform a backup or restore operation within a transaction.");
    public static SqlServerException TooManyDevices() => Error(3205, 16, 1, "Too many backup devices specified for backup or restore; only 64 are allowed.");
    public static SqlServerException MixedDevices() => Error(3011, 16, 1, "All backup devices must be of the same general class (for example, DISK and TAPE).");
    public static SqlServerException NoDeviceName() => Error(3044, 16, 1, "Invalid zero-length device name. Reissue the BACKUP statement with a valid device name.");
    public static SqlServerException InvalidDeviceName(string name) => Error(3078, 16, 2,
        $"The file name \"{name}\" is invalid as a backup device name for the specified device type. Reissue the BACKUP statement with a valid file name and device type.");
    public static SqlServerException WrongS3Identity() => Error(3233, 16, 1, "Invalid Identity Specified for the S3 Credential. Credential Identity must be 'S3 Access Key'.");
    public static SqlServerException BlobExists(string url) => Error(3271, 16, 1,
        $"A nonrecoverable I/O error occurred on file \"{url}:\" The file {url} exists on the remote endpoint, and WITH FORMAT was not specified. Backup cannot proceed.");
    public static SqlServerException InvalidValue(string option) => Error(3217, 16, 1, $"Invalid value specified for {option} parameter.");
    public static SqlServerException Incompatible(string wanted, string instead) => Error(3098, 16, 1,
        $"The backup cannot be performed because '{wanted}' was requested after the media was formatted with an incompatible structure. To append to this media set, " +
        $"either omit '{wanted}' or specify '{instead}'. Alternatively, you can create a new media set by using WITH FORMAT in your BACKUP statement. " +
        "If you use WITH FORMAT on an existing media set, all its backup sets will be overwritten.");
    public static SqlServerException CannotAppendEncrypted() => Error(3095, 16, 1,
        "The backup cannot be performed because 'ENCRYPTION' was requested after the media was formatted with an incompatible structure. To append to this media set, " +
        "either omit 'ENCRYPTION' or create a new media set by using WITH FORMAT in your BACKUP statement. If you use WITH FORMAT on an existing media set, all its backup sets will be overwritten.");
    public static SqlServerException OnReplica() => Error(3059, 16, 1, "This BACKUP or RESTORE command is not supported on a database mirror or secondary replica.");
    public static readonly SqlMessage HistoryLost = new(3009, 1, 16,
        "Could not insert a backup or restore history/detail record in the msdb database. This may indicate a problem with the msdb database. The backup/restore operation was still successful.");
    public static SqlServerException PageIsRotten(string database, int page, string file) => Error(3043, 16, 1,
        $"BACKUP '{database}' detected an error on page (1:{page}) in file '{file}'.");
    public static readonly SqlMessage SavedDamaged = new(3042, 1, 10,
        "BACKUP WITH CONTINUE_AFTER_ERROR successfully generated a backup of the damaged database. Refer to the SQL Server error log for information about the errors that were encountered.");

    public static SqlServerException Serialized() => Error(3023, 16, 2,
        "Backup, file manipulation operations (such as ALTER DATABASE ADD FILE) and encryption changes on a database must be serialized. Reissue the statement after the current backup or file manipulation operation is completed.");
    public static SqlServerException TempDb() => Error(3147, 16, 3, "Backup and restore operations are not allowed on database tempdb.");
    public static SqlServerException NotInThisEdition(string feature, string edition) => Error(1844, 16, 1, $"{feature} is not supported on {edition}.");

    public static SqlServerException CannotOpen(string device, int osError, bool forWriting) => Error(3201, 16, forWriting ? (byte)1 : (byte)2,
        $"Cannot open backup device '{device}'. Operating system error {ServiceAccountDisk.Describe(osError)}.");
    public static SqlServerException WriteFailed(string device, int osError) => Error(3202, 16, 1, $"Write on \"{device}\" failed: {ServiceAccountDisk.Describe(osError)}");
    public static SqlServerException NotABackup(string device) => Error(3241, 16, 0,
        $"The media family on device '{device}' is incorrectly formed. SQL Server cannot process this media family.");
    public static SqlServerException EmptyFile(string device) => Error(3254, 16, 1, $"The volume on device '{device}' is empty.");
    public static SqlServerException UnknownPosition(int position, string device) => Error(3287, 16, 1, $"The file ID {position} on device '{device}' is not valid.");
    public static SqlServerException MissingStripes(int all, int given) => Error(3132, 16, 1,
        $"The media set has {all} media families but only {given} are provided. All members must be provided.");
    public static SqlServerException OtherStripeCount(string device, int families, int expected) => Error(3231, 16, 1,
        $"The media loaded on \"{device}\" is formatted to support {families} media families, but {expected} media families are expected according to the backup device specification.");
    public static SqlServerException SameStripeTwice(string device, int family, string before) => Error(3227, 16, 1,
        $"The backup media on \"{device}\" is part of media family {family} which has already been processed on \"{before}\". " +
        "Ensure that backup devices are correctly specified. For tape devices, ensure that the correct volumes are loaded.");
    public static SqlServerException OtherMediaSet(string device) => Error(3258, 16, 1,
        $"The volume on the device \"{device}\" is not part of the media set that is currently being processed. Ensure that the backup devices are loaded with the correct media.");
    public static SqlServerException NotTapeFormat(string device) => Error(3242, 16, 2, $"The file on device '{device}' is not a valid Microsoft Tape Format backup set.");
    public static SqlServerException OfOtherSoftware(string device) => Error(3143, 16, 1, $"The data set on device '{device}' is not a SQL Server backup set.");

    /// <summary>State 3 as seen on real servers.</summary>
    public static SqlServerException NoCertificate(byte[] thumbprint) => Error(33111, 16, 3,
        $"Cannot find server certificate with thumbprint '0x{Convert.ToHexString(thumbprint)}'.");
    public static SqlServerException DamagedWhenSaved() => Error(3182, 16, 1,
        "The backup set cannot be restored because the database was damaged when the backup occurred. Salvage attempts may exploit WITH CONTINUE_AFTER_ERROR.");
    public static SqlServerException InAvailabilityGroup(string database) => Error(3104, 16, 1,
        $"RESTORE cannot operate on database '{database}' because it is configured for database mirroring or has joined an availability group. " +
        "If you intend to restore the database, use ALTER DATABASE to remove mirroring or to remove the database from its availability group.");
    public static SqlServerException OverLicensedSize(long megabytes) => Error(1827, 16, 4,
        $"CREATE DATABASE or ALTER DATABASE failed because the resulting cumulative database size would exceed your licensed limit of {megabytes} MB per database.");
    public static SqlServerException NoEncryptionHere() => Error(33117, 16, 1,
        "Transparent Data Encryption is not available in the edition of this SQL Server instance. See books online for more details on feature support in different SQL Server editions.");
    public static SqlServerException NoChecksums() => Error(3187, 16, 1,
        "RESTORE WITH CHECKSUM cannot be specified because the backup set does not contain checksum information.");
    public static SqlServerException Damaged() => Error(3189, 16, 1, "Damage to the backup set was detected.");
    public static SqlServerException DamagedPage(int page, string database) => Error(3183, 16, 2,
        $"RESTORE detected an error on page (1:{page}) in database \"{database}\" as read from the backup set.");

    public static SqlServerException RestoreDenied(string database) => Error(3110, 14, 1, $"User does not have permission to RESTORE database '{database}'.");
    public static SqlServerException InUseByUs(string database) => Error(3102, 16, 1,
        $"RESTORE cannot process database '{database}' because it is in use by this session. It is recommended that the master database be used when performing this operation.");
    public static SqlServerException InUse() => Error(3101, 16, 1, "Exclusive access could not be obtained because the database is in use.");
    public static SqlServerException AlreadyRecovered() => Error(3153, 16, 2, "The database is already fully recovered.");
    public static SqlServerException CannotRecover() => Error(4333, 16, 1, "The database cannot be recovered because the log was not restored.");
    public static SqlServerException SystemDatabase(string database) => Error(3108, 16, 1, $"To restore the {database} database, the server must be running in single-user mode.");
    public static SqlServerException OtherDatabase(string database) => Error(3154, 16, 4, $"The backup set holds a backup of a database other than the existing '{database}' database.");
    public static SqlServerException TailNotBackedUp(string database) => Error(3159, 16, 1,
        $"The tail of the log for the database \"{database}\" has not been backed up. Use BACKUP LOG WITH NORECOVERY to backup the log if it contains work you do not want to lose. " +
        "Use the WITH REPLACE or WITH STOPAT clause of the RESTORE statement to just overwrite the contents of the log.");
    /// <summary>Since 2022 the message names database versions (904, 957) instead of product versions.</summary>
    public static SqlServerException NewerDatabase(long theirs, long ours) => Error(3169, 16, 1,
        $"The database was backed up on a server running database version {theirs}. That version is incompatible with this server, which supports version {ours}. " +
        "Either restore the database on a server that supports the backup, or use a backup that is compatible with this server.");
    public static SqlServerException NewerVersion(string theirs, string ours) => Error(3169, 16, 1,
        $"The database was backed up on a server running version {theirs}. That version is incompatible with this server, which is running version {ours}. " +
        "Either restore the database on a server that supports the backup, or use a backup that is compatible with this server.");
    public static SqlServerException UnknownLogicalFile(string file, string database) => Error(3234, 16, 2,
        $"Logical file '{file}' is not part of database '{database}'. Use RESTORE FILELISTONLY to list the logical file names.");

    // ---- what planning finds, file by file -------------------------------------------------------------------------------------

    public static SqlServerException Planning(IEnumerable<SqlMessage> problems) => new([.. problems, PlanningFailed]);

    public static SqlMessage[] FileOfOther(string path, string database, string logical) =>
        [new(1834, 1, 16, $"The file '{path}' cannot be overwritten.  It is being used by database '{database}'."), CannotRestoreTo(logical, path, 4)];

    public static SqlMessage[] NoDirectory(string path, int osError, string logical) =>
        [new(5133, 1, 16, $"Directory lookup for the file \"{path}\" failed with the operating system error {ServiceAccountDisk.Describe(osError)}."), CannotRestoreTo(logical, path, 3)];

    public static SqlMessage[] FileExists(string path, string logical) =>
    [
        new(3142, 1, 16, $"File \"{logical}\" cannot be restored over the existing \"{path}\". Reissue the RESTORE statement using WITH REPLACE to overwrite pre-existing files, or WITH MOVE to identify an alternate location."),
    ];

    public static SqlMessage[] ClaimedTwice(string path, BackedUpFile one, BackedUpFile two) =>
        [new(3176, 1, 16, $"File '{path}' is claimed by '{two.LogicalName}'({two.Id}) and '{one.LogicalName}'({one.Id}). The WITH MOVE clause can be used to relocate one or more files.")];

    public static SqlMessage NoSpace(string volume, long needed, long free) => new(3257, 1, 16,
        $"There is insufficient free space on disk volume '{volume}' to create the database. The database requires {needed} additional free bytes, while only {free} bytes are available.");

    private static SqlMessage CannotRestoreTo(string logical, string path, byte state) =>
        new(3156, state, 16, $"File '{logical}' cannot be restored to '{path}'. Use WITH MOVE to identify a valid location for the file.");
}
