namespace OctoMoveTui.Engine.Sql;

/// <summary>Who answers at the other end of a connection string.</summary>
public sealed record SqlServerFacts(
    string ServerName, string Version, string Edition, int EngineEdition, long EditionId, string Collation,
    string? DataPath, string? LogPath, string? BackupPath)
{
    /// <summary>The major version: 13 is SQL Server 2016.</summary>
    public int Major => int.TryParse(Version.Split('.')[0], out var major) ? major : 0;

    /// <summary>The year by which people know a version.</summary>
    public string Year => Major switch
    {
        13 => "2016",
        14 => "2017",
        15 => "2019",
        16 => "2022",
        17 => "2025",
        _ => Version,
    };

    /// <summary>
    /// Whether BACKUP may compress: Enterprise-class engines, Managed Instance and Standard. The rule of Ola Hallengren's maintenance
    /// solution: by engine and edition id, never by the edition's name.
    /// </summary>
    public bool CanCompressBackups => EngineEdition is 3 or 8 || EditionId is -1534726760 or -1785266663;

    /// <summary>What stands between folder and file in the paths of that machine.</summary>
    public char PathSeparator => (DataPath ?? LogPath ?? BackupPath ?? "\\").Contains('/', StringComparison.Ordinal) ? '/' : '\\';
}

/// <summary>What a login may see.</summary>
/// <param name="IsSysadmin">Everything.</param>
/// <param name="SeesAllSessions">Other logins' sessions (VIEW SERVER STATE).</param>
public sealed record SqlRights(bool IsSysadmin, bool SeesAllSessions);

/// <summary>A database as the catalogue has it.</summary>
public sealed record DatabaseRow(
    string Name, int State, string StateText, string UserAccess, bool IsReadOnly, string RecoveryModel, string Collation, bool IsEncrypted,
    string? Owner, DateTime? CreatedAt)
{
    /// <summary>state 0.</summary>
    public bool IsOnline => State == 0;

    /// <summary>state 2: the server brings it up by itself.</summary>
    public bool IsRecovering => State is 2;

    /// <summary>state 6.</summary>
    public bool IsOffline => State == 6;

    /// <summary>state 1: a restore was begun and not finished.</summary>
    public bool IsRestoring => State == 1;
}

/// <summary>A file of a database or of a backup set.</summary>
public sealed record DatabaseFile(string LogicalName, string PhysicalName, bool IsLog, long Bytes);

/// <summary>A session on a database.</summary>
public sealed record DatabaseSession(long Id, string Login, string Host, string Program);

/// <summary>A user of a database, with the logins of the server that fit.</summary>
/// <param name="Name">The user.</param>
/// <param name="Type">S SQL, U Windows, G Windows group.</param>
/// <param name="Sid">Its SID, as a literal.</param>
/// <param name="LoginBySid">The login that has its SID.</param>
/// <param name="LoginByName">The login that has its name.</param>
public sealed record DatabaseUser(string Name, string Type, string Sid, string? LoginBySid, string? LoginByName)
{
    /// <summary>No login of this server has the user's SID.</summary>
    public bool IsOrphaned => LoginBySid is null;

    /// <summary>A Windows account or group.</summary>
    public bool IsWindows => Type is "U" or "G";
}

/// <summary>A SQL login that can be made the same on another server.</summary>
/// <param name="Name">The login.</param>
/// <param name="Sid">Its SID, as a literal.</param>
/// <param name="Hash">The hash of its password, as a literal: a secret. Null without CONTROL SERVER.</param>
/// <param name="IsDisabled">Nobody can log in with it.</param>
public sealed record SqlLoginRow(string Name, string Sid, string? Hash, bool IsDisabled);
