using OctoMoveTui.Sandbox.SqlServer.Types;
using static OctoMoveTui.Sandbox.SqlServer.TSql.Functions;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>The clock and arithmetic with dates. Date parts come as text, put there by the translator.</summary>
internal static class TimeFunctions
{
    public static readonly ScalarFunction[] All =
    [
        new("SYSUTCDATETIME", "", 0, 0, _ => SqlType.DateTime2, (c, _) => c.Now.UtcDateTime),
        new("SYSDATETIME", "", 0, 0, _ => SqlType.DateTime2, (c, _) => c.Server.ToLocal(c.Now).DateTime),
        new("SYSDATETIMEOFFSET", "", 0, 0, _ => SqlType.DateTimeOffset, (c, _) => c.Server.ToLocal(c.Now)),
        new("GETUTCDATE", "", 0, 0, _ => SqlType.DateTime, (c, _) => Stored.FromDateTime(c.Now.UtcDateTime)),
        new("GETDATE", "", 0, 0, _ => SqlType.DateTime, (c, _) => Stored.FromDateTime(c.Server.ToLocal(c.Now).DateTime)),
        new("DATEADD", "*i*", 3, 3, types => types[2].IsTime ? types[2] : SqlType.DateTime, (_, a) => DateAdd((string)a[0]!, (long)a[1]!, (string)a[2]!)),
        new("DATEDIFF", "*dd", 3, 3, IntResult, (_, a) => DateDiff((string)a[0]!, a[1]!, a[2]!, int.MaxValue)),
        new("DATEDIFF_BIG", "*dd", 3, 3, _ => SqlType.BigInt, (_, a) => DateDiff((string)a[0]!, a[1]!, a[2]!, long.MaxValue)),
        new("DATEPART", "*d", 2, 2, IntResult, (_, a) => "tzoffset".Equals(a[0])
            ? (long)Stored.ToDateTimeOffset(a[1]!).Offset.TotalMinutes : DatePart((string)a[0]!, Stored.ToDateTime(a[1]!))),
        new("YEAR", "d", 1, 1, IntResult, (_, a) => Stored.ToDateTime(a[0]!).Year),
        new("MONTH", "d", 1, 1, IntResult, (_, a) => Stored.ToDateTime(a[0]!).Month),
        new("DAY", "d", 1, 1, IntResult, (_, a) => Stored.ToDateTime(a[0]!).Day),
    ];

    /// <summary>DAY, dd, d are one part.</summary>
    public static string? PartOf(string word) => word.ToLowerInvariant() switch
    {
        "year" or "yy" or "yyyy" => "year",
        "month" or "mm" or "m" => "month",
        "day" or "dd" or "d" => "day",
        "hour" or "hh" => "hour",
        "minute" or "mi" or "n" => "minute",
        "second" or "ss" or "s" => "second",
        "millisecond" or "ms" => "millisecond",
        "tzoffset" or "tz" => "tzoffset",
        _ => null,
    };

    private static object DateAdd(string part, long count, string value)
    {
        if (value.Length > Stored.DateTimeForm.Length)
        {
            var instant = Stored.ToDateTimeOffset(value);
            return new DateTimeOffset(Add(part, count, instant.DateTime), instant.Offset);
        }
        var sum = Add(part, count, Stored.ToDateTime(value));
        return value.Length == Stored.DateForm.Length ? sum.ToString(Stored.DateForm, System.Globalization.CultureInfo.InvariantCulture) : sum;
    }

    private static DateTime Add(string part, long count, DateTime to)
    {
        try
        {
            return part switch
            {
                "year" => to.AddYears((int)count),
                "month" => to.AddMonths((int)count),
                "day" => to.AddDays(count),
                "hour" => to.AddHours(count),
                "minute" => to.AddMinutes(count),
                "second" => to.AddSeconds(count),
                _ => to.AddMilliseconds(count),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new SqlServerException(new SqlMessage(517, 1, 16, "Adding a value to a 'datetime' column caused an overflow."));
        }
    }

    /// <summary>Counts the boundaries crossed, not the time passed.</summary>
    private static long DateDiff(string part, object from, object to, long most)
    {
        var (a, b) = (Stored.ToDateTime(from), Stored.ToDateTime(to));
        var difference = part switch
        {
            "year" => b.Year - a.Year,
            "month" => (b.Year - a.Year) * 12 + b.Month - a.Month,
            "day" => b.Ticks / TimeSpan.TicksPerDay - a.Ticks / TimeSpan.TicksPerDay,
            "hour" => b.Ticks / TimeSpan.TicksPerHour - a.Ticks / TimeSpan.TicksPerHour,
            "minute" => b.Ticks / TimeSpan.TicksPerMinute - a.Ticks / TimeSpan.TicksPerMinute,
            "second" => b.Ticks / TimeSpan.TicksPerSecond - a.Ticks / TimeSpan.TicksPerSecond,
            _ => b.Ticks / TimeSpan.TicksPerMillisecond - a.Ticks / TimeSpan.TicksPerMillisecond,
        };
        return Math.Abs(difference) <= most ? difference : throw new SqlServerException(new SqlMessage(535, 0, 16,
            "The datediff function resulted in an overflow. The number of dateparts separating two date/time instances is too large. Try to use datediff with a less precise datepart."));
    }

    private static long DatePart(string part, DateTime of) => part switch
    {
        "year" => of.Year,
        "month" => of.Month,
        "day" => of.Day,
        "hour" => of.Hour,
        "minute" => of.Minute,
        "second" => of.Second,
        _ => of.Millisecond,
    };
}
