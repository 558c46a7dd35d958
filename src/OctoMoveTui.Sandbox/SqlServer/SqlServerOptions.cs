namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>A SQL login of the pretend server.</summary>
public sealed record SqlLogin(string Name, string Password, bool Sysadmin = false, bool DbCreator = false);

/// <summary>What the server says about encryption in PRELOGIN.</summary>
public enum EncryptionMode
{
    /// <summary>Encrypts the login only, unless the client asks for more.</summary>
    Off,
    On,
    NotSupported,

    /// <summary>"Force Encryption" is set.</summary>
    Required,
}

/// <summary>What kind of SQL Server to pretend to be.</summary>
public sealed record SqlServerOptions
{
    public string Name { get; init; } = "OLD-SQL";

    /// <summary>The root beneath which data, log and backup folders are made.</summary>
    public required string Folder { get; init; }

    public int Port { get; init; }
    public string ProductVersion { get; init; } = "16.0.4236.2";
    public string Edition { get; init; } = "Developer Edition (64-bit)";

    /// <summary>3 Enterprise, Developer, Evaluation; 2 Standard, Web; 4 Express; 5 Azure SQL Database; 8 Managed Instance. <see cref="Editions"/> sets both.</summary>
    public int EngineEdition { get; init; } = 3;

    public string Collation { get; init; } = "SQL_Latin1_General_CP1_CI_AS";
    public IReadOnlyList<SqlLogin> Logins { get; init; } = [new("sa", "Sandbox-1", Sysadmin: true)];

    /// <summary>Folders besides its own that the service account may write to (and read); null: whatever this process may.</summary>
    public IReadOnlyList<string>? WritableFolders { get; init; }

    /// <summary>Folders besides its own that the service account may only read; null with no WritableFolders: whatever this process may.</summary>
    public IReadOnlyList<string>? ReadableFolders { get; init; }

    public string ServiceAccount { get; init; } = OperatingSystem.IsWindows() ? @"NT SERVICE\MSSQLSERVER" : "mssql";
    public EncryptionMode Encryption { get; init; } = EncryptionMode.On;

    /// <summary>How long one percent of a BACKUP or RESTORE takes.</summary>
    public TimeSpan StatsPause { get; init; }

    /// <summary>Free space that the volumes report, and that RESTORE and BACKUP believe; null: the real disk's.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>How large Express lets the data files of one database be; null: 10 GB, 50 GB since 2025. Smaller, so that a test can pass it.</summary>
    public long? ExpressLimitBytes { get; init; }

    /// <summary>What TO URL writes to: a folder <c>host/container</c> a container. Give two servers the same one. Null: no storage can be reached.</summary>
    public string? BlobFolder { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The domain that the machine is in; null: none, DEFAULT_DOMAIN() then says WORKGROUP.</summary>
    public string? Domain { get; init; } = "SANDBOX";

    /// <summary>The Windows accounts that exist besides the built-in ones; null: every name in the domain, on the machine and beneath NT SERVICE.</summary>
    public IReadOnlyList<string>? WindowsAccounts { get; init; }

    /// <summary>What SID 0x01 is called here: sa can be renamed.</summary>
    public string SaName { get; init; } = "sa";

    /// <summary>Databases that the server was born with besides the usual four.</summary>
    public IReadOnlyList<string> SystemDatabases { get; init; } = [];

    /// <summary>The language of logins that ask for none: us_english or Deutsch.</summary>
    public string Language { get; init; } = Languages.English;

    /// <summary>How far the server's local time is from UTC; null: as the clock says.</summary>
    public TimeSpan? UtcOffset { get; init; }

    /// <summary>How far the server's clock goes ahead of the true time; negative: behind it.</summary>
    public TimeSpan ClockAhead { get; init; }

    /// <summary>How long one percent of DBCC CHECKDB takes.</summary>
    public TimeSpan CheckPause { get; init; }

    /// <summary>Whether public has VIEW ANY DATABASE, as it has until somebody takes it away.</summary>
    public bool EverybodySeesDatabases { get; init; } = true;

    /// <summary>Null: the one that this process runs on.</summary>
    public ServerPlatform? Platform { get; init; }

    /// <summary>Where shares (<c>\\nas\backups</c>) really lie, for a server that pretends to run on Windows; other shares don't answer.</summary>
    public IReadOnlyDictionary<string, string> Shares { get; init; } = new Dictionary<string, string>();

    /// <summary>Answers to SQL logins with 18456: only Windows logins come in, which here are those whose names have a backslash.</summary>
    public bool WindowsOnly { get; init; }

    /// <summary>Keys of a key store (EKM) that master knows: name and thumbprint in hexadecimal.</summary>
    public IReadOnlyDictionary<string, string> OuterKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>SERVERPROPERTY('IsLocalDB').</summary>
    public bool IsLocalDb { get; init; }

    /// <summary>Whether the service account may skip writing zeros into new data files.</summary>
    public bool InstantFileInitialization { get; init; } = true;

    /// <summary>sp_configure 'contained database authentication'.</summary>
    public bool ContainedAuthentication { get; init; }

    internal string MachineName => Name.Split('\\')[0];

    internal int Major => int.Parse(ProductVersion.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);
}
