using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>Tables by name or number, for OBJECT_ID, OBJECT_NAME and COL_LENGTH.</summary>
internal static class Objects
{
    public static long? IdOf(StatementContext context, string name) => ByName(context, name)?.ObjectId;

    public static TableSchema? ById(StatementContext context, long id) =>
        InDatabase(context, context.Database, tables => tables.Values.FirstOrDefault(table => table.ObjectId == id));

    public static TableSchema? ByName(StatementContext context, string name)
    {
        var parts = Split(name);
        var database = parts.Length > 2 && parts[^3].Length > 0 ? context.Server.Find(parts[^3]) : context.Database;
        var schema = parts.Length > 1 && parts[^2].Length > 0 ? parts[^2] : "dbo";
        return database is null
            ? null
            : InDatabase(context, database, tables => tables.GetValueOrDefault(TableSchema.StorageNameOf(schema, parts[^1])));
    }

    /// <summary>COL_LENGTH counts bytes.</summary>
    public static long LengthOf(SqlType type) =>
        type switch
        {
            { Length: SqlType.Max } => -1,
            { IsUnicode: true } => type.Length * 2,
            { IsText: true } or { IsBinary: true } => type.Length,
            { Kind: SqlKind.Bit or SqlKind.TinyInt } => 1,
            { Kind: SqlKind.SmallInt } => 2,
            { Kind: SqlKind.Int or SqlKind.Real or SqlKind.SmallDateTime } => 4,
            { Kind: SqlKind.Date } => 3,
            { Kind: SqlKind.UniqueIdentifier } => 16,
            { Kind: SqlKind.Decimal } => type.Precision switch
            {
                <= 9 => 5,
                <= 19 => 9,
                <= 28 => 13,
                _ => 17,
            },
            { Kind: SqlKind.DateTimeOffset } => 10,
            _ => 8,
        };

    /// <summary>The tables of a database, through the statement's own connection where it is the same database: it may hold uncommitted DDL.</summary>
    private static T? InDatabase<T>(
        StatementContext context,
        DatabaseState database,
        Func<IReadOnlyDictionary<string, TableSchema>, T?> find
    )
        where T : class
    {
        if (database.Status != DatabaseStatus.Online || database.UserNameFor(context.Session.Login) is null)
        {
            return null;
        }
        if (context.Session.Transaction.ConnectionTo(database) is { } enlisted)
        {
            return find(enlisted.Tables);
        }
        var connection = database.Pool.Rent();
        try
        {
            return find(connection.Tables);
        }
        finally
        {
            database.Pool.Return(connection);
        }
    }

    private static string[] Split(string name)
    {
        var parts = new List<string> { "" };
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '[' && name.IndexOf(']', i) is var end and > 0)
            {
                parts[^1] += name[(i + 1)..end];
                i = end;
            }
            else if (name[i] == '.')
            {
                parts.Add("");
            }
            else
            {
                parts[^1] += name[i];
            }
        }
        return [.. parts.Select(part => part.Trim())];
    }
}
