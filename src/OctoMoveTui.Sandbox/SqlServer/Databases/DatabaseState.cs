using System.Collections.Concurrent;

namespace OctoMoveTui.Sandbox.SqlServer.Databases;

/// <summary>sys.databases.state.</summary>
internal enum DatabaseStatus : byte
{
    Online = 0,
    Restoring = 1,
    Recovering = 2,
    RecoveryPending = 3,
    Suspect = 4,
    Emergency = 5,
    Offline = 6,
}

/// <summary>sys.databases.user_access.</summary>
internal enum UserAccess : byte
{
    MultiUser = 0,
    SingleUser = 1,
    RestrictedUser = 2,
}

/// <summary>Which copy of a database in an availability group this is.</summary>
internal enum ReplicaRole
{
    Primary,
    Secondary,
}

/// <summary>What ALTER DATABASE SET changes and what a backup carries over to the restored database.</summary>
internal sealed record DatabaseSettings
{
    public bool ReadOnly { get; init; }
    public UserAccess Access { get; init; }
    public string RecoveryModel { get; init; } = "FULL";
    public byte CompatibilityLevel { get; init; } = 160;
    public string Collation { get; init; } = "SQL_Latin1_General_CP1_CI_AS";
    public bool ReadCommittedSnapshot { get; init; }
    public bool SnapshotIsolation { get; init; }
    public string PageVerify { get; init; } = "CHECKSUM";
    public bool AutoClose { get; init; }
    public bool AutoShrink { get; init; }
    public bool Broker { get; init; } = true;
    public bool Trustworthy { get; init; }
    public bool DbChaining { get; init; }

    /// <summary>Contained, partially: its users log in by themselves.</summary>
    public bool Contained { get; init; }

    /// <summary>sys.dm_db_persisted_sku_features: what a lower edition can't open.</summary>
    public IReadOnlyList<string> EditionFeatures { get; init; } = [];
}

/// <summary>A file of a database: its logical name and where it lies.</summary>
internal sealed record DatabaseFile(int Id, bool IsLog, string LogicalName, string Path)
{
    /// <summary>Log files are only placeholders on disk; this is the size they claim.</summary>
    public const long LogBytes = 8 * 1024 * 1024;
    public const int PageBytes = 8192;

    /// <summary>Where it lies for this process.</summary>
    public string RealPath { get; init; } = Path;

    /// <summary>With the pages that SQLite has written into its log beside the file, and not into the file yet.</summary>
    public long Bytes => IsLog ? LogBytes : Round(LengthOf(RealPath) + LengthOf(RealPath + "-wal"));

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    /// <summary>Whole pages, at least one.</summary>
    public static long Round(long bytes) => Math.Max(1, (bytes + PageBytes - 1) / PageBytes) * PageBytes;
}

/// <summary>One database: its files, its settings, its users, and the connections to its rows.</summary>
internal sealed class DatabaseState : IDisposable
{
    public const int FirstUserId = 5;

    public DatabaseState(string name, int id, IReadOnlyList<DatabaseFile> files, byte[] ownerSid, DateTime created)
    {
        (Name, Id, Files, OwnerSid, Created) = (name, id, files, ownerSid, created);
        Pool = new ConnectionPool(DataFile.RealPath);
    }

    public string Name { get; }
    public int Id { get; }
    public IReadOnlyList<DatabaseFile> Files { get; }
    public byte[] OwnerSid { get; set; }
    public DateTime Created { get; }
    public DatabaseStatus Status { get; set; }
    public DatabaseSettings Settings { get; set; } = new();
    public Guid FamilyGuid { get; set; } = Guid.NewGuid();
    public Guid RecoveryFork { get; set; } = Guid.NewGuid();
    public Guid ServiceBrokerGuid { get; set; } = Guid.NewGuid();

    /// <summary>Transparent data encryption; null: this database never had a key.</summary>
    public DatabaseEncryptionKey? EncryptionKey { get; set; }

    /// <summary>A page whose checksum is wrong: CHECKDB and BACKUP WITH CHECKSUM find it, other backups carry it along.</summary>
    public int? RottenPage { get; set; }

    /// <summary>Its place in an availability group; null: it is in none.</summary>
    public ReplicaRole? Replica { get; set; }

    /// <summary>Restored WITH NORECOVERY: what brings it online.</summary>
    public Action? AwaitsRecovery { get; set; }

    /// <summary>Grows with every write; backups take their LSNs from it.</summary>
    public long LogSequence = 36_000_000;

    /// <summary>The database that this one is a snapshot of; null: it is none.</summary>
    public DatabaseState? SnapshotOf { get; init; }

    /// <summary>What tests have posed.</summary>
    public DatabasePose Pose { get; set; } = new();

    /// <summary>The last CHECKDB that found nothing.</summary>
    public DateTime? LastGoodCheck { get; set; }

    /// <summary>What GRANT and DENY said to public.</summary>
    public IReadOnlyDictionary<string, bool> SaidToPublic { get; set; } = UserState.NothingSaid;

    public ConcurrentDictionary<string, UserState> Users { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Identity counters are not transactional, in SQL Server neither. By storage name; filled when first asked for.</summary>
    public ConcurrentDictionary<string, long> Identities { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ConnectionPool Pool { get; }

    /// <summary>One writer at a time; who holds it may keep it for a whole transaction.</summary>
    public SemaphoreSlim Writing { get; } = new(1, 1);

    /// <summary>BACKUP, RESTORE and changes of files exclude each other (3023).</summary>
    public SemaphoreSlim FileOperations { get; } = new(1, 1);

    public DatabaseFile DataFile => Files.First(file => !file.IsLog);
    public bool IsSystem => Id <= 4;

    public UserState? UserOf(byte[] sid) => Users.Values.FirstOrDefault(user => user.Sid.AsSpan().SequenceEqual(sid));

    public int NextUserId() => Users.IsEmpty ? FirstUserId : Users.Values.Max(user => user.Id) + 1;

    /// <summary>The owner and sysadmins are dbo; others are the user that carries their SID; null: no way in.</summary>
    public string? UserNameFor(LoginState login) =>
        login.IsSysadmin || OwnerSid.AsSpan().SequenceEqual(login.Sid)
            ? "dbo"
            : UserOf(login.Sid)?.Name ?? (IsSystem && Name != "model" ? "guest" : null);

    public bool IsMember(LoginState login, string role) =>
        UserNameFor(login) == "dbo" || (UserOf(login.Sid) is { } user && user.IsMember(role));

    public void Dispose() => Pool.Dispose();
}
