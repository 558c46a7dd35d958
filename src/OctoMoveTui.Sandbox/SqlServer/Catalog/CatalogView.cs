using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.TSql;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.Catalog;

/// <summary>Who asks a catalog view, and in which database.</summary>
internal sealed class CatalogContext(Translation statement, DatabaseState database)
{
    public Translation Statement => statement;
    public SqlServerInstance Server => statement.Server;
    public DatabaseState Database => database;
    public LoginState Login => statement.Session.Login;

    /// <summary>The database's tables; through the transaction's connection, if there is one.</summary>
    public IReadOnlyList<TableSchema> Tables => Query(connection => connection.Tables.Values.ToList());

    public T Query<T>(Func<DatabaseConnection, T> query)
    {
        if (statement.Session.Transaction.ConnectionTo(database) is { } enlisted)
        {
            return query(enlisted);
        }
        var connection = database.Pool.Rent();
        try
        {
            return query(connection);
        }
        finally
        {
            database.Pool.Return(connection);
        }
    }
}

/// <summary>A catalog view: exactly the columns listed here exist; others are error 207.</summary>
internal sealed class CatalogView(
    string name,
    bool isOfServer,
    IReadOnlyList<SourceColumn> columns,
    Func<CatalogContext, IEnumerable<object?[]>> rows
)
{
    public string Name => name;

    /// <summary>Server-wide views show the same rows from every database.</summary>
    public bool IsOfServer => isOfServer;

    /// <summary>The major version that has it first; for older ones it is error 208. Azure's servers call themselves 12 and are newer than all.</summary>
    public int Since { get; init; }

    public bool IsIn(SqlServerOptions server) =>
        (Since <= server.Major || server.EngineEdition is Editions.AzureSqlDatabaseEngine or Editions.ManagedInstanceEngine) && CloudRules.HasView(server, name);

    public IReadOnlyList<SourceColumn> Columns => columns;

    public IEnumerable<object?[]> Rows(CatalogContext context) => rows(context);

    /// <summary>Columns as "name type" pairs; the types are those on the wire of real servers. A ! means NOT NULL.</summary>
    public static IReadOnlyList<SourceColumn> Define(string declaration) =>
        [
            .. declaration
                .Split(',', StringSplitOptions.TrimEntries)
                .Select(column =>
                {
                    var parts = column.Split(' ');
                    return new SourceColumn(parts[0], TypeNamed(parts[1].TrimEnd('!')), !parts[1].EndsWith('!'));
                }),
        ];

    private static SqlType TypeNamed(string name) =>
        name switch
        {
            "sysname" => SqlType.SysName,
            "bit" => SqlType.Bit,
            "tinyint" => SqlType.TinyInt,
            "smallint" => SqlType.SmallInt,
            "int" => SqlType.Int,
            "bigint" => SqlType.BigInt,
            "real" => SqlType.Real,
            "datetime" => SqlType.DateTime,
            "datetimeoffset" => SqlType.DateTimeOffset,
            "datetime2" => SqlType.DateTime2,
            "guid" => SqlType.UniqueIdentifier,
            "lsn" => SqlType.Lsn,
            "bytes" => SqlType.Decimal(20, 0),
            _ when name.StartsWith("nchar", StringComparison.Ordinal) => SqlType.NChar(Length(name, 5)),
            _ when name.StartsWith("char", StringComparison.Ordinal) => SqlType.Char(Length(name, 4)),
            _ when name.StartsWith("nvarchar", StringComparison.Ordinal) => SqlType.NVarChar(Length(name, 8)),
            _ when name.StartsWith("varchar", StringComparison.Ordinal) => SqlType.VarChar(Length(name, 7)),
            _ when name.StartsWith("varbinary", StringComparison.Ordinal) => SqlType.VarBinary(Length(name, 9)),
            _ => throw new ArgumentException($"Unknown type {name} in a catalog view."),
        };

    private static int Length(string name, int after) => int.Parse(name[after..], System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>All catalog views by name.</summary>
internal static class CatalogViews
{
    private static readonly Dictionary<string, CatalogView> All = new CatalogView[][]
    {
        ServerViews.All,
        PrincipalViews.All,
        SecretViews.All,
        MachineViews.All,
        AvailabilityViews.All,
        SessionViews.All,
        DatabaseViews.All,
        MsdbViews.All,
    }
        .SelectMany(group => group)
        .ToDictionary(view => view.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>sys.x, db.sys.x, and the history tables of msdb; null: look among the user's tables.</summary>
    public static CatalogView? Find(SchemaObjectName name, SqlServerOptions server)
    {
        var schema = name.SchemaIdentifier?.Value ?? "";
        if (
            schema.Equals("sys", StringComparison.OrdinalIgnoreCase)
            || schema.Equals("INFORMATION_SCHEMA", StringComparison.OrdinalIgnoreCase)
        )
        {
            return All.GetValueOrDefault($"{schema}.{name.BaseIdentifier.Value}") is { } view && view.IsIn(server)
                ? view
                : throw SqlErrors.UnknownObject(TableTranslator.Text(name));
        }
        return name.DatabaseIdentifier?.Value.Equals("msdb", StringComparison.OrdinalIgnoreCase) == true
            ? All.GetValueOrDefault($"msdb.{name.BaseIdentifier.Value}")
            : null;
    }
}
