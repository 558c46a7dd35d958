namespace OctoMoveTui.Engine.Checks;

/// <summary>
/// The old SQL Server and its database as the checks found them: written into the journal with <see cref="Moving.OldServerChecked"/>, because
/// the new server is held against it on another machine and another day. What could not be found out is null.
/// </summary>
public sealed record OldSqlProfile
{
    /// <summary>What the server calls itself.</summary>
    public string? ServerName { get; init; }

    /// <summary>15.0.4430.1, for instance.</summary>
    public string? Version { get; init; }

    /// <summary>2 Standard and Web, 3 Enterprise, Developer and Evaluation, 4 Express.</summary>
    public int? EngineEdition { get; init; }

    /// <summary>The version of the database's own format (sys.databases does not have it): 904 is SQL Server 2019.</summary>
    public int? DatabaseVersion { get; init; }

    /// <summary>The collation of the server, which temporary tables have.</summary>
    public string? ServerCollation { get; init; }

    /// <summary>The collation of the database.</summary>
    public string? DatabaseCollation { get; init; }

    /// <summary>Octopus Server switches it on; to be the same after the restore.</summary>
    public bool? IsReadCommittedSnapshot { get; init; }

    /// <summary>CHECKSUM, TORN_PAGE_DETECTION or NONE.</summary>
    public string? PageVerify { get; init; }

    /// <summary>150 is SQL Server 2019.</summary>
    public int? CompatibilityLevel { get; init; }

    /// <summary>SIMPLE, FULL or BULK_LOGGED.</summary>
    public string? RecoveryModel { get; init; }

    /// <summary>True for a contained database: a server restores it only with contained database authentication switched on.</summary>
    public bool? IsContained { get; init; }

    /// <summary>The login that owns the database.</summary>
    public string? Owner { get; init; }

    /// <summary>Features in the database that not every edition has (sys.dm_db_persisted_sku_features).</summary>
    public IReadOnlyList<string>? EditionFeatures { get; init; }

    /// <summary>The files of the database. A restore needs all that is allocated, log included.</summary>
    public IReadOnlyList<OldSqlFile>? Files { get; init; }

    /// <summary>True when the database is encrypted (TDE).</summary>
    public bool? IsEncrypted { get; init; }

    /// <summary>True when no certificate encrypts it but an asymmetric key of a store outside (EKM, such as Azure Key Vault).</summary>
    public bool EncryptedByOuterKey { get; init; }

    /// <summary>The thumbprint of the certificate or key that encrypts it, as 0x…; null also when it is not encrypted.</summary>
    public string? EncryptorThumbprint { get; init; }

    /// <summary>The name of that certificate or key on the old server.</summary>
    public string? EncryptorName { get; init; }

    /// <summary>The account that the SQL Server service runs under: its rights on folders and shares count.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>By how many seconds the server's clock was ahead of this machine's.</summary>
    public double? SecondsAhead { get; init; }

    /// <summary>The server's time zone, minutes east of UTC. msdb has local times.</summary>
    public int? UtcOffsetMinutes { get; init; }

    /// <summary>The probe backup that waits to be read by the new server; null when there is none.</summary>
    public ProbeBackup? Probe { get; init; }

    /// <summary>All data files together, allocated, bytes: what an edition's limit counts.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long? DataBytes => Files?.Where(each => !each.IsLog).Sum(each => each.Bytes);
}

/// <summary>A file of the old database.</summary>
/// <param name="Name">Its logical name.</param>
/// <param name="Path">As the old server sees it.</param>
/// <param name="Type">ROWS, LOG, FILESTREAM or FULLTEXT.</param>
/// <param name="Bytes">What it takes on disk, used or not.</param>
/// <param name="Used">What of it is used; null when that is not known.</param>
public sealed record OldSqlFile(string Name, string Path, string Type, long Bytes, long? Used)
{
    /// <summary>A log file.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsLog => Type == "LOG";
}

/// <summary>A small backup that shows whether the old SQL Server can write where the new one can read.</summary>
/// <param name="File">As the old server sees it.</param>
/// <param name="Id">In its description: another probe in the same file is not this one.</param>
public sealed record ProbeBackup(string File, Guid Id)
{
    /// <summary>The description of its backup set. Not that of the move's own backup, which is looked for in msdb.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Description => $"OctoMoveTui probe={Id:D}";
}
