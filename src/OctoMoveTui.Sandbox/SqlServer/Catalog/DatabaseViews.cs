using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.TSql;
using OctoMoveTui.Sandbox.SqlServer.Types;
using static OctoMoveTui.Sandbox.SqlServer.Catalog.CatalogView;

namespace OctoMoveTui.Sandbox.SqlServer.Catalog;

/// <summary>Views that show one database: its tables, files and users.</summary>
internal static class DatabaseViews
{
    private const string ObjectColumns = "name sysname!, object_id int!, principal_id int, schema_id int!, parent_object_id int!, type char2!, type_desc nvarchar60, create_date datetime!, modify_date datetime!, is_ms_shipped bit!";

    public static readonly CatalogView[] All =
    [
        new("sys.tables", false, Define(ObjectColumns), Tables),
        new("sys.objects", false, Define(ObjectColumns), Tables),
        new("sys.schemas", false, Define("name sysname!, schema_id int!, principal_id int"), Schemas),
        new("sys.columns", false, Define("""
            object_id int!, name sysname, column_id int!, system_type_id tinyint!, user_type_id int!, max_length smallint!, precision tinyint!, scale tinyint!,
            collation_name sysname, is_nullable bit, is_identity bit!, is_computed bit!
            """), Columns),
        new("sys.types", false, Define("name sysname!, system_type_id tinyint!, user_type_id int!, schema_id int!, is_user_defined bit!"),
            _ => TypeCatalog.All.Select(type => new object?[] { type.Name, type.Id, type.Id, 4, false })),
        new("sys.indexes", false, Define("object_id int!, name sysname, index_id int!, type tinyint!, type_desc nvarchar60, is_unique bit, is_primary_key bit"), Indexes),
        new("sys.partitions", false, Define("partition_id bigint!, object_id int!, index_id int!, partition_number int!, hobt_id bigint!, rows bigint"), context =>
            Counted(context).Select(row => new object?[] { 72057594000000000L + row.Table.ObjectId, row.Table.ObjectId, row.IndexId, 1, 72057594000000000L + row.Table.ObjectId, row.Rows })),
        new("sys.dm_db_partition_stats", false, Define("""
            partition_id bigint, object_id int!, index_id int!, partition_number int!, in_row_data_page_count bigint, used_page_count bigint, reserved_page_count bigint, row_count bigint
            """), context => Counted(context).Select(row => new object?[] { 72057594000000000L + row.Table.ObjectId, row.Table.ObjectId, row.IndexId, 1, row.Rows / 20 + 1, row.Rows / 20 + 2, row.Rows / 20 + 9, row.Rows })),
        new("sys.database_files", false, Define("""
            file_id int!, file_guid guid, type tinyint!, type_desc nvarchar60, data_space_id int!, name sysname!, physical_name nvarchar260!, state tinyint, state_desc nvarchar60,
            size int!, max_size int!, growth int!, is_read_only bit!
            """), context => context.Database.Files.Select(file => new object?[]
            {
                file.Id, null, file.IsLog ? 1 : 0, file.IsLog ? "LOG" : "ROWS", file.IsLog ? 0 : 1, file.LogicalName, file.Path, 0, "ONLINE",
                file.Bytes / DatabaseFile.PageBytes, -1, 8192, false,
            })),
        new("sys.database_principals", false, Define("""
            name sysname!, principal_id int!, type char1!, type_desc nvarchar60, default_schema_name sysname, create_date datetime!, modify_date datetime!, owning_principal_id int,
            sid varbinary85, is_fixed_role bit!, authentication_type int!, authentication_type_desc nvarchar60
            """), Principals),
        new("sys.database_role_members", false, Define("role_principal_id int!, member_principal_id int!"), context => context.Database.Users.Values
            .SelectMany(user => user.Roles.Select(role => new object?[] { RoleId(role), user.Id })).Append([RoleId("db_owner"), 1])),
        new("sys.dm_db_persisted_sku_features", false, Define("feature_name sysname, feature_id int"), context =>
        {
            Permissions.Demand(context.Statement.Session, context.Database, "VIEW DATABASE STATE");
            return context.Database.Settings.EditionFeatures.Select((feature, i) => new object?[] { feature, 100 * (i + 1) });
        }),
        new("INFORMATION_SCHEMA.TABLES", false, Define("TABLE_CATALOG sysname, TABLE_SCHEMA sysname, TABLE_NAME sysname!, TABLE_TYPE varchar10"), context =>
            context.Tables.Select(table => new object?[] { context.Database.Name, table.Schema, table.Name, "BASE TABLE" })),
        new("INFORMATION_SCHEMA.COLUMNS", false, Define("""
            TABLE_CATALOG sysname, TABLE_SCHEMA sysname, TABLE_NAME sysname!, COLUMN_NAME sysname, ORDINAL_POSITION int, IS_NULLABLE varchar3, DATA_TYPE nvarchar128, CHARACTER_MAXIMUM_LENGTH int
            """), context => context.Tables.SelectMany(table => table.Columns.Select((column, i) => new object?[]
            {
                context.Database.Name, table.Schema, table.Name, column.Name, i + 1, column.Nullable ? "YES" : "NO", column.Type.Name, column.Type.IsText || column.Type.IsBinary ? column.Type.Length : null,
            }))),
    ];

    private static int RoleId(string role) => FixedRoles.FirstDatabaseRoleId + Array.FindIndex(FixedRoles.Database, known => known.Equals(role, StringComparison.OrdinalIgnoreCase));

    private static int SchemaId(CatalogContext context, string schema) => schema.Equals("dbo", StringComparison.OrdinalIgnoreCase) ? 1
        : 5 + context.Tables.Select(table => table.Schema).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToList().FindIndex(known => known.Equals(schema, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<object?[]> Tables(CatalogContext context) => context.Tables.Select(table => new object?[]
        { table.Name, table.ObjectId, null, SchemaId(context, table.Schema), 0, "U ", "USER_TABLE", table.Created, table.Created, false });

    private static IEnumerable<object?[]> Schemas(CatalogContext context)
    {
        object?[][] known = [["dbo", 1, 1], ["guest", 2, 2], ["INFORMATION_SCHEMA", 3, 3], ["sys", 4, 4]];
        return known.Concat(context.Tables.Select(table => table.Schema).Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(schema => !schema.Equals("dbo", StringComparison.OrdinalIgnoreCase)).Select(schema => new object?[] { schema, SchemaId(context, schema), 1 }));
    }

    private static IEnumerable<object?[]> Columns(CatalogContext context) => context.Tables.SelectMany(table => table.Columns.Select((column, i) =>
    {
        var (precision, scale) = column.Type switch
        {
            { Kind: SqlKind.Decimal } => (column.Type.Precision, column.Type.Scale),
            { Kind: SqlKind.Int } => ((byte)10, (byte)0),
            { Kind: SqlKind.BigInt } => ((byte)19, (byte)0),
            { Kind: SqlKind.DateTime2 } => ((byte)27, column.Type.Scale),
            { Kind: SqlKind.DateTimeOffset } => ((byte)34, column.Type.Scale),
            _ => ((byte)0, (byte)0),
        };
        return new object?[]
        {
            table.ObjectId, column.Name, i + 1, TypeCatalog.IdOf(column.Type), TypeCatalog.IdOf(column.Type), Objects.LengthOf(column.Type), precision, scale,
            column.Type.IsText ? column.Collation ?? context.Database.Settings.Collation : null, column.Nullable, column.Identity, false,
        };
    }));

    private static IEnumerable<object?[]> Indexes(CatalogContext context) => context.Tables.SelectMany(table =>
        table.Indexes.Select((index, i) => new object?[] { table.ObjectId, index.Name, index.PrimaryKey ? 1 : i + 2, index.PrimaryKey ? 1 : 2, index.PrimaryKey ? "CLUSTERED" : "NONCLUSTERED", index.Unique, index.PrimaryKey }));

    private static List<(TableSchema Table, int IndexId, long Rows)> Counted(CatalogContext context) => context.Query(connection =>
        connection.Tables.Values.Select(table => (table, table.Indexes.Any(index => index.PrimaryKey) ? 1 : 0, (long)connection.Scalar($"SELECT count(*) FROM {Scope.Quote(table.StorageName)}")!)).ToList());

    private static IEnumerable<object?[]> Principals(CatalogContext context)
    {
        var created = context.Database.Created;
        yield return ["public", 0, "R", "DATABASE_ROLE", null, created, created, 1, null, false, 0, "NONE"];
        yield return ["dbo", 1, "S", "SQL_USER", "dbo", created, created, null, context.Database.OwnerSid, false, 1, "INSTANCE"];
        yield return ["guest", 2, "S", "SQL_USER", "guest", created, created, null, new byte[] { 0 }, false, 0, "NONE"];
        yield return ["INFORMATION_SCHEMA", 3, "S", "SQL_USER", null, created, created, null, null, false, 0, "NONE"];
        yield return ["sys", 4, "S", "SQL_USER", null, created, created, null, null, false, 0, "NONE"];
        foreach (var user in context.Database.Users.Values.OrderBy(user => user.Id))
        {
            var windows = user.Kind == PrincipalKind.Windows;
            yield return
            [
                user.Name, user.Id, windows ? "U" : "S", windows ? "WINDOWS_USER" : "SQL_USER", user.DefaultSchema, user.Created, user.Created, null, user.Sid, false,
                windows ? 3 : 1, windows ? "WINDOWS" : "INSTANCE",
            ];
        }
        foreach (var role in FixedRoles.Database)
        {
            yield return [role, RoleId(role), "R", "DATABASE_ROLE", null, created, created, 1, null, true, 0, "NONE"];
        }
    }
}
