using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>A column of a query: its name for the client (may be empty) and for SQLite (never).</summary>
internal sealed record QueryColumn(string Name, string StorageName, SqlType Type, bool Nullable, bool Identity = false)
{
    public ResultColumn ForClient => new(Name, Type, Nullable, Identity);
    public SourceColumn ForScope => new(StorageName, Type, Nullable);
}

/// <summary>SELECT in all its clauses.</summary>
internal sealed class QueryTranslator(Translation statement)
{
    public (string Sql, IReadOnlyList<QueryColumn> Columns) Translate(QueryExpression query, Scope? outer) =>
        query switch
        {
            QueryParenthesisExpression { OrderByClause: null, OffsetClause: null } inner => Translate(inner.QueryExpression, outer),
            QuerySpecification specification => Specification(specification, outer),
            BinaryQueryExpression binary => Binary(binary, outer),
            _ => throw SqlErrors.NotModelled(query.GetType().Name),
        };

    /// <summary>WITH name AS (…) in front of a statement.</summary>
    public string CommonTables(WithCtesAndXmlNamespaces? with)
    {
        var tables = new List<string>();
        foreach (var table in with?.CommonTableExpressions ?? [])
        {
            var (sql, columns) = Translate(table.QueryExpression, null);
            var names =
                table.Columns.Count > 0
                    ? table.Columns.Select(column => column.Value).ToList()
                    : [.. columns.Select(column => column.StorageName)];
            statement.NamedQueries[table.ExpressionName.Value] =
            [
                .. columns.Select((column, i) => new SourceColumn(names[i], column.Type, column.Nullable)),
            ];
            tables.Add($"{Scope.Quote(table.ExpressionName.Value)} ({string.Join(", ", names.Select(Scope.Quote))}) AS ({sql})");
        }
        return string.Join(", ", tables);
    }

    private (string, IReadOnlyList<QueryColumn>) Specification(QuerySpecification query, Scope? outer)
    {
        Refuse(query.ForClause, "FOR");
        Refuse(query.WindowClause, "WINDOW");
        var scope = new Scope(outer);
        var from = query.FromClause is null ? "" : " FROM " + statement.Tables.From(query.FromClause, scope);
        var where = query.WhereClause is null ? "" : " WHERE " + Condition(query.WhereClause.SearchCondition, scope);
        var groups = Groups(query.GroupByClause, scope);
        var selected = Selected(query, scope);
        GroupingRule.Check(query, groups, selected, expression => statement.Expressions.Translate(expression, scope));

        var columns = Named(selected);
        var list = string.Join(", ", selected.Select((value, i) => $"{value.Sql} AS {Scope.Quote(columns[i].StorageName)}"));
        var having = query.HavingClause is null ? "" : " HAVING " + Condition(query.HavingClause.SearchCondition, scope);
        var distinct = query.UniqueRowFilter == UniqueRowFilter.Distinct ? "DISTINCT " : "";
        var groupBy = groups.Count == 0 ? "" : " GROUP BY " + string.Join(", ", groups.Select(PredicateTranslator.Collated));
        var order = Order(query.OrderByClause, columns, scope);
        return ($"SELECT {distinct}{list}{from}{where}{groupBy}{having}{order}{Limit(query, scope)}", columns);
    }

    private (string, IReadOnlyList<QueryColumn>) Binary(BinaryQueryExpression query, Scope? outer)
    {
        var (left, leftColumns) = Translate(query.FirstQueryExpression, outer);
        var (right, rightColumns) = Translate(query.SecondQueryExpression, outer);
        if (leftColumns.Count != rightColumns.Count)
        {
            throw new SqlServerException(
                new SqlMessage(
                    205,
                    1,
                    16,
                    "All queries combined using a UNION, INTERSECT or EXCEPT operator must have an equal number of expressions in their target lists."
                )
            );
        }
        var columns = leftColumns
            .Select(
                (column, i) => column with { Type = TypeRules.Meet(column.Type, rightColumns[i].Type), Nullable = true, Identity = false }
            )
            .ToList();
        var combine = query.BinaryQueryExpressionType switch
        {
            BinaryQueryExpressionType.Except => "EXCEPT",
            BinaryQueryExpressionType.Intersect => "INTERSECT",
            _ => query.All ? "UNION ALL" : "UNION",
        };
        var sql = $"SELECT * FROM ({Side(left, leftColumns)} {combine} {Side(right, rightColumns)})";
        return (sql + Order(query.OrderByClause, columns, null) + Offset(query.OffsetClause, new Scope(outer)), columns);

        string Side(string side, IReadOnlyList<QueryColumn> own) =>
            "SELECT "
            + string.Join(
                ", ",
                own.Select(
                    (column, i) =>
                        $"{statement.Expressions.Meet(new Bound(Scope.Quote(column.StorageName), column.Type), columns[i].Type).Sql} AS {Scope.Quote(columns[i].StorageName)}"
                )
            )
            + $" FROM ({side})";
    }

    private List<Bound> Selected(QuerySpecification query, Scope scope)
    {
        var selected = new List<Bound>();
        foreach (var element in query.SelectElements)
        {
            switch (element)
            {
                case SelectStarExpression star:
                    var parts = star.Qualifier is null ? [""] : Translation.Parts(star.Qualifier).Append("").ToList();
                    var sources = scope.Candidates(parts).ToList();
                    if (sources.Count == 0)
                    {
                        throw SqlErrors.UnboundIdentifier(string.Join('.', parts.SkipLast(1)) + ".*");
                    }
                    selected.AddRange(
                        sources.SelectMany(source =>
                            source.Columns.Select(column => new Bound(
                                source.Qualifier + Scope.Quote(column.Name),
                                column.Type,
                                column.Nullable
                            )
                            {
                                Name = column.Name,
                                Identity = column.Identity,
                            })
                        )
                    );
                    break;
                case SelectScalarExpression scalar:
                    var value = statement.Expressions.Translate(scalar.Expression, scope);
                    selected.Add(scalar.ColumnName is { } alias ? value with { Name = alias.Value } : value);
                    break;
                case SelectSetVariable set:
                    selected.Add(Assigned(set, scope));
                    break;
                default:
                    throw SqlErrors.NotModelled(element.GetType().Name);
            }
        }
        return selected;
    }

    /// <summary>SELECT @x = value: the row's value in the variable's type; the runner takes it from the last row.</summary>
    private Bound Assigned(SelectSetVariable set, Scope scope)
    {
        if (set.AssignmentKind != AssignmentKind.Equals)
        {
            throw SqlErrors.NotModelled(set.AssignmentKind.ToString());
        }
        return statement.Expressions.Cast(
            statement.Expressions.Translate(set.Expression, scope),
            statement.Variable(set.Variable.Name).Type
        );
    }

    private static List<QueryColumn> Named(List<Bound> selected)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. selected.Select(
                (value, i) =>
                {
                    var storage =
                        value.Name is { Length: > 0 } name && taken.Add(name) ? name : $"_c{i.ToString(CultureInfo.InvariantCulture)}";
                    return new QueryColumn(value.Name ?? "", storage, value.Type, value.Nullable, value.Identity);
                }
            ),
        ];
    }

    private List<Bound> Groups(GroupByClause? groupBy, Scope scope) =>
        groupBy is null
            ? []
            :
            [
                .. groupBy.GroupingSpecifications.Select(grouping =>
                    grouping is ExpressionGroupingSpecification by
                        ? statement.Expressions.Translate(by.Expression, scope)
                        : throw SqlErrors.NotModelled(grouping.GetType().Name)
                ),
            ];

    private string Condition(BooleanExpression condition, Scope scope) => new PredicateTranslator(statement).Translate(condition, scope);

    private string Order(OrderByClause? order, IReadOnlyList<QueryColumn> columns, Scope? scope)
    {
        if (order is null)
        {
            return "";
        }
        return " ORDER BY "
            + string.Join(
                ", ",
                order.OrderByElements.Select(element =>
                    OrderBy(element.Expression, columns, scope) + (element.SortOrder == SortOrder.Descending ? " DESC" : "")
                )
            );
    }

    private string OrderBy(ScalarExpression expression, IReadOnlyList<QueryColumn> columns, Scope? scope)
    {
        var ordinal = expression switch
        {
            IntegerLiteral number => int.Parse(number.Value, CultureInfo.InvariantCulture),
            ColumnReferenceExpression { MultiPartIdentifier.Count: 1 } name => columns
                .ToList()
                .FindIndex(column => column.Name.Equals(name.MultiPartIdentifier[0].Value, StringComparison.OrdinalIgnoreCase)) + 1,
            _ => 0,
        };
        if (ordinal >= 1 && ordinal <= columns.Count)
        {
            return PredicateTranslator.Collated(new Bound(ordinal.ToString(CultureInfo.InvariantCulture), columns[ordinal - 1].Type));
        }
        return scope is null
            ? throw SqlErrors.NotModelled("ORDER BY an expression of a UNION")
            : PredicateTranslator.Collated(statement.Expressions.Translate(expression, scope));
    }

    private string Limit(QuerySpecification query, Scope scope)
    {
        if (query.TopRowFilter is not { } top)
        {
            return Offset(query.OffsetClause, scope);
        }
        return top.Percent || top.WithTies
            ? throw SqlErrors.NotModelled("TOP … PERCENT or WITH TIES")
            : $" LIMIT {statement.Expressions.Translate(top.Expression, scope).Sql}";
    }

    private string Offset(OffsetClause? offset, Scope scope)
    {
        if (offset is null)
        {
            return "";
        }
        var rows = offset.FetchExpression is null ? "-1" : statement.Expressions.Translate(offset.FetchExpression, scope).Sql;
        return $" LIMIT {rows} OFFSET {statement.Expressions.Translate(offset.OffsetExpression, scope).Sql}";
    }

    private static void Refuse(object? clause, string name)
    {
        if (clause is not null)
        {
            throw SqlErrors.NotModelled(name);
        }
    }
}
