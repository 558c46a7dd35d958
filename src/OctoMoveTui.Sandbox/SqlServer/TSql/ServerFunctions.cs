using System.Security.Cryptography;
using System.Text;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Types;
using static OctoMoveTui.Sandbox.SqlServer.TSql.Functions;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>Functions that ask the server, the session or a database.</summary>
internal static class ServerFunctions
{
    public static readonly ScalarFunction[] All =
    [
        new("SERVERPROPERTY", "t", 1, 1, _ => SqlType.Variant, (c, a) => ServerProperties.Find(c.Server, (string)a[0]!)),
        new("DATABASEPROPERTYEX", "tt", 2, 2, _ => SqlType.Variant, (c, a) => Visible(c, c.Server.Find((string)a[0]!)) is { } db ? ServerProperties.OfDatabase(c.Server, db, (string)a[1]!) : null),
        new("DB_ID", "t", 0, 1, _ => SqlType.SmallInt, (c, a) => a.Length == 0 ? c.Database.Id : Visible(c, c.Server.Find((string)a[0]!))?.Id),
        new("DB_NAME", "i", 0, 1, NameResult, (c, a) => a.Length == 0 ? c.Database.Name : Visible(c, c.Server.Databases.FirstOrDefault(db => db.Id == (long)a[0]!))?.Name),
        new("SUSER_SNAME", "b", 0, 1, NameResult, (c, a) => a.Length == 0 ? c.Session.Login.Name : c.Server.LoginOf((byte[])a[0]!)?.Name),
        new("SUSER_NAME", "i", 0, 1, NameResult, (c, a) => a.Length == 0 ? c.Session.Login.Name : c.Server.Logins.FirstOrDefault(login => login.Id == (long)a[0]!)?.Name),
        new("SUSER_SID", "t", 0, 1, _ => SqlType.VarBinary(85), (c, a) => a.Length == 0 ? c.Session.Login.Sid : c.Server.FindLogin((string)a[0]!)?.Sid),
        new("ORIGINAL_LOGIN", "", 0, 0, NameResult, (c, _) => c.Session.OriginalLogin.Name),
        new("SYSTEM_USER", "", 0, 0, NameResult, (c, _) => c.Session.Login.Name),
        new("DEFAULT_DOMAIN", "", 0, 0, NameResult, (c, _) => c.Server.Options.Domain ?? "WORKGROUP"),
        new("USER_NAME", "i", 0, 1, NameResult, (c, a) => a.Length == 0 ? c.Database.UserNameFor(c.Session.Login) : c.Database.Users.Values.FirstOrDefault(user => user.Id == (long)a[0]!)?.Name),
        new("HOST_NAME", "", 0, 0, NameResult, (c, _) => c.Session.Host),
        new("APP_NAME", "", 0, 0, NameResult, (c, _) => c.Session.Application),
        new("IS_SRVROLEMEMBER", "tt", 1, 2, IntResult, (c, a) => Permissions.IsServerRoleMember(a.Length > 1 ? c.Server.FindLogin((string)a[1]!) : c.Session.Login, (string)a[0]!)),
        new("IS_MEMBER", "t", 1, 1, IntResult, (c, a) => Permissions.IsMember(c.Database, c.Session.Login, (string)a[0]!)),
        new("IS_ROLEMEMBER", "t", 1, 1, IntResult, (c, a) => Permissions.IsMember(c.Database, c.Session.Login, (string)a[0]!)),
        new("HAS_DBACCESS", "t", 1, 1, IntResult, (c, a) => c.Server.Find((string)a[0]!) is { } db ? db.Status == DatabaseStatus.Online && db.UserNameFor(c.Session.Login) is not null : null),
        new("HAS_PERMS_BY_NAME", "ttt", 3, 3, IntResult, (c, a) => Permissions.HasPermission(c, (string?)a[0], (string?)a[1], (string)a[2]!)) { TakesNull = true },
        new("OBJECT_ID", "tt", 1, 2, IntResult, (c, a) => Objects.IdOf(c, (string)a[0]!)),
        new("OBJECT_NAME", "i", 1, 1, NameResult, (c, a) => Objects.ById(c, (long)a[0]!)?.Name),
        new("OBJECT_SCHEMA_NAME", "i", 1, 1, NameResult, (c, a) => Objects.ById(c, (long)a[0]!)?.Schema),
        new("SCHEMA_ID", "t", 0, 1, IntResult, (_, a) => a.Length == 0 || "dbo".Equals((string)a[0]!, StringComparison.OrdinalIgnoreCase) ? 1 : null),
        new("SCHEMA_NAME", "i", 0, 1, NameResult, (_, a) => a.Length == 0 || (long)a[0]! == 1 ? "dbo" : null),
        new("COL_LENGTH", "tt", 2, 2, _ => SqlType.SmallInt, (c, a) => Objects.ByName(c, (string)a[0]!)?.Find((string)a[1]!) is { } column ? Objects.LengthOf(column.Type) : null),
        new("TYPE_NAME", "i", 1, 1, NameResult, (_, a) => Catalog.TypeCatalog.NameOf((long)a[0]!)),
        new("FILEPROPERTY", "tt", 2, 2, IntResult, (c, a) => FileProperty(c, (string)a[0]!, (string)a[1]!)),
        new("COLLATIONPROPERTY", "tt", 2, 2, _ => SqlType.Variant, (_, a) => CollationProperty((string)a[0]!, (string)a[1]!)),
        new("LOGINPROPERTY", "tt", 2, 2, _ => SqlType.Variant, (c, a) => LoginProperty(c, (string)a[0]!, (string)a[1]!)),
        new("NEWID", "", 0, 0, _ => SqlType.UniqueIdentifier, (_, _) => Guid.NewGuid()),
        new("SCOPE_IDENTITY", "", 0, 0, _ => SqlType.Decimal(38, 0), (c, _) => c.Session.ScopeIdentity is { } id ? (decimal)id : null),
        new("XACT_STATE", "", 0, 0, _ => SqlType.SmallInt, (c, _) => c.Session.Transaction.IsOpen),
        new("ERROR_NUMBER", "", 0, 0, IntResult, (c, _) => c.Session.CaughtError?.Number),
        new("ERROR_MESSAGE", "", 0, 0, TextResult, (c, _) => c.Session.CaughtError?.Messages[0].Text),
        new("ERROR_SEVERITY", "", 0, 0, IntResult, (c, _) => c.Session.CaughtError?.Messages[0].Severity),
        new("ERROR_STATE", "", 0, 0, IntResult, (c, _) => c.Session.CaughtError?.Messages[0].State),
        new("HASHBYTES", "t*", 2, 2, _ => SqlType.VarBinary(8000), (_, a) => Hash((string)a[0]!, a[1]!)),
        new("CHECKSUM", "*", 1, 254, IntResult, (_, a) => Checksum(a)) { TakesNull = true },
        new("BINARY_CHECKSUM", "*", 1, 254, IntResult, (_, a) => Checksum(a)) { TakesNull = true },
    ];

    private static DatabaseState? Visible(StatementContext context, DatabaseState? database) =>
        database is not null && Permissions.Sees(context.Session, database) ? database : null;

    private static long? FileProperty(StatementContext context, string file, string property) =>
        context.Database.Files.FirstOrDefault(candidate => candidate.LogicalName.Equals(file, StringComparison.OrdinalIgnoreCase)) is { } found
        && property.Equals("SpaceUsed", StringComparison.OrdinalIgnoreCase)
            ? found.IsLog ? 64 : found.Bytes / DatabaseFile.PageBytes
            : null;

    private static object? CollationProperty(string collation, string property) => property.ToLowerInvariant() switch
    {
        // Bit 0: case does not count; bits 16 and 17: neither do kana and width.
        "comparisonstyle" => (collation.Contains("_CI_", StringComparison.OrdinalIgnoreCase) ? 1L : 0L) | 0x30000L,
        "codepage" => 1252L,
        "lcid" => 1033L,
        _ => null,
    };

    private static object? LoginProperty(StatementContext context, string login, string property)
    {
        var found = context.Server.FindLogin(login);
        return found is null ? null : property.ToLowerInvariant() switch
        {
            "passwordhash" => Permissions.MayOnServer(context.Server, context.Session.Login, "CONTROL SERVER") == true && found.Password is not null ? PasswordHash.Of(found) : null,
            "islocked" or "isexpired" or "ismustchange" => 0L,
            "defaultdatabase" => found.DefaultDatabase,
            _ => null,
        };
    }

    private static byte[] Hash(string algorithm, object value)
    {
        var bytes = value as byte[] ?? Encoding.Unicode.GetBytes(TextFunctions.Text(value));
        return algorithm.ToUpperInvariant() switch
        {
            "SHA2_256" => SHA256.HashData(bytes),
            "SHA2_512" => SHA512.HashData(bytes),
            _ => throw SqlErrors.NotModelled($"HASHBYTES('{algorithm}')"),
        };
    }

    private static long Checksum(object?[] values)
    {
        var all = string.Join('\u0001', values.Select(value => value is byte[] bytes ? Convert.ToHexString(bytes) : TextFunctions.Text(value ?? "")));
        return BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }
}
