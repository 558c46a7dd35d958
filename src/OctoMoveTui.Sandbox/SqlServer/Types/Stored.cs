using System.Globalization;

namespace OctoMoveTui.Sandbox.SqlServer.Types;

/// <summary>
/// The form in which values live in SQLite: whole numbers and bits as long, floats as double, decimals as invariant text,
/// dates as ISO text with seven digits of a second (so that text order is time order), GUIDs as upper-case text, binary as bytes.
/// </summary>
internal static class Stored
{
    public const string DateForm = "yyyy-MM-dd";
    public const string TimeForm = "HH:mm:ss.fffffff";
    public const string DateTimeForm = DateForm + " " + TimeForm;
    public const string OffsetForm = DateTimeForm + " zzz";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string From(DateTime value) => value.ToString(DateTimeForm, Invariant);

    public static string From(DateTimeOffset value) => value.ToString(OffsetForm, Invariant);

    public static string From(Guid value) => value.ToString("D").ToUpperInvariant();

    public static string From(decimal value) => value.ToString(Invariant);

    public static long From(bool value) => value ? 1 : 0;

    /// <summary>datetime knows three-hundredths of a second and shows them as milliseconds ending in 0, 3 or 7.</summary>
    public static string FromDateTime(DateTime value)
    {
        var ticksOfDay = (long)Math.Round(value.TimeOfDay.TotalMilliseconds * 3 / 10, MidpointRounding.AwayFromZero);
        var milliseconds = (long)Math.Round(ticksOfDay * 10 / 3d, MidpointRounding.AwayFromZero);
        return From(value.Date.AddMilliseconds(milliseconds));
    }

    public static DateTime ToDateTime(object value) =>
        System.DateTime.ParseExact(
            (string)value,
            ((string)value).Length == DateForm.Length ? DateForm : DateTimeForm,
            Invariant,
            DateTimeStyles.None
        );

    public static DateTimeOffset ToDateTimeOffset(object value) => System.DateTimeOffset.ParseExact((string)value, OffsetForm, Invariant);

    public static TimeSpan ToTime(object value) => TimeOnly.ParseExact((string)value, TimeForm, Invariant).ToTimeSpan();

    public static decimal ToDecimal(object value) =>
        value switch
        {
            long whole => whole,
            double real => (decimal)real,
            _ => decimal.Parse((string)value, NumberStyles.Number | NumberStyles.AllowExponent, Invariant),
        };

    public static double ToDouble(object value) =>
        value switch
        {
            long whole => whole,
            double real => real,
            _ => double.Parse((string)value, Invariant),
        };

    public static long ToLong(object value) =>
        value switch
        {
            long whole => whole,
            double real => (long)real,
            _ => (long)ToDecimal(value),
        };

    /// <summary>What a CLR value becomes in catalog rows and function results.</summary>
    public static object? FromClr(object? value) =>
        value switch
        {
            null or DBNull => null,
            bool flag => From(flag),
            byte or short or int or uint or ushort => Convert.ToInt64(value, Invariant),
            float real => (double)real,
            decimal number => From(number),
            DateTime time => From(time),
            DateTimeOffset instant => From(instant),
            Guid id => From(id),
            Enum name => Convert.ToInt64(name, Invariant),
            long or double or string or byte[] => value,
            _ => throw new NotSupportedException($"No stored form for {value.GetType()}."),
        };
}
