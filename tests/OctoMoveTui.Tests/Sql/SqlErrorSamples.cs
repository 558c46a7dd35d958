using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Tests.Sql;

/// <summary>What octomove was doing when the error came: the real scripts.</summary>
public enum Doing
{
    Connect,
    BackUp,
    Restore,
    ReadHeader,
    Verify,
    FindBackup,
    ReadOnly,
    CreateUser,
    MapUser,
    SetOwner,
    CreateLogin,
    Sessions,
    Check,
    ReadRows,
    PathLook,
}

/// <summary>An error as a real server words it, and what must come of it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Doing">The statement that gets it.</param>
/// <param name="Text">SQL Server's words; {file}, {db} and the like are real values.</param>
/// <param name="Cause">The exit code.</param>
/// <param name="Names">What the first line must name, besides the server.</param>
internal sealed record SqlErrorSample(int Number, Doing Doing, string Text, FailureCause Cause, params string[] Names)
{
    public byte State { get; init; } = 1;

    public byte Severity { get; init; } = 16;

    /// <summary>What comes after it, before the 3013 of BACKUP and RESTORE.</summary>
    public (int Number, string Text)[] Then { get; init; } = [];

    public override string ToString() => $"{Number} {Doing}";
}

/// <summary>Every number that must end as advice. Texts are from SQL Server's message catalog; those of 41902 to 41904 are from memory.</summary>
internal static class SqlErrorSamples
{
    public const string Database = "Octopus";
    public const string File = @"\\files\move\Octopus-20260101.bak";
    public const string Login = "octopus";

    private const string BackupAborted = "BACKUP DATABASE is terminating abnormally.";
    private const string RestoreAborted = "RESTORE DATABASE is terminating abnormally.";

    public static readonly IReadOnlyList<SqlErrorSample> All =
    [
        new(18456, Doing.Connect, "Login failed for user 'octopus'.", FailureCause.SqlConnection, Login) { Severity = 14 },
        new(18452, Doing.Connect, "Login failed. The login is from an untrusted domain and cannot be used with Integrated authentication.", FailureCause.SqlConnection, Login) { Severity = 14 },
        new(17806, Doing.Connect, "SSPI handshake failed with error code 0x8009030c, state 14 while establishing a connection with integrated security; the connection has been closed.", FailureCause.SqlConnection, Login) { Severity = 20 },
        new(18470, Doing.Connect, "Login failed for user 'octopus'. Reason: The account is disabled.", FailureCause.SqlConnection, Login, "disabled") { Severity = 14 },
        new(18486, Doing.Connect, "Login failed for user 'octopus' because the account is currently locked out. The system administrator can unlock it.", FailureCause.SqlConnection, Login, "locked") { Severity = 14 },
        new(18487, Doing.Connect, "Login failed for user 'octopus'.  Reason: The password of the account has expired.", FailureCause.SqlConnection, Login, "expired") { Severity = 14 },
        new(18488, Doing.Connect, "Login failed for user 'octopus'.  Reason: The password of the account must be changed.", FailureCause.SqlConnection, Login, "must change") { Severity = 14 },
        new(4060, Doing.Connect, "Cannot open database \"Octopus\" requested by the login. The login failed.", FailureCause.SqlConnection, Login, Database) { Severity = 11, Then = [(18456, "Login failed for user 'octopus'.")] },
        new(4064, Doing.Connect, "Cannot open user default database. Login failed.", FailureCause.SqlConnection, Login) { Severity = 11, Then = [(18456, "Login failed for user 'octopus'.")] },

        new(53, Doing.Connect, "The network path was not found.", FailureCause.SqlConnection) { Severity = 20 },
        new(40, Doing.Connect, "Could not open a connection to SQL Server.", FailureCause.SqlConnection) { Severity = 20 },
        new(2, Doing.Connect, "The system cannot find the file specified.", FailureCause.SqlConnection) { Severity = 20 },
        new(26, Doing.Connect, "Error Locating Server/Instance Specified.", FailureCause.SqlConnection) { Severity = 20 },
        new(-1, Doing.Connect, "The server was not found or was not accessible.", FailureCause.SqlConnection) { Severity = 20 },
        new(10060, Doing.Connect, "A connection attempt failed because the connected party did not properly respond.", FailureCause.SqlConnection) { Severity = 20 },
        new(10061, Doing.Connect, "No connection could be made because the target machine actively refused it.", FailureCause.SqlConnection) { Severity = 20 },
        new(11001, Doing.Connect, "No such host is known.", FailureCause.SqlConnection) { Severity = 20 },
        new(258, Doing.Connect, "The wait operation timed out.", FailureCause.SqlConnection) { Severity = 20 },
        new(-2, Doing.Connect, "Connection Timeout Expired.", FailureCause.SqlConnection) { Severity = 11 },
        new(0, Doing.Connect, "A connection was successfully established with the server, but then an error occurred.", FailureCause.SqlConnection) { Severity = 20 },
        new(20, Doing.Connect, "The instance of SQL Server you attempted to connect to does not support encryption.", FailureCause.SqlConnection, "encryption") { Severity = 20 },
        new(35, Doing.Connect, "An internal exception was caught.", FailureCause.SqlConnection, "certificate") { Severity = 20 },
        new(-2146893019, Doing.Connect, "The certificate chain was issued by an authority that is not trusted.", FailureCause.SqlConnection, "certificate") { Severity = 20 },
        new(-2146893022, Doing.Connect, "The target principal name is incorrect.", FailureCause.SqlConnection, "certificate") { Severity = 20 },
        new(10053, Doing.BackUp, "An established connection was aborted by the software in your host machine.", FailureCause.SqlConnection, "BACKUP DATABASE") { Severity = 20 },
        new(10054, Doing.BackUp, "An existing connection was forcibly closed by the remote host.", FailureCause.SqlConnection, "BACKUP DATABASE") { Severity = 20 },
        new(64, Doing.Restore, "The specified network name is no longer available.", FailureCause.SqlConnection, "RESTORE DATABASE") { Severity = 20 },
        new(121, Doing.Restore, "The semaphore timeout period has expired.", FailureCause.SqlConnection, "RESTORE DATABASE") { Severity = 20 },

        new(262, Doing.BackUp, "BACKUP DATABASE permission denied in database 'Octopus'.", FailureCause.SqlRight, Login, "BACKUP DATABASE") { Severity = 14 },
        new(229, Doing.FindBackup, "The SELECT permission was denied on the object 'backupset', database 'msdb', schema 'dbo'.", FailureCause.SqlRight, Login) { Severity = 14, State = 5 },
        new(297, Doing.Sessions, "The user does not have permission to perform this action.", FailureCause.SqlRight, Login),
        new(300, Doing.Sessions, "VIEW SERVER STATE permission was denied on object 'server', database 'master'.", FailureCause.SqlRight, Login) { Severity = 14 },
        new(3110, Doing.Restore, "User does not have permission to RESTORE database 'Octopus'.", FailureCause.SqlRight, Login, "RESTORE DATABASE") { Severity = 14 },
        new(5011, Doing.ReadOnly, "User does not have permission to alter database 'Octopus', the database does not exist, or the database is not in a state that allows access checks.", FailureCause.SqlRight, Login) { Severity = 14 },
        new(15247, Doing.CreateLogin, "User does not have permission to perform this action.", FailureCause.SqlRight, Login),
        new(7983, Doing.Check, "User 'octopus' does not have permission to run DBCC checkdb for database 'Octopus'.", FailureCause.SqlRight, Login, "DBCC CHECKDB") { Severity = 14, State = 36 },
        new(2571, Doing.Check, "User 'octopus' does not have permission to run DBCC checkdb.", FailureCause.SqlRight, Login, "DBCC CHECKDB") { Severity = 14 },
        new(916, Doing.ReadRows, "The server principal \"octopus\" is not able to access the database \"Octopus\" under the current security context.", FailureCause.SqlRight, Login, Database) { Severity = 14 },

        new(911, Doing.BackUp, "Database 'Octopus' does not exist. Make sure that the name is entered correctly.", FailureCause.SqlStatement, Database) { State = 11 },
        new(942, Doing.BackUp, "Database 'Octopus' cannot be opened because it is offline.", FailureCause.SqlStatement, Database, "offline") { Severity = 14 },
        new(945, Doing.BackUp, "Database 'Octopus' cannot be opened due to inaccessible files or insufficient memory or disk space. See the SQL Server errorlog for details.", FailureCause.SqlStatement, Database, "files") { Severity = 14 },
        new(927, Doing.BackUp, "Database 'Octopus' cannot be opened. It is in the middle of a restore.", FailureCause.SqlStatement, Database, "restore") { Severity = 14 },
        new(924, Doing.BackUp, "Database 'Octopus' is already open and can only have one user at a time.", FailureCause.SqlStatement, Database, "single-user") { Severity = 14 },
        new(922, Doing.BackUp, "Database 'Octopus' is being recovered. Waiting until recovery is finished.", FailureCause.SqlStatement, Database, "recovered") { Severity = 14 },
        new(926, Doing.BackUp, "Database 'Octopus' cannot be opened. It has been marked SUSPECT by recovery. See the SQL Server errorlog for more information.", FailureCause.SqlStatement, Database, "SUSPECT") { Severity = 14 },
        new(3002, Doing.BackUp, "Cannot BACKUP or RESTORE a database snapshot.", FailureCause.SqlStatement, Database, "snapshot"),
        new(3033, Doing.BackUp, "BACKUP DATABASE cannot be used on a database opened in emergency mode.", FailureCause.SqlStatement, Database, "emergency"),
        new(3036, Doing.BackUp, "The database \"Octopus\" is in warm-standby state (set by executing RESTORE WITH STANDBY) and cannot be backed up until the entire restore sequence is completed.", FailureCause.SqlStatement, Database, "standby"),
        new(3906, Doing.CreateUser, "Failed to update database \"Octopus\" because the database is read-only.", FailureCause.SqlStatement, Database, "read-only"),

        new(3201, Doing.BackUp, $"Cannot open backup device '{File}'. Operating system error 5(Access is denied.).", FailureCause.Files, File, "operating system error 5"),
        new(3202, Doing.BackUp, $"Write on \"{File}\" failed: 112(There is not enough space on the disk.)", FailureCause.Files, File, "112"),
        new(3203, Doing.Restore, $"Read on \"{File}\" failed: 23(Data error (cyclic redundancy check).)", FailureCause.Files, File, "23"),
        new(3271, Doing.BackUp, $"A nonrecoverable I/O error occurred on file \"{File}:\" 64(The specified network name is no longer available.).", FailureCause.Files, File, "64"),
        new(3204, Doing.BackUp, "The backup or restore was aborted.", FailureCause.SqlStatement, "backup", Database),
        new(3205, Doing.BackUp, "Too many backup devices specified for backup or restore; only 64 are allowed.", FailureCause.SqlStatement, "too many"),

        new(3241, Doing.ReadHeader, $"The media family on device '{File}' is incorrectly formed. SQL Server cannot process this media family.", FailureCause.Differs, File),
        new(3242, Doing.ReadHeader, $"The file on device '{File}' is not a valid Microsoft Tape Format backup set.", FailureCause.Differs, File),
        new(3143, Doing.ReadHeader, $"The data set on device '{File}' is not a SQL Server backup set.", FailureCause.Differs, File),
        new(3254, Doing.ReadHeader, $"The volume on device '{File}' is empty.", FailureCause.Differs, File),
        new(3287, Doing.Verify, $"The file ID 7 on device '{File}' is not valid.", FailureCause.Differs, File),
        new(3132, Doing.Restore, "The media set has 4 media families but only 3 are provided. All members must be provided.", FailureCause.Differs, File),
        new(3231, Doing.Restore, $"The media loaded on \"{File}\" is formatted to support 4 media families, but 2 media families are expected according to the backup device specification.", FailureCause.Differs, File),
        new(3227, Doing.Restore, $"The backup media on \"{File}\" is part of media family 1 which has already been processed on \"{File}2\". Ensure that backup devices are correctly specified.", FailureCause.Differs, File),
        new(3098, Doing.BackUp, "The backup cannot be performed because 'COMPRESSION' was requested after the media was formatted with an incompatible structure.", FailureCause.InTheWay, File, "compression"),
        new(3095, Doing.BackUp, "The backup cannot be performed because 'ENCRYPTION' was requested after the media was formatted with an incompatible structure.", FailureCause.InTheWay, File, "encryption"),
        new(3097, Doing.BackUp, "The backup cannot be performed because the existing media set is formatted with an incompatible version.", FailureCause.InTheWay, File, "version"),

        new(3154, Doing.Restore, "The backup set holds a backup of a database other than the existing 'Octopus' database.", FailureCause.InTheWay, Database) { State = 4 },
        new(3159, Doing.Restore, "The tail of the log for the database \"Octopus\" has not been backed up. Use BACKUP LOG WITH NORECOVERY to backup the log if it contains work you do not want to lose.", FailureCause.InTheWay, Database),
        new(3169, Doing.Restore, "The database was backed up on a server running version 17.00.1000. That version is incompatible with this server, which is running version 16.00.4236.", FailureCause.VersionMismatch, "17.00.1000", "16.00.4236"),
        new(3234, Doing.Restore, "Logical file 'Octopus_old' is not part of database 'Octopus'. Use RESTORE FILELISTONLY to list the logical file names.", FailureCause.Differs, File, "Octopus_old") { State = 2 },
        new(1834, Doing.Restore, @"The file 'D:\Data\Octopus.mdf' cannot be overwritten.  It is being used by database 'Shop'.", FailureCause.InTheWay, @"D:\Data\Octopus.mdf", "Shop")
        {
            Then = [(3156, @"File 'Octopus' cannot be restored to 'D:\Data\Octopus.mdf'. Use WITH MOVE to identify a valid location for the file."), (3119, "Problems were identified while planning for the RESTORE statement. Previous messages provide details.")],
        },
        new(3156, Doing.Restore, @"File 'Octopus' cannot be restored to 'D:\Data\Octopus.mdf'. Use WITH MOVE to identify a valid location for the file.", FailureCause.InTheWay, "Octopus", @"D:\Data\Octopus.mdf") { State = 4 },
        new(3119, Doing.Restore, "Problems were identified while planning for the RESTORE statement. Previous messages provide details.", FailureCause.InTheWay, Database),
        new(3142, Doing.Restore, @"File ""Octopus"" cannot be restored over the existing ""D:\Data\Octopus.mdf"". Reissue the RESTORE statement using WITH REPLACE to overwrite pre-existing files.", FailureCause.InTheWay, @"D:\Data\Octopus.mdf"),
        new(5170, Doing.Restore, @"Cannot create file 'D:\Data\Octopus.mdf' because it already exists. Change the file path or the file name, and retry the operation.", FailureCause.InTheWay, @"D:\Data\Octopus.mdf"),
        new(3176, Doing.Restore, @"File 'D:\Data\Octopus.mdf' is claimed by 'Octopus_log'(2) and 'Octopus'(1). The WITH MOVE clause can be used to relocate one or more files.", FailureCause.InTheWay, @"D:\Data\Octopus.mdf"),
        new(5133, Doing.Restore, @"Directory lookup for the file ""E:\Gone\Octopus.mdf"" failed with the operating system error 3(The system cannot find the path specified.).", FailureCause.Files, @"E:\Gone\Octopus.mdf", "operating system error 3")
        {
            Then = [(3156, @"File 'Octopus' cannot be restored to 'E:\Gone\Octopus.mdf'. Use WITH MOVE to identify a valid location for the file.")],
        },
        new(5120, Doing.Restore, @"Unable to open the physical file ""D:\Data\Octopus.mdf"". Operating system error 5: ""5(Access is denied.)"".", FailureCause.Files, @"D:\Data\Octopus.mdf", "operating system error 5"),
        new(5123, Doing.Restore, @"CREATE FILE encountered operating system error 5(Access is denied.) while attempting to open or create the physical file 'D:\Data\Octopus.mdf'.", FailureCause.Files, @"D:\Data\Octopus.mdf", "operating system error 5"),
        new(3257, Doing.Restore, @"There is insufficient free space on disk volume 'D:\' to create the database. The database requires 53687091200 additional free bytes, while only 10737418240 bytes are available.", FailureCause.Files, Database, @"D:\") { Then = [(3119, "Problems were identified while planning for the RESTORE statement. Previous messages provide details.")] },

        new(3101, Doing.Restore, "Exclusive access could not be obtained because the database is in use.", FailureCause.SqlStatement, Database, "in use"),
        new(3102, Doing.Restore, "RESTORE cannot process database 'Octopus' because it is in use by this session. It is recommended that the master database be used when performing this operation.", FailureCause.SqlStatement, Database, "octomove's own session"),
        new(3104, Doing.Restore, "RESTORE cannot operate on database 'Octopus' because it is configured for database mirroring or has joined an availability group.", FailureCause.SqlStatement, Database, "availability group"),
        new(1468, Doing.ReadOnly, "The operation cannot be performed on database \"Octopus\" because it is involved in a database mirroring session or an availability group.", FailureCause.SqlStatement, Database, "availability group") { Then = [(5069, "ALTER DATABASE statement failed.")] },
        new(3059, Doing.BackUp, "This BACKUP or RESTORE command is not supported on a database mirror or secondary replica.", FailureCause.SqlStatement, Database, "secondary"),
        new(3021, Doing.BackUp, "Cannot perform a backup or restore operation within a transaction.", FailureCause.SqlStatement, Database, "transaction"),
        new(3023, Doing.BackUp, "Backup, file manipulation operations (such as ALTER DATABASE ADD FILE) and encryption changes on a database must be serialized.", FailureCause.SqlStatement, Database, "already"),
        new(5061, Doing.ReadOnly, "ALTER DATABASE failed because a lock could not be placed on database 'Octopus'. Try again later.", FailureCause.SqlStatement, Database, "in use") { Then = [(5069, "ALTER DATABASE statement failed.")] },
        new(5064, Doing.ReadOnly, "Changes to the state or options of database 'Octopus' cannot be made at this time. The database is in single-user mode, and a user is currently connected to it.", FailureCause.SqlStatement, Database, "single-user") { Then = [(5069, "ALTER DATABASE statement failed.")] },
        new(5069, Doing.ReadOnly, "ALTER DATABASE statement failed.", FailureCause.SqlStatement, Database),
        new(5070, Doing.ReadOnly, "Database state cannot be changed while other users are using the database 'Octopus'", FailureCause.SqlStatement, Database, "in use") { Then = [(5069, "ALTER DATABASE statement failed.")] },

        new(3183, Doing.Restore, "RESTORE detected an error on page (1:4711) in database \"Octopus\" as read from the backup set.", FailureCause.Differs, File, "damaged"),
        new(3189, Doing.Verify, "Damage to the backup set was detected.", FailureCause.Differs, File, "damaged"),
        new(3182, Doing.Restore, "The backup set cannot be restored because the database was damaged when the backup occurred. Salvage attempts may exploit WITH CONTINUE_AFTER_ERROR.", FailureCause.Differs, File, Database),
        new(3043, Doing.BackUp, @"BACKUP 'Octopus' detected an error on page (1:4711) in file 'D:\Data\Octopus.mdf'.", FailureCause.Differs, Database, @"D:\Data\Octopus.mdf"),
        new(3187, Doing.Verify, "RESTORE WITH CHECKSUM cannot be specified because the backup set does not contain checksum information.", FailureCause.Differs, File, "checksums"),
        new(3165, Doing.Restore, "Database 'Octopus' was restored, however an error was encountered while replication was being restored/removed. The database has been left offline.", FailureCause.SqlStatement, Database, "replication"),
        new(3009, Doing.BackUp, "Could not insert a backup or restore history/detail record in the msdb database. This may indicate a problem with the msdb database. The backup/restore operation was still successful.", FailureCause.SqlStatement, "msdb"),
        new(3013, Doing.BackUp, BackupAborted, FailureCause.SqlStatement, "BACKUP DATABASE"),

        new(15023, Doing.CreateUser, "User, group, or role 'octopus' already exists in the current database.", FailureCause.SqlStatement, "octopus", Database),
        new(15025, Doing.CreateLogin, "The server principal 'octopus' already exists.", FailureCause.SqlStatement, "octopus"),
        new(15007, Doing.CreateUser, "'octopus' is not a valid login or you do not have permission.", FailureCause.SqlStatement, "octopus"),
        new(15151, Doing.MapUser, "Cannot find the user 'octopus', because it does not exist or you do not have permission.", FailureCause.SqlStatement, "octopus"),
        new(15063, Doing.MapUser, "The login already has an account under a different user name.", FailureCause.SqlStatement, "octopus", Database),
        new(15110, Doing.SetOwner, "The proposed new database owner is already a user or aliased in the database.", FailureCause.SqlStatement, "octopus", Database),
        new(15404, Doing.SetOwner, @"Could not obtain information about Windows NT group/user 'CORP\gone', error code 0x534.", FailureCause.SqlStatement, @"CORP\gone"),
        new(33009, Doing.SetOwner, "The database owner SID recorded in the master database differs from the database owner SID recorded in database 'Octopus'.", FailureCause.SqlStatement, Database),

        new(1827, Doing.Restore, "CREATE DATABASE or ALTER DATABASE failed because the resulting cumulative database size would exceed your licensed limit of 10240 MB per database.", FailureCause.CheckFailed, Database),
        new(1844, Doing.BackUp, "BACKUP DATABASE WITH COMPRESSION is not supported on Express Edition (64-bit).", FailureCause.SqlStatement, "BACKUP DATABASE"),
        new(33111, Doing.ReadHeader, "Cannot find server certificate with thumbprint '0xA1B2C3'.", FailureCause.SqlStatement, "0xA1B2C3"),
        new(12824, Doing.Restore, "The sp_configure value 'contained database authentication' must be set to 1 in order to restore a contained database.  You may need to use RECONFIGURE to set the value_in_use.", FailureCause.SqlStatement, Database),
        new(40510, Doing.BackUp, "Statement 'BACKUP DATABASE' is not supported in this version of SQL Server.", FailureCause.SqlStatement, "BACKUP DATABASE"),
        new(40515, Doing.FindBackup, "Reference to database and/or server name in 'msdb.dbo.backupset' is not supported in this version of SQL Server.", FailureCause.SqlStatement),
        new(41902, Doing.Restore, "Unsupported device type. SQL Database Managed Instance supports database restore from URI backup device only.", FailureCause.SqlStatement, "Managed Instance"),
        new(41903, Doing.Restore, "The restore is not possible on SQL Database Managed Instance.", FailureCause.SqlStatement, "Managed Instance"),
        new(41904, Doing.BackUp, "BACKUP DATABASE failed. SQL Database Managed Instance supports only COPY_ONLY full database backups which are initiated by user.", FailureCause.SqlStatement, "Managed Instance"),

        new(1105, Doing.CreateUser, "Could not allocate space for object 'dbo.Event' in database 'Octopus' because the 'PRIMARY' filegroup is full.", FailureCause.Files, Database) { Severity = 17 },
        new(9002, Doing.CreateUser, "The transaction log for database 'Octopus' is full due to 'LOG_BACKUP'.", FailureCause.Files, Database) { Severity = 17 },
        new(1205, Doing.ReadRows, "Transaction (Process ID 54) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.", FailureCause.SqlStatement, "deadlock") { Severity = 13 },
        new(1222, Doing.ReadRows, "Lock request time out period exceeded.", FailureCause.SqlStatement, "lock"),
    ];

    /// <summary>The statement with its parameters, as the steps send it.</summary>
    public static (string Text, (string, object?)[] Parameters) StatementOf(Doing doing)
    {
        (string, object?)[] set = [("@db", Database), ("@file0", File), ("@position", 1)];
        var devices = ("devices", BackupDevices.Clause([File]));
        return doing switch
        {
            Doing.BackUp => (SqlScript.Text("back-up-database", devices, ("compression", "COMPRESSION")),
                [.. set[..2], ("@name", "OctoMoveTui Octopus"), ("@description", "run=1"), ("@media", "1")]),
            Doing.Restore => (SqlScript.Text("restore-database", devices, ("moves", @"MOVE N'Octopus' TO N'D:\Data\Octopus.mdf'"), ("replace", "")), set),
            Doing.ReadHeader => (SqlScript.Text("read-backup-header", devices), [set[1]]),
            Doing.Verify => (SqlScript.Text("verify-backup", devices), [.. set[1..]]),
            Doing.FindBackup => (SqlScript.Text("find-backup"), [set[0], ("@run", "1")]),
            Doing.ReadOnly => (SqlScript.Text("set-read-only", ("database", SqlScript.Quote(Database))), []),
            Doing.CreateUser => (SqlScript.Text("create-user", ("user", "[octopus]"), ("login", "[octopus]")), []),
            Doing.MapUser => (SqlScript.Text("map-user-to-login", ("user", "[octopus]"), ("login", "[octopus]")), []),
            Doing.SetOwner => (SqlScript.Text("set-owner", ("database", SqlScript.Quote(Database)), ("login", "[octopus]")), []),
            Doing.CreateLogin => (SqlScript.Text("create-login-like-old", ("login", "[octopus]"), ("hash", "0x0200"), ("sid", "0x01")), []),
            Doing.Sessions => (SqlScript.Text("find-sessions"), [set[0], ("@program", "OctoMoveTui")]),
            Doing.Check => (SqlScript.Text("check-database"), [set[0]]),
            Doing.PathLook => (SqlScript.Text("look-at-path"), [("@path", File)]),
            Doing.ReadRows => (SqlScript.Text("find-running-tasks"), []),
            _ => ("", []),
        };
    }

    /// <summary>The chain, with 3013 behind it where SQL Server adds it.</summary>
    public static IEnumerable<(int Number, byte State, byte Severity, string Text)> ChainOf(SqlErrorSample sample)
    {
        yield return (sample.Number, sample.State, sample.Severity, sample.Text);
        foreach (var (number, text) in sample.Then)
            yield return (number, 1, 16, text);
        if (sample.Severity < 20 && sample.Number != 3013 && sample.Doing is Doing.BackUp or Doing.Restore or Doing.Verify or Doing.ReadHeader)
            yield return (3013, 1, 16, sample.Doing is Doing.BackUp ? BackupAborted : RestoreAborted);
    }
}
