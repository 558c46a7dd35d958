using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>What the translator writes into SQLite statements: conversions, exact arithmetic, LIKE, identity. The $ keeps T-SQL from calling them.</summary>
internal static class InternalFunctions
{
    private static readonly Dictionary<SqlType, int> Numbers = [];
    private static readonly List<SqlType> Types = [];

    public static readonly ScalarFunction[] All =
    [
        new("$cast", "*", 4, 4, None, (_, a) => Conversion.Convert(a[0], TypeOf(a[1]), TypeOf(a[2]), (int)(long)a[3]!)),
        new("$trycast", "*", 4, 4, None, (_, a) => TryCast(a[0], TypeOf(a[1]), TypeOf(a[2]), (int)(long)a[3]!)),
        new("$assign", "*", 5, 5, None, (_, a) => Conversion.Assign(a[0], TypeOf(a[1]), TypeOf(a[2]), (string)a[3]!, (string)a[4]!)),
        new("$decimal", "*", 3, 3, None, (_, a) => Calculate((string)a[0]!, Stored.ToDecimal(a[1]!), Stored.ToDecimal(a[2]!))),
        new("$divide", "*", 2, 2, None, (_, a) => a[0] is long x && a[1] is long y
            ? x / (y != 0 ? y : throw SqlErrors.DivideByZero())
            : Stored.ToDouble(a[0]!) / (Stored.ToDouble(a[1]!) is var d and not 0 ? d : throw SqlErrors.DivideByZero())),
        new("$modulo", "*", 2, 2, None, (_, a) => Stored.ToLong(a[0]!) % (Stored.ToLong(a[1]!) is var d and not 0 ? d : throw SqlErrors.DivideByZero())),
        new("$like", "*", 2, 3, None, (_, a) => LikePattern.Matches((string)a[0]!, (string)a[1]!, a.Length > 2 ? (string)a[2]! : null)),
        new("$identity", "*", 2, 2, None, (c, a) => NextIdentity(c, (string)a[0]!, (string)a[1]!)),
        new("$one", "*", 2, 2, None, (_, a) => (long)a[0]! <= 1 ? a[1] : throw SqlErrors.ManyValues()) { TakesNull = true },
    ];

    /// <summary>Types travel into SQLite as small numbers.</summary>
    public static int NumberOf(SqlType type)
    {
        lock (Types)
        {
            if (!Numbers.TryGetValue(type, out var number))
            {
                number = Types.Count;
                Types.Add(type);
                Numbers.Add(type, number);
            }
            return number;
        }
    }

    private static SqlType TypeOf(object? number)
    {
        lock (Types)
        {
            return Types[(int)(long)number!];
        }
    }

    private static SqlType None(SqlType[] _) => SqlType.Variant;

    private static object? TryCast(object? value, SqlType from, SqlType to, int style)
    {
        try
        {
            return Conversion.Convert(value, from, to, style);
        }
        catch (SqlServerException failure) when (failure.Number is 241 or 245 or 8114 or 8115 or 8169)
        {
            return null;
        }
    }

    private static decimal Calculate(string operation, decimal a, decimal b)
    {
        try
        {
            return operation switch
            {
                "+" => a + b,
                "-" => a - b,
                "*" => a * b,
                "%" when b != 0 => a % b,
                "/" when b != 0 => a / b,
                _ => throw SqlErrors.DivideByZero(),
            };
        }
        catch (OverflowException)
        {
            throw SqlErrors.Overflow("numeric");
        }
    }

    private static long NextIdentity(StatementContext context, string table, string column)
    {
        var database = context.Database;
        database.Identities.GetOrAdd(table, _ => context.Connection!.Scalar($"SELECT MAX(\"{column}\") FROM \"{table}\"") as long? ?? 0);
        var next = database.Identities.AddOrUpdate(table, 1, (_, last) => last + 1);
        context.Session.ScopeIdentity = next;
        return next;
    }
}
