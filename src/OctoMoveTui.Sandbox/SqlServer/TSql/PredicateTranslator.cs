using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>Conditions: comparisons meet in one type and under SQL Server's collation.</summary>
internal sealed class PredicateTranslator(Translation statement)
{
    private ExpressionTranslator Expressions => statement.Expressions;

    public string Translate(BooleanExpression expression, Scope scope) =>
        expression switch
        {
            BooleanParenthesisExpression inner => $"({Translate(inner.Expression, scope)})",
            BooleanNotExpression not => $"(NOT {Translate(not.Expression, scope)})",
            BooleanBinaryExpression both =>
                $"({Translate(both.FirstExpression, scope)} {(both.BinaryExpressionType == BooleanBinaryExpressionType.And ? "AND" : "OR")} {Translate(both.SecondExpression, scope)})",
            BooleanComparisonExpression comparison => Compare(
                Expressions,
                Expressions.Translate(comparison.FirstExpression, scope),
                Sign(comparison.ComparisonType),
                Expressions.Translate(comparison.SecondExpression, scope)
            ),
            BooleanIsNullExpression isNull =>
                $"({Expressions.Translate(isNull.Expression, scope).Sql} IS {(isNull.IsNot ? "NOT " : "")}NULL)",
            BooleanTernaryExpression between => Between(between, scope),
            InPredicate isIn => In(isIn, scope),
            LikePredicate like => Like(like, scope),
            ExistsPredicate exists => $"EXISTS ({statement.Queries.Translate(exists.Subquery.QueryExpression, scope).Sql})",
            DistinctPredicate distinct =>
                $"({Expressions.Translate(distinct.FirstExpression, scope).Sql} IS {(distinct.IsNot ? "" : "NOT ")}{Expressions.Translate(distinct.SecondExpression, scope).Sql})",
            _ => throw SqlErrors.NotModelled(expression.GetType().Name),
        };

    public static string Compare(ExpressionTranslator expressions, Bound a, string sign, Bound b)
    {
        var type = TypeRules.Meet(a, b);
        DemandOneCollation(a, b, sign);
        return $"({Collated(expressions.Meet(a, type))} {sign} {Collated(expressions.Meet(b, type))})";
    }

    /// <summary>Two columns that are collated differently can't be compared, unless COLLATE says how.</summary>
    private static void DemandOneCollation(Bound a, Bound b, string sign)
    {
        if (
            a is not { Type.IsText: true, Collation: { } left }
            || b is not { Type.IsText: true, Collation: { } right }
            || a.IsCollated != b.IsCollated
            || left.Equals(right, StringComparison.OrdinalIgnoreCase)
        )
        {
            return;
        }
        var operation = sign switch
        {
            "=" => "equal to",
            "<>" => "not equal to",
            "<" => "less than",
            ">" => "greater than",
            "<=" => "less than or equal to",
            _ => "greater than or equal to",
        };
        throw SqlErrors.CollationConflict(left, right, operation);
    }

    public static string Collated(Bound value) =>
        value.Type.SqliteCollation is { } collation && !value.IsNull ? $"{value.Sql} COLLATE {collation}" : value.Sql;

    private static string Sign(BooleanComparisonType comparison) =>
        comparison switch
        {
            BooleanComparisonType.Equals => "=",
            BooleanComparisonType.GreaterThan => ">",
            BooleanComparisonType.LessThan => "<",
            BooleanComparisonType.GreaterThanOrEqualTo or BooleanComparisonType.NotLessThan => ">=",
            BooleanComparisonType.LessThanOrEqualTo or BooleanComparisonType.NotGreaterThan => "<=",
            BooleanComparisonType.NotEqualToBrackets or BooleanComparisonType.NotEqualToExclamation => "<>",
            _ => throw SqlErrors.NotModelled(comparison.ToString()),
        };

    private string Between(BooleanTernaryExpression between, Scope scope)
    {
        var value = Expressions.Translate(between.FirstExpression, scope);
        var within =
            $"({Compare(Expressions, value, ">=", Expressions.Translate(between.SecondExpression, scope))} AND {Compare(Expressions, value, "<=", Expressions.Translate(between.ThirdExpression, scope))})";
        return between.TernaryExpressionType == BooleanTernaryExpressionType.Between ? within : $"(NOT {within})";
    }

    private string In(InPredicate isIn, Scope scope)
    {
        var value = Expressions.Translate(isIn.Expression, scope);
        string found;
        if (isIn.Subquery is { } subquery)
        {
            var (sql, columns) = statement.Queries.Translate(subquery.QueryExpression, scope);
            var type = TypeRules.Meet(value.Type, columns[0].Type);
            var inner = Expressions.Meet(new Bound(Scope.Quote(columns[0].StorageName), columns[0].Type), type);
            found = $"{Collated(Expressions.Meet(value, type))} IN (SELECT {inner.Sql} FROM ({sql}))";
        }
        else
        {
            var values = isIn.Values.Select(candidate => Expressions.Translate(candidate, scope)).ToList();
            found = string.Join(" OR ", values.Select(candidate => Compare(Expressions, value, "=", candidate)));
        }
        return isIn.NotDefined ? $"(NOT ({found}))" : $"({found})";
    }

    private string Like(LikePredicate like, Scope scope)
    {
        var parts = new[] { like.FirstExpression, like.SecondExpression, like.EscapeExpression }
            .Where(part => part is not null)
            .Select(part => Expressions.Translate(part, scope))
            .Select(part => part.Type.IsText ? part : Expressions.Cast(part, SqlType.NVarChar(SqlType.Max)));
        var matches = $"{Functions.SqliteName("$like")}({string.Join(", ", parts.Select(part => part.Sql))})";
        return like.NotDefined ? $"(NOT {matches})" : $"({matches})";
    }
}
