using OctoMoveTui.Sandbox.SqlServer.Types;
using static OctoMoveTui.Sandbox.SqlServer.TSql.Functions;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>ABS, ROUND and their kin.</summary>
internal static class NumberFunctions
{
    public static readonly ScalarFunction[] All =
    [
        new("ABS", "n", 1, 1, types => types[0], (_, a) => a[0] switch { long n => Math.Abs(n), double d => Math.Abs(d), var x => Math.Abs(Stored.ToDecimal(x!)) }),
        new("SIGN", "n", 1, 1, types => types[0], (_, a) => (long)Math.Sign(Stored.ToDouble(a[0]!))),
        new("FLOOR", "n", 1, 1, types => types[0], (_, a) => a[0] switch { long n => n, double d => Math.Floor(d), var x => decimal.Floor(Stored.ToDecimal(x!)) }),
        new("CEILING", "n", 1, 1, types => types[0], (_, a) => a[0] switch { long n => n, double d => Math.Ceiling(d), var x => decimal.Ceiling(Stored.ToDecimal(x!)) }),
        new("ROUND", "ni", 2, 2, types => types[0], (_, a) => a[0] switch
        {
            long n => n,
            double d => Math.Round(d, (int)(long)a[1]!, MidpointRounding.AwayFromZero),
            var x => decimal.Round(Stored.ToDecimal(x!), (int)(long)a[1]!, MidpointRounding.AwayFromZero),
        }),
        new("POWER", "nn", 2, 2, _ => SqlType.Float, (_, a) => Math.Pow(Stored.ToDouble(a[0]!), Stored.ToDouble(a[1]!))),
        new("SQRT", "n", 1, 1, _ => SqlType.Float, (_, a) => Math.Sqrt(Stored.ToDouble(a[0]!))),
        new("ISNUMERIC", "t", 1, 1, IntResult, (_, a) => double.TryParse((string?)a[0], System.Globalization.CultureInfo.InvariantCulture, out var _)) { TakesNull = true },
    ];
}
