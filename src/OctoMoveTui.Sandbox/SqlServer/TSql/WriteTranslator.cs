using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>A statement that changes rows, ready for SQLite.</summary>
internal sealed record Write(string Sql, DatabaseState Database, TableSchema Table, string Verb, IReadOnlyList<QueryColumn> Output);

/// <summary>INSERT, UPDATE, DELETE. What goes into a column is converted as SQL Server would, and refused where it wouldn't fit.</summary>
internal sealed class WriteTranslator(Translation statement)
{
    public Write Insert(InsertStatement insert)
    {
        var with = statement.Queries.CommonTables(insert.WithCtesAndXmlNamespaces);
        var specification = insert.InsertSpecification;
        Refuse(specification.TopRowFilter, specification.OutputIntoClause);
        var (database, table) = Target(specification.Target);
        var explicitIdentity = table.StorageName.Equals(statement.Session.Options.IdentityInsertTable, StringComparison.OrdinalIgnoreCase);
        var named =
            specification.Columns.Count > 0
                ? specification.Columns.Select(column => Column(table, column.MultiPartIdentifier.Identifiers[^1].Value)).ToList()
                : [.. table.Columns.Where(column => !column.Identity)];
        if (named.Find(column => column.Identity) is not null && !explicitIdentity)
        {
            throw SqlErrors.IdentityInsertOff(table.Name);
        }
        var implied = table.Columns.Except(named).Where(column => column.Identity || column.Default is not null).ToList();
        var columns = string.Join(", ", named.Concat(implied).Select(column => Scope.Quote(column.Name)));
        var rest = implied.Select(column => DefaultOf(table, column));

        var body = specification.InsertSource switch
        {
            ValuesInsertSource { IsDefaultValues: true } => implied.Count == 0
                ? "DEFAULT VALUES"
                : $"VALUES ({string.Join(", ", implied.Select(column => DefaultOf(table, column)))})",
            ValuesInsertSource values => "VALUES "
                + string.Join(", ", values.RowValues.Select(row => $"({string.Join(", ", Row(table, named, row).Concat(rest))})")),
            SelectInsertSource select => FromSelect(table, named, select, rest),
            var other => throw SqlErrors.NotModelled(other.GetType().Name),
        };
        columns =
            body.StartsWith("VALUES", StringComparison.Ordinal)
            && specification.InsertSource is ValuesInsertSource { IsDefaultValues: true }
                ? $" ({string.Join(", ", implied.Select(column => Scope.Quote(column.Name)))})"
            : body.StartsWith("DEFAULT", StringComparison.Ordinal) ? ""
            : $" ({columns})";
        var (returning, output) = Output(specification.OutputClause, table, "inserted");
        return new Write(
            statement.Complete($"INSERT INTO {Scope.Quote(table.StorageName)}{columns} {body}{returning}", with),
            database,
            table,
            "INSERT",
            output
        );
    }

    public Write Update(UpdateStatement update)
    {
        var with = statement.Queries.CommonTables(update.WithCtesAndXmlNamespaces);
        var specification = update.UpdateSpecification;
        Refuse(null, specification.OutputIntoClause);
        var (database, table, alias, scope, from) = Matched(specification);
        var sets = new List<(ColumnSchema Column, string Value)>();
        foreach (var clause in specification.SetClauses)
        {
            if (clause is not AssignmentSetClause { Variable: null } set)
            {
                throw SqlErrors.NotModelled("SET of a variable in UPDATE");
            }
            var column = Column(table, set.Column.MultiPartIdentifier.Identifiers[^1].Value);
            if (column.Identity)
            {
                throw SqlErrors.IdentityUpdate(column.Name);
            }
            sets.Add((column, set.NewValue is DefaultLiteral ? DefaultOf(table, column) : Assign(table, column, NewValue(set, scope))));
        }
        var values = string.Join(", ", sets.Select((set, i) => $"{set.Value} AS _v{i}"));
        var assignments = string.Join(", ", sets.Select((set, i) => $"{Scope.Quote(set.Column.Name)} = _new._v{i}"));
        var (returning, output) = Output(specification.OutputClause, table, "inserted");
        // The new values are computed over the whole FROM first: SQLite's own UPDATE … FROM knows no target inside FROM.
        var sql =
            $"UPDATE {Scope.Quote(table.StorageName)} SET {assignments} FROM (SELECT {Scope.Quote(alias)}.rowid AS _row, {values} {from}) AS _new "
            + $"WHERE {Scope.Quote(table.StorageName)}.rowid = _new._row{returning}";
        return new Write(statement.Complete(sql, with), database, table, "UPDATE", output);
    }

    public Write Delete(DeleteStatement delete)
    {
        var with = statement.Queries.CommonTables(delete.WithCtesAndXmlNamespaces);
        var specification = delete.DeleteSpecification;
        Refuse(null, specification.OutputIntoClause);
        var (database, table, alias, _, from) = Matched(specification);
        var (returning, output) = Output(specification.OutputClause, table, "deleted");
        var sql = $"DELETE FROM {Scope.Quote(table.StorageName)} WHERE rowid IN (SELECT {Scope.Quote(alias)}.rowid {from}){returning}";
        return new Write(statement.Complete(sql, with), database, table, "DELETE", output);
    }

    private (DatabaseState, TableSchema, string Alias, Scope, string From) Matched(UpdateDeleteSpecificationBase specification)
    {
        var scope = new Scope();
        if (specification.Target is not NamedTableReference target)
        {
            throw SqlErrors.NotModelled(specification.Target.GetType().Name);
        }
        var alias = target.SchemaObject.BaseIdentifier.Value;
        string from;
        SchemaObjectName name;
        if (specification.FromClause is { } clause)
        {
            var inFrom = new TargetFinder(target.SchemaObject);
            clause.Accept(inFrom);
            name = inFrom.Found?.SchemaObject ?? throw SqlErrors.UnknownObject(TableTranslator.Text(target.SchemaObject));
            alias = inFrom.Found.Alias?.Value ?? name.BaseIdentifier.Value;
            from = statement.Tables.From(clause, scope);
        }
        else
        {
            name = target.SchemaObject;
            from = statement.Tables.From(new FromClause { TableReferences = { target } }, scope);
        }
        var (database, table) = statement.Tables.UserTable(name);
        Permissions.DemandWrite(statement.Session, database, table, specification is DeleteSpecification ? "DELETE" : "UPDATE");
        var where = specification.WhereClause is { SearchCondition: { } condition }
            ? " WHERE " + new PredicateTranslator(statement).Translate(condition, scope)
            : "";
        var top = specification.TopRowFilter is { Percent: false } filter
            ? $" LIMIT {statement.Expressions.Translate(filter.Expression, scope).Sql}"
            : "";
        return (database, table, alias, scope, $"FROM {from}{where}{top}");
    }

    private (DatabaseState, TableSchema) Target(TableReference target)
    {
        if (target is not NamedTableReference { SchemaObject: var name })
        {
            throw SqlErrors.NotModelled(target.GetType().Name);
        }
        var (database, table) = statement.Tables.UserTable(name);
        Permissions.DemandWrite(statement.Session, database, table, "INSERT");
        return (database, table);
    }

    private Bound NewValue(AssignmentSetClause set, Scope scope)
    {
        if (set.AssignmentKind == AssignmentKind.Equals)
        {
            return statement.Expressions.Translate(set.NewValue, scope);
        }
        var operation = set.AssignmentKind switch
        {
            AssignmentKind.AddEquals => BinaryExpressionType.Add,
            AssignmentKind.SubtractEquals => BinaryExpressionType.Subtract,
            AssignmentKind.MultiplyEquals => BinaryExpressionType.Multiply,
            _ => throw SqlErrors.NotModelled(set.AssignmentKind.ToString()),
        };
        return statement.Expressions.Translate(
            new BinaryExpression
            {
                FirstExpression = set.Column,
                SecondExpression = set.NewValue,
                BinaryExpressionType = operation,
            },
            scope
        );
    }

    private IEnumerable<string> Row(TableSchema table, List<ColumnSchema> columns, RowValue row)
    {
        if (row.ColumnValues.Count != columns.Count)
        {
            throw row.ColumnValues.Count < columns.Count ? SqlErrors.FewerValues() : SqlErrors.MoreValues();
        }
        return columns.Select(
            (column, i) =>
                row.ColumnValues[i] is DefaultLiteral
                    ? DefaultOf(table, column)
                    : Assign(table, column, statement.Expressions.Translate(row.ColumnValues[i], new Scope()))
        );
    }

    private string FromSelect(TableSchema table, List<ColumnSchema> named, SelectInsertSource select, IEnumerable<string> rest)
    {
        var (sql, columns) = statement.Queries.Translate(select.Select, null);
        if (columns.Count != named.Count)
        {
            throw SqlErrors.ColumnCountMismatch();
        }
        var values = columns.Select((column, i) => Assign(table, named[i], new Bound(Scope.Quote(column.StorageName), column.Type)));
        return $"SELECT {string.Join(", ", values.Concat(rest))} FROM ({sql}) WHERE true";
    }

    private string DefaultOf(TableSchema table, ColumnSchema column)
    {
        if (column.Identity)
        {
            return $"{Functions.SqliteName("$identity")}({Scope.Literal(table.StorageName)}, {Scope.Literal(column.Name)})";
        }
        return column.Default is null
            ? "NULL"
            : Assign(table, column, statement.Expressions.Translate(Script.ParseExpression(column.Default), new Scope()));
    }

    private static string Assign(TableSchema table, ColumnSchema column, Bound value)
    {
        var (from, to) = (value.Type, column.Type);
        var fits =
            from == to
            || (
                from.Kind == to.Kind
                && to.Kind is SqlKind.NVarChar or SqlKind.VarChar or SqlKind.VarBinary
                && (to.Length == SqlType.Max || (from.Length != SqlType.Max && from.Length <= to.Length))
            );
        return value.IsNull || fits
            ? value.Sql
            : $"{Functions.SqliteName("$assign")}({value.Sql}, {InternalFunctions.NumberOf(from)}, {InternalFunctions.NumberOf(to)}, {Scope.Literal(table.Name)}, {Scope.Literal(column.Name)})";
    }

    private (string Sql, IReadOnlyList<QueryColumn> Columns) Output(OutputClause? clause, TableSchema table, string pseudoTable)
    {
        if (clause is null)
        {
            return ("", []);
        }
        var scope = new Scope();
        scope.Sources.Add(
            new Source(
                pseudoTable,
                [.. table.Columns.Select(column => new SourceColumn(column.Name, column.Type, column.Nullable, column.Identity))]
            )
            {
                Qualifier = "",
            }
        );
        var values = clause
            .SelectColumns.SelectMany(element =>
                element switch
                {
                    SelectStarExpression => scope.Sources[0].Columns.Select(column => scope.Resolve([column.Name])),
                    SelectScalarExpression scalar =>
                    [
                        statement.Expressions.Translate(scalar.Expression, scope) is var value && scalar.ColumnName is { } alias
                            ? value with
                            {
                                Name = alias.Value,
                            }
                            : value,
                    ],
                    _ => throw SqlErrors.NotModelled(element.GetType().Name),
                }
            )
            .ToList();
        return (
            " RETURNING " + string.Join(", ", values.Select(value => value.Sql)),
            [.. values.Select((value, i) => new QueryColumn(value.Name ?? "", $"_c{i}", value.Type, value.Nullable, value.Identity))]
        );
    }

    private static ColumnSchema Column(TableSchema table, string name) => table.Find(name) ?? throw SqlErrors.UnknownColumn(name);

    private static void Refuse(TopRowFilter? top, OutputIntoClause? into)
    {
        if (top is not null || into is not null)
        {
            throw SqlErrors.NotModelled(top is not null ? "TOP in INSERT" : "OUTPUT INTO");
        }
    }

    /// <summary>UPDATE t … FROM dbo.Table AS t: the target is named by its alias.</summary>
    private sealed class TargetFinder(SchemaObjectName target) : TSqlFragmentVisitor
    {
        public NamedTableReference? Found { get; private set; }

        public override void ExplicitVisit(NamedTableReference node)
        {
            if (
                target.Identifiers.Count == 1
                && (node.Alias?.Value ?? node.SchemaObject.BaseIdentifier.Value).Equals(
                    target.BaseIdentifier.Value,
                    StringComparison.OrdinalIgnoreCase
                )
            )
            {
                Found = node;
            }
            else if (node.SchemaObject.BaseIdentifier.Value.Equals(target.BaseIdentifier.Value, StringComparison.OrdinalIgnoreCase))
            {
                Found ??= node;
            }
        }
    }
}
