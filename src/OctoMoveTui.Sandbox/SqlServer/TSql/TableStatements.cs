using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>CREATE TABLE and what else changes the shape of a database.</summary>
internal static class TableStatements
{
    public static async Task RunAsync(Execution execution, TSqlStatement statement)
    {
        switch (statement)
        {
            case CreateTableStatement create:
                await ChangeAsync(
                    execution,
                    create.SchemaObjectName,
                    "CREATE TABLE",
                    (database, connection) => Create(execution, database, connection, create)
                );
                break;
            case DropTableStatement drop:
                foreach (var name in drop.Objects)
                {
                    await ChangeAsync(execution, name, "ALTER", (_, connection) => Drop(connection, name, drop.IsIfExists));
                }
                break;
            case TruncateTableStatement truncate:
                await ChangeAsync(
                    execution,
                    truncate.TableName,
                    "ALTER",
                    (database, connection) => Truncate(database, connection, truncate.TableName)
                );
                break;
            case CreateIndexStatement index:
                await ChangeAsync(execution, index.OnName, "ALTER", (_, connection) => CreateIndex(connection, index));
                break;
            case AlterTableAddTableElementStatement add:
                await ChangeAsync(execution, add.SchemaObjectName, "ALTER", (_, connection) => AddColumns(connection, add));
                break;
            default:
                throw SqlErrors.NotModelled(statement.GetType().Name.Replace("Statement", "", StringComparison.Ordinal));
        }
        execution.Done(CurrentCommand.CreateTable);
    }

    private static async Task ChangeAsync(
        Execution execution,
        SchemaObjectName name,
        string permission,
        Action<DatabaseState, DatabaseConnection> change
    )
    {
        if (name.BaseIdentifier.Value.StartsWith('#'))
        {
            throw SqlErrors.NotModelled("a temporary table");
        }
        using var statement = execution.Translate();
        var database = statement.Tables.DatabaseOf(name);
        Permissions.Demand(execution.Session, database, permission);
        await RowStatements.ChangeAsync(
            execution,
            database,
            connection =>
            {
                change(database, connection);
                return Task.FromResult(0);
            }
        );
    }

    private static void Create(Execution execution, DatabaseState database, DatabaseConnection connection, CreateTableStatement create)
    {
        var (schema, name) = NameOf(create.SchemaObjectName);
        if (connection.Tables.ContainsKey(TableSchema.StorageNameOf(schema, name)))
        {
            throw SqlErrors.ObjectExists(name);
        }
        if (create.SelectStatement is not null || create.AsFileTable)
        {
            throw SqlErrors.NotModelled("CREATE TABLE AS");
        }
        var columns = create.Definition.ColumnDefinitions.Select(ToColumn).ToList();
        var indexes = new List<IndexSchema>();
        var foreignKeys = new List<string>();
        foreach (var definition in create.Definition.ColumnDefinitions)
        {
            foreach (var constraint in definition.Constraints)
            {
                AddConstraint(constraint, [definition.ColumnIdentifier.Value], name, indexes, foreignKeys);
            }
        }
        foreach (var constraint in create.Definition.TableConstraints)
        {
            AddConstraint(constraint, [], name, indexes, foreignKeys);
        }
        if (create.Definition.Indexes.Count > 0)
        {
            throw SqlErrors.NotModelled("an index inside CREATE TABLE");
        }
        // Key columns are never NULL.
        columns =
        [
            .. columns.Select(column =>
                indexes.Any(index => index.PrimaryKey && index.Columns.Contains(column.Name, StringComparer.OrdinalIgnoreCase))
                    ? column with
                    {
                        Nullable = false,
                    }
                    : column
            ),
        ];
        var objectId = connection.Tables.Values.Select(known => known.ObjectId).DefaultIfEmpty(245575913).Max() + 16;
        var table = new TableSchema(objectId, schema, name, execution.Server.LocalNow, columns, indexes);

        var keys = indexes.Select(index =>
            $"{(index.PrimaryKey ? "PRIMARY KEY" : "UNIQUE")} ({string.Join(", ", index.Columns.Select(Scope.Quote))})"
        );
        connection.Execute(
            $"CREATE TABLE {Scope.Quote(table.StorageName)} ({string.Join(", ", columns.Select(Definition).Concat(keys).Concat(foreignKeys))})"
        );
        connection.SaveSchema(table);
        database.Identities.TryRemove(table.StorageName, out _);
    }

    private static string Definition(ColumnSchema column) =>
        $"{Scope.Quote(column.Name)} {column.Type.SqliteAffinity}{(column.Type.SqliteCollation is { } collation ? $" COLLATE {collation}" : "")}{(column.Nullable ? "" : " NOT NULL")}";

    private static ColumnSchema ToColumn(ColumnDefinition definition)
    {
        if (definition.ComputedColumnExpression is not null || definition.GeneratedAlways is not null || definition.DataType is null)
        {
            throw SqlErrors.NotModelled("a computed column");
        }
        var type = TypeRules.From(definition.DataType);
        var nullable =
            definition.Constraints.OfType<NullableConstraintDefinition>().Select(constraint => (bool?)constraint.Nullable).LastOrDefault()
            ?? definition.IdentityOptions is null;
        var fallback = definition.DefaultConstraint is { } constraint ? Script.TextOf(constraint.Expression) : null;
        return new ColumnSchema(definition.ColumnIdentifier.Value, type, nullable, definition.IdentityOptions is not null, fallback)
        {
            Collation = definition.Collation is { } collation ? Types.Collations.Demand(collation.Value) : null,
        };
    }

    private static void AddConstraint(
        ConstraintDefinition constraint,
        List<string> own,
        string table,
        List<IndexSchema> indexes,
        List<string> foreignKeys
    )
    {
        switch (constraint)
        {
            case UniqueConstraintDefinition key:
                var columns =
                    key.Columns.Count > 0
                        ? key.Columns.Select(column => column.Column.MultiPartIdentifier.Identifiers[^1].Value).ToList()
                        : own;
                indexes.Add(
                    new IndexSchema(
                        key.ConstraintIdentifier?.Value ?? $"{(key.IsPrimaryKey ? "PK" : "UQ")}__{table}",
                        columns,
                        true,
                        key.IsPrimaryKey
                    )
                );
                break;
            case ForeignKeyConstraintDefinition foreign:
                var (schema, name) = NameOf(foreign.ReferenceTableName);
                var from = foreign.Columns.Count > 0 ? foreign.Columns.Select(column => column.Value) : own;
                var cascade = foreign.DeleteAction == DeleteUpdateAction.Cascade ? " ON DELETE CASCADE" : "";
                foreignKeys.Add(
                    $"FOREIGN KEY ({string.Join(", ", from.Select(Scope.Quote))}) REFERENCES {Scope.Quote(TableSchema.StorageNameOf(schema, name))} "
                        + $"({string.Join(", ", foreign.ReferencedTableColumns.Select(column => Scope.Quote(column.Value)))}){cascade}"
                );
                break;
            case NullableConstraintDefinition or DefaultConstraintDefinition:
                break;
            default:
                throw SqlErrors.NotModelled(constraint.GetType().Name);
        }
    }

    private static void Drop(DatabaseConnection connection, SchemaObjectName name, bool ifExists)
    {
        if (Find(connection, name) is { } table)
        {
            connection.Execute($"DROP TABLE {Scope.Quote(table.StorageName)}");
            connection.ForgetSchema(table);
        }
        else if (!ifExists)
        {
            throw SqlErrors.CannotDrop("table", TableTranslator.Text(name));
        }
    }

    private static void Truncate(DatabaseState database, DatabaseConnection connection, SchemaObjectName name)
    {
        var table = Find(connection, name) ?? throw SqlErrors.UnknownObject(TableTranslator.Text(name));
        connection.Execute($"DELETE FROM {Scope.Quote(table.StorageName)}");
        database.Identities[table.StorageName] = 0;
    }

    private static void CreateIndex(DatabaseConnection connection, CreateIndexStatement create)
    {
        var table = Find(connection, create.OnName) ?? throw SqlErrors.UnknownObject(TableTranslator.Text(create.OnName));
        var columns = create.Columns.Select(column => column.Column.MultiPartIdentifier.Identifiers[^1].Value).ToList();
        if (columns.Find(column => table.Find(column) is null) is { } unknown)
        {
            throw new SqlServerException(
                new SqlMessage(1911, 1, 16, $"Column name '{unknown}' does not exist in the target table or view.")
            );
        }
        if (create.FilterPredicate is not null && create.Unique)
        {
            throw SqlErrors.NotModelled("a unique filtered index");
        }
        if (table.Indexes.Any(index => index.Name.Equals(create.Name.Value, StringComparison.OrdinalIgnoreCase)))
        {
            throw new SqlServerException(
                new SqlMessage(
                    1913,
                    1,
                    16,
                    $"The operation failed because an index or statistics with name '{create.Name.Value}' already exists on table '{table.Name}'."
                )
            );
        }
        connection.Execute(
            $"CREATE {(create.Unique ? "UNIQUE " : "")}INDEX {Scope.Quote($"{table.StorageName}.{create.Name.Value}")} ON {Scope.Quote(table.StorageName)} ({string.Join(", ", columns.Select(Scope.Quote))})"
        );
        connection.SaveSchema(table with { Indexes = [.. table.Indexes, new IndexSchema(create.Name.Value, columns, create.Unique)] });
    }

    private static void AddColumns(DatabaseConnection connection, AlterTableAddTableElementStatement add)
    {
        var table = Find(connection, add.SchemaObjectName) ?? throw SqlErrors.UnknownObject(TableTranslator.Text(add.SchemaObjectName));
        if (add.Definition.TableConstraints.Count > 0 || add.Definition.Indexes.Count > 0)
        {
            throw SqlErrors.NotModelled("ALTER TABLE ADD CONSTRAINT");
        }
        foreach (var definition in add.Definition.ColumnDefinitions)
        {
            var column = ToColumn(definition);
            if (table.Find(column.Name) is not null)
            {
                throw new SqlServerException(
                    new SqlMessage(
                        2705,
                        4,
                        16,
                        $"Column names in each table must be unique. Column name '{column.Name}' in table '{table.Name}' is specified more than once."
                    )
                );
            }
            if (!column.Nullable || column.Identity)
            {
                throw SqlErrors.NotModelled("ALTER TABLE ADD of a NOT NULL column");
            }
            connection.Execute($"ALTER TABLE {Scope.Quote(table.StorageName)} ADD COLUMN {Definition(column)}");
            table = table with { Columns = [.. table.Columns, column] };
        }
        connection.SaveSchema(table);
    }

    private static TableSchema? Find(DatabaseConnection connection, SchemaObjectName name)
    {
        var (schema, table) = NameOf(name);
        return connection.Tables.GetValueOrDefault(TableSchema.StorageNameOf(schema, table));
    }

    private static (string Schema, string Name) NameOf(SchemaObjectName name) =>
        (name.SchemaIdentifier is { Value.Length: > 0 } schema ? schema.Value : "dbo", name.BaseIdentifier.Value);
}
