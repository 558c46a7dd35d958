using System.Security.Cryptography;
using System.Text;
using OctoMoveTui.Sandbox.SqlServer.Security;

namespace OctoMoveTui.Sandbox.SqlServer.Databases;

/// <summary>sys.server_principals.type and sys.database_principals.type.</summary>
internal enum PrincipalKind
{
    Sql,
    Windows,
}

/// <summary>A login of this server.</summary>
internal sealed class LoginState
{
    public PrincipalKind Kind { get; init; }

    /// <summary>What was granted to it and denied to it on the server.</summary>
    public Rights Rights { get; } = new([]);

    public required string Name { get; init; }
    public required int Id { get; init; }
    public required byte[] Sid { get; init; }
    public string? Password { get; set; }
    public bool Disabled { get; set; }
    public HashSet<string> ServerRoles { get; } = new(StringComparer.OrdinalIgnoreCase);
    public bool ChecksPolicy { get; set; } = true;
    public DateTime Created { get; init; }
    public string DefaultDatabase { get; set; } = "master";

    public bool IsSysadmin => ServerRoles.Contains("sysadmin");

    /// <summary>Who may restore over any database, and enter one in RESTRICTED_USER.</summary>
    public bool MayCreateDatabases => IsSysadmin || ServerRoles.Contains("dbcreator");

    public static readonly byte[] SaSid = [1];

    /// <summary>The same login has different SIDs on two servers, and the same one whenever this server is started again: so restores make orphans, as in life.</summary>
    public static byte[] SidFor(string server, string login) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{server}/{login}".ToLowerInvariant()))[..16];
}

/// <summary>A user of one database, with the roles it is a member of. Travels inside backups.</summary>
internal sealed record UserState(string Name, int Id, byte[] Sid, DateTime Created)
{
    public string DefaultSchema { get; init; } = "dbo";
    public IReadOnlyList<string> Roles { get; init; } = [];
    public PrincipalKind Kind { get; init; }

    /// <summary>Permissions by name: true granted, false denied. On one table: "SELECT ON dbo.Event".</summary>
    public IReadOnlyDictionary<string, bool> Said { get; init; } = NothingSaid;

    public static readonly IReadOnlyDictionary<string, bool> NothingSaid = new Dictionary<string, bool>();

    public bool IsMember(string role) => Roles.Contains(role, StringComparer.OrdinalIgnoreCase);
}

/// <summary>The roles that exist without anybody making them.</summary>
internal static class FixedRoles
{
    public static readonly string[] Server =
    [
        "sysadmin",
        "securityadmin",
        "serveradmin",
        "setupadmin",
        "processadmin",
        "diskadmin",
        "dbcreator",
        "bulkadmin",
    ];

    public static readonly string[] Database =
    [
        "db_owner",
        "db_accessadmin",
        "db_securityadmin",
        "db_ddladmin",
        "db_backupoperator",
        "db_datareader",
        "db_datawriter",
        "db_denydatareader",
        "db_denydatawriter",
    ];

    public const int FirstDatabaseRoleId = 16384;
}
