using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>The errors of BACKUP and RESTORE. The first message is the cause, 3013 always comes last and says nothing.</summary>
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
    public static SqlServerException OtherStripeCount(string device) => Error(3231, 16, 1,
        $"The media loaded on \"{device}\" is formatted to support a different number of media families than are expected according to the backup device specification.");
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
