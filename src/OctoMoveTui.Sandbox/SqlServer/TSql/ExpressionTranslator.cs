using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>Scalar expressions: every one gets SQLite's words and SQL Server's type.</summary>
internal sealed class ExpressionTranslator(Translation statement)
{
    public Bound Translate(ScalarExpression expression, Scope scope) =>
        expression is PrimaryExpression { Collation: { } collation }
            ? TranslateBare(expression, scope) with { Collation = CollationNamed(collation.Value), IsCollated = true, Name = null }
            : TranslateBare(expression, scope);

    private string CollationNamed(string name) =>
        name.ToUpperInvariant() is "DATABASE_DEFAULT" or "CATALOG_DEFAULT" ? statement.Database.Settings.Collation : Collations.Demand(name);

    private Bound TranslateBare(ScalarExpression expression, Scope scope) =>
        expression switch
        {
            ParenthesisExpression inner => Translate(inner.Expression, scope),
            ColumnReferenceExpression { ColumnType: ColumnType.Regular } column => scope.Resolve(
                Translation.Parts(column.MultiPartIdentifier)
            ),
            VariableReference variable => statement.Variable(variable.Name),
            GlobalVariableExpression global => Global(global.Name),
            Literal literal => TranslateLiteral(literal),
            UnaryExpression unary => Unary(unary, scope),
            BinaryExpression binary => Binary(binary, scope),
            CastCall cast => Cast(Translate(cast.Parameter, scope), TypeRules.ForCast(cast.DataType)),
            ConvertCall convert => Cast(Translate(convert.Parameter, scope), TypeRules.ForCast(convert.DataType), Style(convert.Style)),
            TryCastCall cast => Cast(Translate(cast.Parameter, scope), TypeRules.ForCast(cast.DataType), 0, "$trycast"),
            TryConvertCall convert => Cast(
                Translate(convert.Parameter, scope),
                TypeRules.ForCast(convert.DataType),
                Style(convert.Style),
                "$trycast"
            ),
            CoalesceExpression coalesce => Unite(
                [.. coalesce.Expressions.Select(part => Translate(part, scope))],
                parts => $"coalesce({string.Join(", ", parts)})"
            ),
            NullIfExpression nullIf => NullIf(Translate(nullIf.FirstExpression, scope), Translate(nullIf.SecondExpression, scope)),
            IIfCall iif => Unite(
                [Translate(iif.ThenExpression, scope), Translate(iif.ElseExpression, scope)],
                parts => $"CASE WHEN {Predicates.Translate(iif.Predicate, scope)} THEN {parts[0]} ELSE {parts[1]} END"
            ),
            SearchedCaseExpression searched => Case(searched, scope),
            SimpleCaseExpression simple => Case(simple, scope),
            ScalarSubquery subquery => ScalarQuery(subquery, scope),
            LeftFunctionCall left => Call("LEFT", [.. left.Parameters.Select(part => Translate(part, scope))]),
            RightFunctionCall right => Call("RIGHT", [.. right.Parameters.Select(part => Translate(part, scope))]),
            ParameterlessCall call => Parameterless(call),
            FunctionCall call => new FunctionCalls(statement).Translate(call, scope),
            _ => throw SqlErrors.NotModelled(expression.GetType().Name),
        };

    private PredicateTranslator Predicates => new(statement);

    /// <summary>The value as another type; nothing to do where the stored forms are the same anyway.</summary>
    public Bound Cast(Bound value, SqlType to, int style = 0, string function = "$cast")
    {
        if (value.IsNull)
        {
            return new Bound("NULL", to);
        }
        return value.Type == to
            ? value with
            {
                Name = null,
                Identity = false,
            }
            : new Bound(
                $"{Functions.SqliteName(function)}({value.Sql}, {InternalFunctions.NumberOf(value.Type)}, {InternalFunctions.NumberOf(to)}, {style.ToString(CultureInfo.InvariantCulture)})",
                to
            );
    }

    /// <summary>Converts only where the stored form would differ: a longer nvarchar is the same text.</summary>
    public Bound Meet(Bound value, SqlType type)
    {
        var from = value.Type;
        var same =
            (from.IsText && type.IsText)
            || (from.IsWhole && type.IsWhole)
            || (from.IsBinary && type.IsBinary)
            || (from.IsApproximate && type.IsApproximate)
            || from.Kind == type.Kind
            || (
                from.Kind is SqlKind.DateTime or SqlKind.DateTime2 or SqlKind.SmallDateTime
                && type.Kind is SqlKind.DateTime or SqlKind.DateTime2
            );
        return value.IsNull || same ? value with { Type = type } : Cast(value, type);
    }

    /// <summary>Several values that become one column: CASE, COALESCE, UNION.</summary>
    public Bound Unite(IReadOnlyList<Bound> values, Func<IReadOnlyList<string>, string> sql)
    {
        var type = values.Aggregate((a, b) => new Bound("", TypeRules.Meet(a, b)) { IsNull = a.IsNull && b.IsNull }).Type;
        return new Bound(sql([.. values.Select(value => Meet(value, type).Sql)]), type);
    }

    /// <summary>Calls a built-in function with its arguments made what it expects.</summary>
    public Bound Call(string name, IReadOnlyList<Bound> arguments)
    {
        var function = name.StartsWith('$') ? null : Functions.Find(name);
        if (function is null)
        {
            throw SqlErrors.UnknownFunction(name);
        }
        if (arguments.Count < function.Least || arguments.Count > function.Most)
        {
            throw SqlErrors.WrongArguments(name, arguments.Count < function.Least ? function.Least : function.Most);
        }
        var fitted = arguments
            .Select(
                (argument, i) =>
                    function.SignatureAt(i) switch
                    {
                        't' => argument.Type.IsText ? argument : Cast(argument, SqlType.NVarChar(SqlType.Max)),
                        'i' => argument.Type.IsWhole ? argument : Cast(argument, SqlType.BigInt),
                        'n' => argument.Type.IsNumber ? argument : Cast(argument, SqlType.Float),
                        'd' => argument.Type.Kind is SqlKind.DateTime or SqlKind.DateTime2 or SqlKind.SmallDateTime or SqlKind.Date
                            ? argument
                            : Cast(argument, SqlType.DateTime2),
                        'b' => argument.Type.IsBinary ? argument : Cast(argument, SqlType.VarBinary(8000)),
                        _ => argument,
                    }
            )
            .ToList();
        return new Bound(
            $"{Functions.SqliteName(name)}({string.Join(", ", fitted.Select(argument => argument.Sql))})",
            function.Result([.. fitted.Select(argument => argument.Type)])
        );
    }

    private Bound Global(string name) =>
        name.ToUpperInvariant() switch
        {
            "@@SPID" => new Bound(Whole(statement.Session.Id), SqlType.SmallInt, false),
            "@@SERVERNAME" => new Bound(Scope.Literal(statement.Server.Options.Name), SqlType.SysName),
            "@@VERSION" => new Bound(Scope.Literal(ServerProperties.Version(statement.Server)), SqlType.NVarChar(300)),
            "@@TRANCOUNT" => new Bound(Whole(statement.Session.Transaction.Depth), SqlType.Int, false),
            "@@ROWCOUNT" => new Bound(Whole(statement.Session.RowCount), SqlType.Int, false),
            "@@ERROR" => new Bound(Whole(statement.Session.LastError), SqlType.Int, false),
            "@@IDENTITY" => Call("SCOPE_IDENTITY", []),
            "@@LANGUAGE" => new Bound(Scope.Literal(statement.Session.Language), SqlType.SysName),
            "@@LOCK_TIMEOUT" => new Bound(Whole(statement.Session.Options.LockTimeout), SqlType.Int, false),
            _ => throw SqlErrors.UnknownVariable(name),
        };

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static Bound TranslateLiteral(Literal literal) =>
        literal switch
        {
            NullLiteral => new Bound("NULL", SqlType.Int) { IsNull = true },
            IntegerLiteral when int.TryParse(literal.Value, CultureInfo.InvariantCulture, out _) => new Bound(
                literal.Value,
                SqlType.Int,
                false
            ),
            IntegerLiteral when literal.Value.Length <= 18 => new Bound(literal.Value, SqlType.BigInt, false),
            IntegerLiteral => new Bound(Scope.Literal(literal.Value), SqlType.Decimal((byte)literal.Value.Length, 0), false),
            NumericLiteral => new Bound(
                Scope.Literal(literal.Value),
                SqlType.Decimal(
                    (byte)literal.Value.Replace(".", "", StringComparison.Ordinal).Length,
                    (byte)(literal.Value.Length - 1 - literal.Value.IndexOf('.', StringComparison.Ordinal))
                ),
                false
            ),
            RealLiteral => new Bound(literal.Value, SqlType.Float, false),
            StringLiteral { IsNational: true } text => new Bound(
                Scope.Literal(text.Value),
                SqlType.NVarChar(LiteralLength(text.Value, 4000)),
                false
            ),
            StringLiteral text => new Bound(Scope.Literal(text.Value), SqlType.VarChar(LiteralLength(text.Value, 8000)), false),
            BinaryLiteral => new Bound(
                $"x'{(literal.Value.Length % 2 == 0 ? literal.Value[2..] : "0" + literal.Value[2..])}'",
                SqlType.VarBinary(Math.Max(1, (literal.Value.Length - 1) / 2)),
                false
            ),
            _ => throw SqlErrors.Syntax(literal.Value),
        };

    private static int LiteralLength(string text, int most) => text.Length > most ? SqlType.Max : Math.Max(1, text.Length);

    private int Style(ScalarExpression? style) =>
        style switch
        {
            null => 0,
            IntegerLiteral number => int.Parse(number.Value, CultureInfo.InvariantCulture),
            _ => throw SqlErrors.NotModelled("a computed CONVERT style"),
        };

    private Bound Unary(UnaryExpression unary, Scope scope)
    {
        var operand = Translate(unary.Expression, scope);
        return unary.UnaryExpressionType switch
        {
            UnaryExpressionType.Positive => operand,
            UnaryExpressionType.Negative when operand.Type.IsExact => Exact("-", new Bound("'0'", operand.Type), operand),
            UnaryExpressionType.Negative => operand with { Sql = $"(-{operand.Sql})", Name = null },
            _ => operand with { Sql = $"(~{operand.Sql})", Name = null },
        };
    }

    private Bound Binary(BinaryExpression binary, Scope scope)
    {
        var (a, b) = (Translate(binary.FirstExpression, scope), Translate(binary.SecondExpression, scope));
        var type = TypeRules.Meet(a, b);
        if (binary.BinaryExpressionType == BinaryExpressionType.Add && type.IsText)
        {
            var length =
                a.Type.Length == SqlType.Max || b.Type.Length == SqlType.Max
                    ? SqlType.Max
                    : Math.Min(a.Type.Length + b.Type.Length, type.IsUnicode ? 4000 : 8000);
            return new Bound($"({a.Sql} || {b.Sql})", type.IsUnicode ? SqlType.NVarChar(length) : SqlType.VarChar(length));
        }
        if (!type.IsNumber)
        {
            throw SqlErrors.TypeClash(a.Type.Name, b.Type.Name);
        }
        // There is no arithmetic with bits: they become int.
        type = type.Kind == SqlKind.Bit ? SqlType.Int : type;
        (a, b) = (Meet(a, type), Meet(b, type));
        var sign = binary.BinaryExpressionType switch
        {
            BinaryExpressionType.Add => "+",
            BinaryExpressionType.Subtract => "-",
            BinaryExpressionType.Multiply => "*",
            BinaryExpressionType.Divide => "/",
            BinaryExpressionType.Modulo => "%",
            BinaryExpressionType.BitwiseAnd => "&",
            BinaryExpressionType.BitwiseOr => "|",
            BinaryExpressionType.BitwiseXor => "^",
            _ => throw SqlErrors.NotModelled(binary.BinaryExpressionType.ToString()),
        };
        return sign switch
        {
            _ when type.IsExact => Exact(sign, a, b),
            "/" => new Bound($"{Functions.SqliteName("$divide")}({a.Sql}, {b.Sql})", type),
            "%" => new Bound($"{Functions.SqliteName("$modulo")}({a.Sql}, {b.Sql})", type),
            "^" => new Bound($"(({a.Sql} | {b.Sql}) - ({a.Sql} & {b.Sql}))", type),
            _ => new Bound($"({a.Sql} {sign} {b.Sql})", type),
        };
    }

    private static Bound Exact(string sign, Bound a, Bound b)
    {
        var scale = sign switch
        {
            "*" => a.Type.Scale + b.Type.Scale,
            "/" => Math.Max(6, a.Type.Scale + b.Type.Precision + 1),
            _ => Math.Max(a.Type.Scale, b.Type.Scale),
        };
        return new Bound($"{Functions.SqliteName("$decimal")}('{sign}', {a.Sql}, {b.Sql})", SqlType.Decimal(38, (byte)Math.Min(scale, 20)));
    }

    private Bound NullIf(Bound a, Bound b)
    {
        var same = PredicateTranslator.Compare(this, a, "=", b);
        return new Bound($"CASE WHEN {same} THEN NULL ELSE {a.Sql} END", a.Type);
    }

    private Bound Case(SearchedCaseExpression expression, Scope scope)
    {
        var conditions = expression.WhenClauses.Select(when => Predicates.Translate(when.WhenExpression, scope)).ToList();
        return Case(conditions, [.. expression.WhenClauses.Select(when => when.ThenExpression)], expression.ElseExpression, scope);
    }

    private Bound Case(SimpleCaseExpression expression, Scope scope)
    {
        var input = Translate(expression.InputExpression, scope);
        var conditions = expression
            .WhenClauses.Select(when => PredicateTranslator.Compare(this, input, "=", Translate(when.WhenExpression, scope)))
            .ToList();
        return Case(conditions, [.. expression.WhenClauses.Select(when => when.ThenExpression)], expression.ElseExpression, scope);
    }

    private Bound Case(List<string> conditions, List<ScalarExpression> results, ScalarExpression? otherwise, Scope scope)
    {
        var values = results.Append(otherwise ?? new NullLiteral()).Select(result => Translate(result, scope)).ToList();
        return Unite(
            values,
            parts =>
                $"CASE {string.Join(" ", conditions.Select((condition, i) => $"WHEN {condition} THEN {parts[i]}"))} ELSE {parts[^1]} END"
        );
    }

    private Bound ScalarQuery(ScalarSubquery subquery, Scope scope)
    {
        var (sql, columns) = statement.Queries.Translate(subquery.QueryExpression, scope);
        return columns.Count == 1
            // A second row is an error (512) here, and silently dropped by SQLite.
            ? new Bound(
                $"(SELECT {Functions.SqliteName("$one")}(count(*) OVER (), \"c0\") FROM (SELECT {Scope.Quote(columns[0].StorageName)} AS c0 FROM ({sql})))",
                columns[0].Type
            )
            : throw new SqlServerException(
                new SqlMessage(
                    116,
                    1,
                    16,
                    "Only one expression can be specified in the select list when the subquery is not introduced with EXISTS."
                )
            );
    }

    private Bound Parameterless(ParameterlessCall call) =>
        call.ParameterlessCallType switch
        {
            ParameterlessCallType.CurrentTimestamp => Call("GETDATE", []),
            ParameterlessCallType.SystemUser => Call("SYSTEM_USER", []),
            _ => Call("USER_NAME", []),
        };
}
