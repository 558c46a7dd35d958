using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>Aggregates, window functions and the calls whose arguments are not plain expressions; the rest is in the table of functions.</summary>
internal sealed class FunctionCalls(Translation statement)
{
    public Bound Translate(FunctionCall call, Scope scope)
    {
        var name = call.FunctionName.Value.ToUpperInvariant();
        if (call.CallTarget is not null)
        {
            throw SqlErrors.UnknownFunction(name);
        }
        var result = name switch
        {
            "COUNT" or "COUNT_BIG" => Count(call, scope, name == "COUNT" ? SqlType.Int : SqlType.BigInt),
            "SUM" or "MIN" or "MAX" or "AVG" or "CHECKSUM_AGG" => Aggregate(call, scope, name),
            "STRING_AGG" => StringAgg(call, scope),
            "ROW_NUMBER" => new Bound("row_number()", SqlType.BigInt, false),
            "RANK" or "DENSE_RANK" => new Bound($"{name.ToLowerInvariant()}()", SqlType.BigInt, false),
            "ISNULL" => IsNull(call, scope),
            "DATEPART" when DatePart(call) is { Sql: "'tzoffset'" } part && call.Parameters.Count == 2 => new Bound(
                $"{Functions.SqliteName(name)}({part.Sql}, {statement.Expressions.Cast(statement.Expressions.Translate(call.Parameters[1], scope), SqlType.DateTimeOffset).Sql})",
                SqlType.Int
            ),
            "DATEADD" or "DATEDIFF" or "DATEDIFF_BIG" or "DATEPART" => statement.Expressions.Call(
                name,
                [DatePart(call), .. Arguments(call, scope, skip: 1)]
            ),
            "CHECKSUM" or "BINARY_CHECKSUM" when call.Parameters is [ColumnReferenceExpression { ColumnType: ColumnType.Wildcard }] =>
                statement.Expressions.Call(
                    name,
                    [.. scope.Sources.SelectMany(source => source.Columns.Select(column => scope.Resolve([source.Alias, column.Name])))]
                ),
            _ => statement.Expressions.Call(name, Arguments(call, scope)),
        };
        return call.OverClause is { } over ? result with { Sql = $"{result.Sql} OVER ({Window(over, scope)})" } : result;
    }

    private List<Bound> Arguments(FunctionCall call, Scope scope, int skip = 0) =>
        [.. call.Parameters.Skip(skip).Select(argument => statement.Expressions.Translate(argument, scope))];

    private static Bound DatePart(FunctionCall call)
    {
        var word = call.Parameters.Count > 0 ? Script.TextOf(call.Parameters[0]) : "";
        var part =
            TimeFunctions.PartOf(word)
            ?? throw new SqlServerException(
                new SqlMessage(155, 1, 15, $"'{word}' is not a recognized {call.FunctionName.Value.ToLowerInvariant()} option.")
            );
        return new Bound(Scope.Literal(part), SqlType.VarChar(20), false);
    }

    private Bound Count(FunctionCall call, Scope scope, SqlType type)
    {
        if (call.Parameters is [ColumnReferenceExpression { ColumnType: ColumnType.Wildcard }])
        {
            return new Bound("count(*)", type, false);
        }
        var value = Single(call, scope);
        return new Bound($"count({Distinct(call)}{PredicateTranslator.Collated(value)})", type, false);
    }

    private Bound Aggregate(FunctionCall call, Scope scope, string name)
    {
        var value = Single(call, scope);
        var exact = value.Type.IsExact;
        return name switch
        {
            "MIN" or "MAX" => new Bound($"{name.ToLowerInvariant()}({PredicateTranslator.Collated(value)})", value.Type),
            "CHECKSUM_AGG" => new Bound($"t_checksum_agg({Distinct(call)}{value.Sql})", SqlType.Int),
            _ when !value.Type.IsNumber || value.Type.Kind == SqlKind.Bit => throw new SqlServerException(
                new SqlMessage(8117, 1, 16, $"Operand data type {value.Type.Name} is invalid for {name.ToLowerInvariant()} operator.")
            ),
            "SUM" when exact => new Bound($"t_sum_decimal({Distinct(call)}{value.Sql})", SqlType.Decimal(38, value.Type.Scale)),
            "SUM" => new Bound($"sum({Distinct(call)}{value.Sql})", Wide(value.Type)),
            _ => statement.Expressions.Cast(
                new Bound($"t_avg({Distinct(call)}{value.Sql})", SqlType.Decimal(38, 10)),
                exact ? SqlType.Decimal(38, Math.Max((byte)6, value.Type.Scale)) : Wide(value.Type)
            ),
        };
    }

    private static SqlType Wide(SqlType type) =>
        type.IsApproximate ? SqlType.Float
        : type.Kind == SqlKind.BigInt ? SqlType.BigInt
        : SqlType.Int;

    private Bound StringAgg(FunctionCall call, Scope scope)
    {
        var arguments = Arguments(call, scope);
        if (arguments.Count != 2)
        {
            throw SqlErrors.WrongArguments("STRING_AGG", 2);
        }
        var order = call.WithinGroupClause?.OrderByClause is { } by ? " ORDER BY " + Order(by, scope) : "";
        return new Bound(
            $"group_concat({statement.Expressions.Cast(arguments[0], SqlType.NVarChar(SqlType.Max)).Sql}, {arguments[1].Sql}{order})",
            SqlType.NVarChar(SqlType.Max)
        );
    }

    private Bound IsNull(FunctionCall call, Scope scope)
    {
        var arguments = Arguments(call, scope);
        if (arguments.Count != 2)
        {
            throw SqlErrors.WrongArguments("isnull", 2);
        }
        var type = arguments[0].IsNull ? arguments[1].Type : arguments[0].Type;
        return new Bound(
            $"coalesce({arguments[0].Sql}, {statement.Expressions.Cast(arguments[1], type).Sql})",
            type,
            arguments[1].Nullable
        );
    }

    private Bound Single(FunctionCall call, Scope scope)
    {
        var arguments = Arguments(call, scope);
        return arguments.Count == 1 ? arguments[0] : throw SqlErrors.WrongArguments(call.FunctionName.Value, 1);
    }

    private static string Distinct(FunctionCall call) => call.UniqueRowFilter == UniqueRowFilter.Distinct ? "DISTINCT " : "";

    private string Window(OverClause over, Scope scope)
    {
        if (over.WindowFrameClause is not null)
        {
            throw SqlErrors.NotModelled("a window frame");
        }
        var partitions = string.Join(
            ", ",
            over.Partitions.Select(part => PredicateTranslator.Collated(statement.Expressions.Translate(part, scope)))
        );
        return (partitions.Length > 0 ? $"PARTITION BY {partitions} " : "")
            + (over.OrderByClause is { } by ? "ORDER BY " + Order(by, scope) : "");
    }

    private string Order(OrderByClause order, Scope scope) =>
        string.Join(
            ", ",
            order.OrderByElements.Select(element =>
                PredicateTranslator.Collated(statement.Expressions.Translate(element.Expression, scope))
                + (element.SortOrder == SortOrder.Descending ? " DESC" : "")
            )
        );
}
