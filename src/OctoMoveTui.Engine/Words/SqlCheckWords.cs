namespace OctoMoveTui.Engine.Words;

/// <summary>The titles of the SQL Server checks, and when each passes, warns, fails or can't be told.</summary>
internal static class SqlCheckWords
{
    private const string NoServerState = "no VIEW SERVER STATE";
    private const string OldUnknown = "the old server has not been checked";

    internal static readonly CheckWords Connection = new(
        "Connection", "the SQL Server answers and the login is let in", Fails: "it can't be reached, its certificate is not trusted, or the login is refused");

    internal static readonly CheckWords Version = new(
        "Version and edition", "SQL Server 2016 or later; the end of Microsoft's support is shown",
        "Microsoft's support has ended, or ends within two years (new); older than 2016 (old)", "older than 2016 (new)");

    internal static readonly CheckWords Cloud = new(
        "Kind of service", "a SQL Server of its own",
        Fails: "Azure SQL Database, Managed Instance, Synapse, Fabric, SQL Edge or Amazon RDS: the alternative is named, and no other check is made");

    internal static readonly CheckWords LoginMode = new(
        "Login mode", "SQL logins are allowed, or none is used", Fails: "the new connection string has a SQL login and the server allows Windows logins only");

    internal static readonly CheckWords Platform = new("Platform", "always: Windows or Linux, by the server itself or by the way it writes paths");

    internal static readonly CheckWords VersionRule = new(
        "Version rule", "the new SQL Server is at least as new as the old one",
        Fails: "it is older: a backup never restores onto an older version (error 3169)", Unknown: OldUnknown);

    internal static readonly CheckWords EditionFeatures = new(
        "Features of an edition", "nothing in the database needs a higher edition",
        "something does, and the new edition may lack it", "something does that the new edition lacks (error 909 at the end of the restore)",
        "no VIEW DATABASE STATE; " + OldUnknown);

    internal static readonly CheckWords State = new(
        "Database state", "ONLINE, read-write, MULTI_USER", "read-only, SINGLE_USER or RESTRICTED_USER",
        "missing, not ONLINE, or itself a database snapshot (error 3002)");

    internal static readonly CheckWords Collation = new(
        "Collation of the database", "case-insensitive", Fails: "case-sensitive: Octopus Server does not work with it", Unknown: "the database is not there");

    internal static readonly CheckWords ColumnCollations = new(
        "Collation of columns", "all columns are collated like the database",
        "some are not: comparing them with others is error 468", Unknown: "the database can't be read");

    internal static readonly CheckWords ServerCollation = new(
        "Collation of the server", "the same on both servers",
        "different: comparing with temporary tables can be error 468", Unknown: OldUnknown);

    internal static readonly CheckWords PageVerify = new(
        "Page checksums", "page verify is CHECKSUM", "it is TORN_PAGE_DETECTION or NONE: BACKUP WITH CHECKSUM finds less damage", Unknown: "the database is not there");

    internal static readonly CheckWords AutoClose = new(
        "Auto close", "off", "on, which is Express's default: every first connection waits", Unknown: "the database is not there");

    internal static readonly CheckWords RowVersions = new(
        "Read committed snapshot", "on, as Octopus Server sets it; compared after the restore", "off", Unknown: "the database is not there");

    internal static readonly CheckWords Replication = new(
        "Replication and change capture", "neither",
        "change data capture or a subscription, which the restore leaves behind", "published or a distributor: Octopus Server supports no replication",
        "the database is not there");

    internal static readonly CheckWords Containment = new(
        "Containment", "not contained, or the new server allows it",
        "contained (old): the new server has to allow it", "contained, and the new server's contained database authentication is off (error 12824)",
        OldUnknown);

    internal static readonly CheckWords Owner = new(
        "Owner of the database", "a login of the server", "nobody: the owner's login is gone", Unknown: "the database is not there");

    internal static readonly CheckWords Sizes = new(
        "Size", "data and log files only", "file streams or in-memory tables, which Octopus Server does not use", Unknown: "the database can't be opened");

    internal static readonly CheckWords Encryption = new(
        "Encryption (TDE)", "not encrypted, or the new server has the certificate with its private key, or knows the key of the key store (EKM)",
        "encrypted (old): the commands that move the certificate are shown; the new server does not know the key of the key store",
        "encryption is changing just now; the new server lacks the certificate or its key (error 33111), or is Express",
        "the certificate can't be seen: no VIEW SERVER STATE (old), no VIEW ANY DEFINITION (new); " + OldUnknown);

    internal static readonly CheckWords Availability = new(
        "Availability group, mirroring", "in neither",
        Fails: "in one of them: it can't be made read-only (error 1468) nor restored over (error 3104)");

    internal static readonly CheckWords Snapshots = new(
        "Database snapshots", "none", "the old database has some", "the database in the way on the new server has some: it can't be restored over");

    internal static readonly CheckWords BackupRight = new("Right to back up", "the login may", Fails: "it may not; the statement that grants it is shown");

    internal static readonly CheckWords FenceRight = new(
        "Right to set read-only", "the login may", Fails: "it may not: the old database has to be read-only before the backup");

    internal static readonly CheckWords ReadRight = new(
        "Right to read", "the login may read all tables", Fails: "it may not: rows are counted on both servers, and the master key is proven against values");

    internal static readonly CheckWords SeesSessions = new(
        "Right to see sessions", "VIEW SERVER STATE", Unknown: "the login sees its own sessions only");

    internal static readonly CheckWords RestoreRight = new(
        "Right to restore", "the login may create databases, and overwrite the one of that name if there is one", Fails: "it may not; the statement that grants it is shown");

    internal static readonly CheckWords OctopusLogin = new(
        "Login of the new Octopus Server", "it logs in, to the same server that restores",
        "a Windows account: octomove tries it with its own, and names the one that the service will have", "a SQL login is refused, or the connection string leads to another server");

    internal static readonly CheckWords ServiceAccount = new(
        "Service account", "always: its rights on folders and shares count",
        "the backup goes to a share, and the account is known on the network by the machine's name only", Unknown: NoServerState);

    internal static readonly CheckWords BackupFolder = new(
        "Folder for the backup", "the server sees it", Fails: "the server does not see it (error 3201)", Unknown:
        "a login without sysadmin is not told; the probe backup shows it");

    internal static readonly CheckWords DataFolders = new(
        "Folders for data and log", "the server sees both", Fails: "one is missing (error 5133)", Unknown: "a login without sysadmin is not told");

    internal static readonly CheckWords Credential = new(
        "Credential for the URL", "one is there, or no URL is used", Fails: "none is there (error 3201)", Unknown: "no VIEW ANY DEFINITION");

    internal static readonly CheckWords ProbeWrite = new(
        "Probe backup, written", "the old SQL Server wrote a small backup into the folder", Fails: "it can't write there",
        Unknown: "no right to back up model, and the database is too large to try with");

    internal static readonly CheckWords ProbeRead = new(
        "Probe backup, read", "the new SQL Server reads it where it lies, or after it was carried",
        "it was read and can't be deleted", "it can't read it, or reads another file there", "there is none to read, or no right to read headers");

    internal static readonly CheckWords BackupSpace = new(
        "Space for the backup", "free: 0.6 times what is used when compressed, else 1.1 times", "compressed, and less is free",
        "not compressed, and less than what is used is free", "a share or URL, or " + NoServerState);

    internal static readonly CheckWords RestoreSpace = new(
        "Space for the restore", "free: all that the files of the old database allocate, log included",
        "too little, but the database in the way makes room", "too little (error 3257)", "a volume that is not told of, " + NoServerState + "; " + OldUnknown);

    internal static readonly CheckWords NotTheOldDatabase = new(
        "Not the old database", "another server, or another name",
        Fails: "the new connection string leads to the old database itself: no other check is made", Unknown: OldUnknown);

    internal static readonly CheckWords DatabaseThatStays = new(
        "The database that stays", "server-only: the new server reaches the same database, with the login that it will use",
        Fails: "its connection string leads to another server, database or copy: no other check is made", Unknown: OldUnknown);

    internal static readonly CheckWords DatabaseClash = new(
        "Name of the database", "free on the new server",
        "taken: by whom, since when and with what in it is shown, and its name has to be typed before it is overwritten");

    internal static readonly CheckWords FileClash = new(
        "Names of the files", "free on the new server", "one belongs to another database (error 1834) or lies there as a leftover (error 3142): other names are taken",
        Unknown: "a login without sysadmin is not told of leftovers");

    internal static readonly CheckWords RunningBackup = new(
        "Running backup", "none of this database", "one is running: two at a time are error 3023", Unknown: NoServerState);

    internal static readonly CheckWords LastBackups = new(
        "Last backups", "a full backup in the last seven days", "none, an older one, or a damaged one", Unknown: "no right to read msdb");

    internal static readonly CheckWords LastIntegrityCheck = new(
        "Last CHECKDB", "clean in the last 30 days", "longer ago, or never", Unknown: "this version does not tell");

    internal static readonly CheckWords Sessions = new(
        "Who is connected", "Octopus Server of the old machine, or nobody; nobody on the new database",
        "other hosts: more server nodes, reports, a management studio; on the new server: somebody is in the database that is in the way (error 3101)",
        Unknown: NoServerState);

    internal static readonly CheckWords ExpressLimit = new(
        "Limit of the edition", "none, or the allocated data is below it", "above 90 % of it",
        "above it (error 1827): 10 GB on Express, 50 GB since 2025; or LocalDB", OldUnknown);

    internal static readonly CheckWords Clock = new(
        "Clock", "less than a minute from this machine and from the old server", "more than that");
}
