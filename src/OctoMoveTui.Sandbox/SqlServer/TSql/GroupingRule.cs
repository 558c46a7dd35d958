using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>Error 8120: SQLite would take any row's value of an ungrouped column, SQL Server takes none.</summary>
internal static class GroupingRule
{
    private static readonly HashSet<string> AggregateNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "COUNT",
        "COUNT_BIG",
        "SUM",
        "MIN",
        "MAX",
        "AVG",
        "CHECKSUM_AGG",
        "STRING_AGG",
    };

    public static void Check(QuerySpecification query, List<Bound> groups, List<Bound> selected, Func<ScalarExpression, Bound> translate)
    {
        var finder = new Finder();
        foreach (var element in query.SelectElements)
        {
            element.Accept(finder);
        }
        query.HavingClause?.Accept(finder);
        if (groups.Count == 0 && !finder.HasAggregate && query.HavingClause is null)
        {
            return;
        }
        var grouped = groups.Select(group => group.Sql).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var element in query.SelectElements.OfType<SelectScalarExpression>())
        {
            if (grouped.Contains(translate(element.Expression).Sql))
            {
                continue;
            }
            var loose = new Finder();
            element.Accept(loose);
            if (loose.Columns.Find(column => !grouped.Contains(translate(column).Sql)) is { } ungrouped)
            {
                throw SqlErrors.Ungrouped(string.Join('.', Translation.Parts(ungrouped.MultiPartIdentifier)));
            }
        }
        if (query.SelectElements.OfType<SelectStarExpression>().Any() && selected.Find(value => !grouped.Contains(value.Sql)) is { } star)
        {
            throw SqlErrors.Ungrouped(star.Name ?? "*");
        }
    }

    /// <summary>Columns outside of aggregates and subqueries.</summary>
    private sealed class Finder : TSqlFragmentVisitor
    {
        public bool HasAggregate { get; private set; }
        public List<ColumnReferenceExpression> Columns { get; } = [];

        public override void ExplicitVisit(FunctionCall node)
        {
            if (AggregateNames.Contains(node.FunctionName.Value) && node.OverClause is null)
            {
                HasAggregate = true;
                return;
            }
            var isDatePart = node.FunctionName.Value.StartsWith("DATE", StringComparison.OrdinalIgnoreCase);
            foreach (var argument in node.Parameters.Skip(isDatePart ? 1 : 0))
            {
                argument.Accept(this);
            }
        }

        public override void ExplicitVisit(ScalarSubquery node) { }

        public override void ExplicitVisit(ColumnReferenceExpression node)
        {
            if (node.ColumnType == ColumnType.Regular)
            {
                Columns.Add(node);
            }
        }
    }
}
