using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Catalog;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>What stands in FROM: tables, views, derived tables, joins, table-valued functions.</summary>
internal sealed class TableTranslator(Translation statement)
{
    private static readonly HashSet<TableHintKind> KnownHints =
    [
        TableHintKind.NoLock,
        TableHintKind.ReadUncommitted,
        TableHintKind.ReadCommitted,
        TableHintKind.ReadPast,
        TableHintKind.UpdLock,
        TableHintKind.HoldLock,
        TableHintKind.Serializable,
        TableHintKind.Rowlock,
        TableHintKind.PagLock,
        TableHintKind.TabLock,
        TableHintKind.TabLockX,
        TableHintKind.XLock,
        TableHintKind.NoWait,
    ];

    public string From(FromClause from, Scope scope) =>
        string.Join(" CROSS JOIN ", from.TableReferences.Select(table => Translate(table, scope)));

    private string Translate(TableReference reference, Scope scope) =>
        reference switch
        {
            NamedTableReference named => Named(named, scope),
            QualifiedJoin join => Join(join, scope),
            UnqualifiedJoin { UnqualifiedJoinType: UnqualifiedJoinType.CrossJoin } join =>
                $"{Translate(join.FirstTableReference, scope)} CROSS JOIN {Translate(join.SecondTableReference, scope)}",
            UnqualifiedJoin apply => Apply(apply, scope),
            JoinParenthesisTableReference inner => Translate(inner.Join, scope),
            QueryDerivedTable derived => Derived(derived, scope),
            InlineDerivedTable inline => Inline(inline, scope),
            SchemaObjectFunctionTableReference function => Function(function, scope),
            _ => throw SqlErrors.NotModelled(reference.GetType().Name),
        };

    /// <summary>The user table of that name; for writing, where views won't do.</summary>
    public (DatabaseState Database, TableSchema Table) UserTable(SchemaObjectName name)
    {
        var database = DatabaseOf(name);
        statement.Use(database);
        return (database, Find(name) ?? throw SqlErrors.UnknownObject(Text(name)));
    }

    private TableSchema? Find(SchemaObjectName name) =>
        statement.Connection.Tables.GetValueOrDefault(
            TableSchema.StorageNameOf(
                name.SchemaIdentifier is { Value.Length: > 0 } schema ? schema.Value : "dbo",
                name.BaseIdentifier.Value
            )
        );

    public DatabaseState DatabaseOf(SchemaObjectName name)
    {
        if (name.ServerIdentifier is not null)
        {
            throw new SqlServerException(
                new SqlMessage(
                    7202,
                    2,
                    11,
                    $"Could not find server '{name.ServerIdentifier.Value}' in sys.servers. Verify that the correct server name was specified."
                )
            );
        }
        CloudRules.Check(statement.Server.Options, name.DatabaseIdentifier?.Value, statement.Database.Name, Text(name));
        return name.DatabaseIdentifier is { Value.Length: > 0 } other
            ? statement.Server.Open(other.Value, statement.Session)
            : statement.Server.CheckOpen(statement.Database, statement.Session);
    }

    public static string Text(SchemaObjectName name) => string.Join('.', name.Identifiers.Select(part => part.Value));

    private string Named(NamedTableReference named, Scope scope)
    {
        if (named.TableHints.FirstOrDefault(hint => !KnownHints.Contains(hint.HintKind)) is { } odd)
        {
            throw SqlErrors.NotModelled(odd.HintKind.ToString());
        }
        var name = named.SchemaObject;
        var alias = named.Alias?.Value ?? name.BaseIdentifier.Value;
        if (name.Identifiers.Count == 1 && statement.NamedQueries.TryGetValue(name.BaseIdentifier.Value, out var query))
        {
            return Add(scope, alias, query, Scope.Quote(name.BaseIdentifier.Value));
        }
        if (CatalogViews.Find(name, statement.Server.Options) is { } view)
        {
            if (view.Name.StartsWith("msdb.", StringComparison.Ordinal))
            {
                // Tables, not views: guest may enter msdb, but was granted nothing on these.
                Permissions.DemandObject(statement.Session, DatabaseOf(name), "dbo", name.BaseIdentifier.Value, "SELECT");
            }
            var context = new CatalogContext(statement, view.IsOfServer ? statement.Database : DatabaseOf(name));
            var collation = view.IsOfServer ? statement.Server.Options.Collation : context.Database.Settings.Collation;
            return Add(
                scope,
                alias,
                [.. view.Columns.Select(column => column with { Collation = column.Type.IsText ? collation : null })],
                statement.AddRows($"{context.Database.Name}/{view.Name}", view.Columns, () => view.Rows(context))
            );
        }

        var (database, table) = UserTable(name);
        Permissions.DemandRead(statement.Session, database, table);
        var columns = table.Columns.Select(column => new SourceColumn(column.Name, column.Type, column.Nullable, column.Identity)
        {
            Collation = column.Type.IsText ? column.Collation ?? database.Settings.Collation : null,
        }).ToList();
        var source = new Source(alias, columns) { TableName = named.Alias is null ? $"{table.Schema}.{table.Name}" : "" };
        scope.Sources.Add(source);
        return $"{Scope.Quote(table.StorageName)} AS {Scope.Quote(alias)}";
    }

    private static string Add(Scope scope, string alias, IReadOnlyList<SourceColumn> columns, string sql)
    {
        scope.Sources.Add(new Source(alias, columns));
        return $"{sql} AS {Scope.Quote(alias)}";
    }

    private string Join(QualifiedJoin join, Scope scope)
    {
        var kind = join.QualifiedJoinType switch
        {
            QualifiedJoinType.Inner => "JOIN",
            QualifiedJoinType.LeftOuter => "LEFT JOIN",
            QualifiedJoinType.RightOuter => "RIGHT JOIN",
            _ => "FULL JOIN",
        };
        var start = scope.Sources.Count;
        var left = Translate(join.FirstTableReference, scope);
        var middle = scope.Sources.Count;
        var right = Translate(join.SecondTableReference, scope);
        // The side that may have no row gives NULL even for NOT NULL columns.
        if (join.QualifiedJoinType is QualifiedJoinType.LeftOuter or QualifiedJoinType.FullOuter)
        {
            MakeNullable(scope, middle, scope.Sources.Count);
        }
        if (join.QualifiedJoinType is QualifiedJoinType.RightOuter or QualifiedJoinType.FullOuter)
        {
            MakeNullable(scope, start, middle);
        }
        return $"{left} {kind} {right} ON {new PredicateTranslator(statement).Translate(join.SearchCondition, scope)}";
    }

    private static void MakeNullable(Scope scope, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            scope.Sources[i] = scope.Sources[i] with
            {
                Columns = [.. scope.Sources[i].Columns.Select(column => column with { Nullable = true })],
            };
        }
    }

    /// <summary>APPLY is modelled for functions whose arguments are key columns of the function's own rows.</summary>
    private string Apply(UnqualifiedJoin apply, Scope scope)
    {
        var left = Translate(apply.FirstTableReference, scope);
        if (
            apply.SecondTableReference is not SchemaObjectFunctionTableReference call
            || TableFunctions.Find(call.SchemaObject, statement.Server.Options) is not { } function
        )
        {
            throw SqlErrors.NotModelled("APPLY");
        }
        var arguments = call.Parameters.Select(argument => statement.Expressions.Translate(argument, scope)).ToList();
        if (!function.IsKeyed)
        {
            throw SqlErrors.NotModelled($"APPLY {function.Name}");
        }
        var right = Keyed(function, call, scope);
        var on = string.Join(
            " AND ",
            arguments.Select(
                (argument, i) => $"{argument.Sql} = {Scope.Quote(call.Alias?.Value ?? function.Name)}.{Scope.Quote($"_key{i}")}"
            )
        );
        return $"{left} {(apply.UnqualifiedJoinType == UnqualifiedJoinType.OuterApply ? "LEFT JOIN" : "JOIN")} {right} ON {on}";
    }

    private string Keyed(TableFunction function, SchemaObjectFunctionTableReference call, Scope scope)
    {
        var keys = Enumerable.Range(0, function.Arguments).Select(i => new SourceColumn($"_key{i}", SqlType.Int, false));
        var all = keys.Concat(function.Columns).ToList();
        var rows = statement.AddRows(function.Name, all, () => function.Rows(new CatalogContext(statement, statement.Database), []));
        return Add(scope, call.Alias?.Value ?? function.Name, function.Columns, rows);
    }

    private string Function(SchemaObjectFunctionTableReference call, Scope scope)
    {
        var function = TableFunctions.Find(call.SchemaObject, statement.Server.Options) ?? throw SqlErrors.UnknownObject(Text(call.SchemaObject));
        if (call.Parameters.Count != function.Arguments)
        {
            throw SqlErrors.WrongArguments(function.Name, function.Arguments);
        }
        // No names are in sight of these arguments: only literals and variables get through.
        var values = call
            .Parameters.Select(argument =>
                argument is DefaultLiteral or NullLiteral ? null : Evaluate(statement.Expressions.Translate(argument, new Scope()))
            )
            .ToList();
        var context = new CatalogContext(statement, statement.Database);
        var rows = function.IsKeyed
            ? function
                .Rows(context, [])
                .Where(row => values.Select((value, i) => Equals(Stored.FromClr(row[i]), value)).All(same => same))
                .Select(row => row[function.Arguments..])
            : function.Rows(context, [.. values]);
        return Add(
            scope,
            call.Alias?.Value ?? function.Name,
            function.Columns,
            statement.AddRows(statement.NextAlias() + function.Name, function.Columns, () => rows)
        );
    }

    private object? Evaluate(Bound value)
    {
        using var command = statement.Connection.Sqlite.CreateCommand();
        statement.Connection.Context = new StatementContext(statement.Session) { Connection = statement.Connection };
        command.CommandText = "SELECT " + value.Sql;
        foreach (var (name, parameter) in statement.Parameters)
        {
            command.Parameters.AddWithValue(name, parameter ?? DBNull.Value);
        }
        return command.ExecuteScalar() is { } found and not DBNull ? found : null;
    }

    private string Derived(QueryDerivedTable derived, Scope scope)
    {
        var (sql, columns) = statement.Queries.Translate(derived.QueryExpression, null);
        var names =
            derived.Columns.Count > 0
                ? derived.Columns.Select(column => column.Value).ToList()
                : [.. columns.Select(column => column.StorageName)];
        var renamed = string.Join(", ", columns.Select((column, i) => $"{Scope.Quote(column.StorageName)} AS {Scope.Quote(names[i])}"));
        return Add(
            scope,
            derived.Alias.Value,
            [.. columns.Select((column, i) => column.ForScope with { Name = names[i] })],
            $"(SELECT {renamed} FROM ({sql}))"
        );
    }

    private string Inline(InlineDerivedTable inline, Scope scope)
    {
        var rows = inline
            .RowValues.Select(row => row.ColumnValues.Select(value => statement.Expressions.Translate(value, new Scope())).ToList())
            .ToList();
        var columns = inline
            .Columns.Select(
                (column, i) =>
                    new SourceColumn(
                        column.Value,
                        rows.Select(row => row[i])
                            .Aggregate((a, b) => new Bound("", TypeRules.Meet(a, b)) { IsNull = a.IsNull && b.IsNull })
                            .Type,
                        true
                    )
            )
            .ToList();
        var selects = rows.Select(row =>
            "SELECT "
            + string.Join(
                ", ",
                row.Select((value, i) => $"{statement.Expressions.Meet(value, columns[i].Type).Sql} AS {Scope.Quote(columns[i].Name)}")
            )
        );
        return Add(scope, inline.Alias.Value, columns, $"({string.Join(" UNION ALL ", selects)})");
    }
}
