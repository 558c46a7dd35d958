using System.Globalization;
using System.Text;

namespace OctoMoveTui.Sandbox.SqlServer.Types;

/// <summary>CAST, CONVERT and the implicit conversions between stored forms, with SQL Server's refusals.</summary>
internal static class Conversion
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private static readonly Encoding CodePage = Tds.WireText.CodePage1252;

    private static readonly string[] DateForms =
    [
        "yyyy-MM-dd",
        "yyyyMMdd",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mm:ss",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
        "yyyyMMdd HH:mm:ss",
        "yyyyMMdd HH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mm:ssK",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss zzz",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF zzz",
        "yyyy-MM-dd HH:mm:sszzz",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz",
        "HH:mm",
        "HH:mm:ss",
        "HH:mm:ss.FFFFFFF",
    ];

    public static object? Convert(object? value, SqlType from, SqlType to, int style = 0)
    {
        if (value is null)
        {
            return null;
        }
        from = from.Kind == SqlKind.Variant ? TypeOf(value) : from;
        return to switch
        {
            { Kind: SqlKind.Variant } => value,
            { IsText: true } => Fit(ToText(value, from, to, style), to),
            { IsBinary: true } => Fit(ToBytes(value, from, to, style), to),
            { IsWhole: true } => ToWhole(value, from, to),
            { IsExact: true } => ToExact(value, from, to),
            { IsApproximate: true } => ToFloat(value, from, to),
            { Kind: SqlKind.UniqueIdentifier } => ToGuid(value, from),
            { Kind: SqlKind.Time } => ToInstant(value, from, to).ToString(Stored.TimeForm, Invariant),
            { Kind: SqlKind.Date } => ToInstant(value, from, to).ToString(Stored.DateForm, Invariant),
            { Kind: SqlKind.DateTime } => Stored.FromDateTime(ToInstant(value, from, to).DateTime),
            { Kind: SqlKind.SmallDateTime } => Stored.From(ToMinute(ToInstant(value, from, to).DateTime)),
            { Kind: SqlKind.DateTime2 } => Stored.From(Cut(ToInstant(value, from, to).DateTime, to.Scale)),
            { Kind: SqlKind.DateTimeOffset } => Stored.From(CutOffset(ToInstant(value, from, to), to.Scale)),
            _ => throw SqlErrors.TypeClash(from.Name, to.Name),
        };
    }

    /// <summary>As INSERT and UPDATE convert: text that doesn't fit is refused rather than cut.</summary>
    public static object? Assign(object? value, SqlType from, SqlType to, string table, string column)
    {
        if (value is string text && to.IsText && from.IsText)
        {
            var kept = text.TrimEnd(' ').Length <= to.Length ? text : text.TrimEnd(' ');
            return to.Length != SqlType.Max && kept.Length > to.Length
                ? throw SqlErrors.WouldTruncate(table, column, text[..to.Length])
                : Fit(kept, to);
        }
        if (value is byte[] bytes && to is { IsBinary: true } && to.Length != SqlType.Max && bytes.Length > to.Length)
        {
            throw SqlErrors.WouldTruncate(table, column, "");
        }
        return Convert(value, from, to);
    }

    /// <summary>What a sql_variant holds.</summary>
    public static SqlType TypeOf(object value) =>
        value switch
        {
            long whole => whole is >= int.MinValue and <= int.MaxValue ? SqlType.Int : SqlType.BigInt,
            double => SqlType.Float,
            byte[] => SqlType.VarBinary(8000),
            _ => SqlType.NVarChar(4000),
        };

    private static object Fit(string text, SqlType to)
    {
        if (to.Length != SqlType.Max && text.Length > to.Length)
        {
            text = text[..to.Length];
        }
        return to.Kind is SqlKind.Char or SqlKind.NChar ? text.PadRight(to.Length) : text;
    }

    private static byte[] Fit(byte[] bytes, SqlType to)
    {
        if (to.Length != SqlType.Max && bytes.Length > to.Length)
        {
            bytes = bytes[..to.Length];
        }
        if (to.Kind == SqlKind.Binary && bytes.Length < to.Length)
        {
            Array.Resize(ref bytes, to.Length);
        }
        return bytes;
    }

    private static string ToText(object value, SqlType from, SqlType to, int style) =>
        from switch
        {
            { IsText: true } => (string)value,
            { IsWhole: true } when to.Length != SqlType.Max && Stored.ToLong(value).ToString(Invariant).Length > to.Length =>
                throw SqlErrors.Overflow(to.Name),
            { IsWhole: true } => Stored.ToLong(value).ToString(Invariant),
            { Kind: SqlKind.Money } => Stored.ToDecimal(value).ToString("0.00", Invariant),
            { IsExact: true } => Stored.ToDecimal(value).ToString("F" + from.Scale.ToString(Invariant), Invariant),
            { IsApproximate: true } => Stored.ToDouble(value).ToString("G6", Invariant),
            { Kind: SqlKind.UniqueIdentifier } => (string)value,
            { IsBinary: true } => style switch
            {
                1 => "0x" + System.Convert.ToHexString((byte[])value),
                2 => System.Convert.ToHexString((byte[])value),
                _ => to.IsUnicode ? Encoding.Unicode.GetString((byte[])value) : CodePage.GetString((byte[])value),
            },
            { Kind: SqlKind.Time } => CutFraction((string)value, from.Scale),
            { Kind: SqlKind.Date } when style is 0 or 23 or 120 or 121 or 126 => (string)value,
            { Kind: SqlKind.DateTimeOffset } when style is 0 or 121 => CutFraction(((string)value)[..^7], from.Scale)
                + ((string)value)[^7..],
            { Kind: SqlKind.DateTimeOffset } when style is 127 or 126 => Stored
                .ToDateTimeOffset(value)
                .ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", Invariant),
            _ => DateText(Stored.ToDateTime(value), from, style),
        };

    private static string DateText(DateTime time, SqlType from, int style) =>
        (style, from.Kind) switch
        {
            (0, SqlKind.DateTime2) or (21 or 25 or 121, SqlKind.DateTime2) => CutFraction(Stored.From(time), from.Scale),
            (0 or 100, _) => time.ToString("MMM", Invariant)
                + time.Day.ToString(Invariant).PadLeft(3)
                + time.ToString(" yyyy ", Invariant)
                + time.ToString("h:mm", Invariant).PadLeft(5)
                + time.ToString("tt", Invariant),
            (23, _) => time.ToString("yyyy-MM-dd", Invariant),
            (112, _) => time.ToString("yyyyMMdd", Invariant),
            (108, _) => time.ToString("HH:mm:ss", Invariant),
            (20 or 120, _) => time.ToString("yyyy-MM-dd HH:mm:ss", Invariant),
            (21 or 25 or 121, _) => time.ToString("yyyy-MM-dd HH:mm:ss.fff", Invariant),
            (126 or 127, _) => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", Invariant),
            _ => throw SqlErrors.NotModelled($"CONVERT style {style}"),
        };

    private static string CutFraction(string text, byte scale) => text[..(text.Length - 7 + scale - (scale == 0 ? 1 : 0))];

    private static byte[] ToBytes(object value, SqlType from, SqlType to, int style)
    {
        switch (from)
        {
            case { IsBinary: true }:
                return (byte[])value;
            case { IsText: true } when style is 1 or 2:
                var hex = (string)value;
                return System.Convert.FromHexString(
                    style == 1 && hex.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? hex[2..] : hex
                );
            case { IsText: true }:
                return from.IsUnicode ? Encoding.Unicode.GetBytes((string)value) : CodePage.GetBytes((string)value);
            case { Kind: SqlKind.UniqueIdentifier }:
                return Guid.Parse((string)value).ToByteArray();
            case { IsWhole: true }:
                var bytes = BitConverter.GetBytes(Stored.ToLong(value));
                Array.Reverse(bytes);
                var width = from.Kind switch
                {
                    SqlKind.BigInt => 8,
                    SqlKind.Int => 4,
                    SqlKind.SmallInt => 2,
                    _ => 1,
                };
                return bytes[^Math.Min(to.Length == SqlType.Max ? width : Math.Min(width, to.Length), 8)..];
            default:
                throw SqlErrors.TypeClash(from.Name, to.Name);
        }
    }

    private static object ToWhole(object value, SqlType from, SqlType to)
    {
        long whole;
        if (from.IsText)
        {
            var text = ((string)value).Trim();
            if (to.Kind == SqlKind.Bit && bool.TryParse(text, out var flag))
            {
                return Stored.From(flag);
            }
            whole =
                text.Length == 0 ? 0
                : long.TryParse(text, NumberStyles.AllowLeadingSign, Invariant, out var parsed) ? parsed
                : throw (
                    to.Kind == SqlKind.BigInt
                        ? SqlErrors.CannotConvertType(from.Name, to.Name)
                        : SqlErrors.CannotConvert(from.Name, (string)value, to.Name)
                );
        }
        else if (from.IsBinary)
        {
            whole = ((byte[])value).Aggregate(0L, (sum, part) => sum << 8 | part);
        }
        else if (from.IsNumber)
        {
            try
            {
                whole =
                    from.IsApproximate ? checked((long)Stored.ToDouble(value))
                    : from.IsExact ? (long)decimal.Truncate(Stored.ToDecimal(value))
                    : Stored.ToLong(value);
            }
            catch (OverflowException)
            {
                throw SqlErrors.Overflow(to.Name);
            }
        }
        else
        {
            throw SqlErrors.TypeClash(from.Name, to.Name);
        }

        return to.Kind switch
        {
            SqlKind.Bit => Stored.From(whole != 0),
            _ when !to.Holds(whole) => throw SqlErrors.Overflow(to.Name),
            _ => whole,
        };
    }

    private static string ToExact(object value, SqlType from, SqlType to)
    {
        try
        {
            var number = from switch
            {
                { IsText: true } => decimal.TryParse((string)value, NumberStyles.Number, Invariant, out var parsed)
                    ? parsed
                    : throw SqlErrors.CannotConvertType(from.Name, "numeric"),
                { IsNumber: true } => Stored.ToDecimal(value),
                _ => throw SqlErrors.TypeClash(from.Name, to.Name),
            };
            var scale = to.Kind == SqlKind.Money ? 4 : to.Scale;
            var rounded = decimal.Round(number, scale, MidpointRounding.AwayFromZero);
            var whole = decimal.Truncate(Math.Abs(rounded)).ToString(Invariant);
            return to.Kind == SqlKind.Decimal && whole != "0" && whole.Length > to.Precision - to.Scale
                ? throw SqlErrors.Overflow("numeric")
                : rounded.ToString("F" + scale.ToString(Invariant), Invariant);
        }
        catch (OverflowException)
        {
            throw SqlErrors.Overflow("numeric");
        }
    }

    private static object ToFloat(object value, SqlType from, SqlType to)
    {
        var real = from switch
        {
            { IsText: true } => double.TryParse((string)value, NumberStyles.Float, Invariant, out var parsed)
                ? parsed
                : throw SqlErrors.CannotConvertType(from.Name, to.Name),
            { IsNumber: true } => Stored.ToDouble(value),
            _ => throw SqlErrors.TypeClash(from.Name, to.Name),
        };
        return to.Kind == SqlKind.Real ? (double)(float)real : real;
    }

    private static string ToGuid(object value, SqlType from) =>
        from switch
        {
            { Kind: SqlKind.UniqueIdentifier } => (string)value,
            { IsText: true } => Guid.TryParse(((string)value).Trim(), out var id) ? Stored.From(id) : throw SqlErrors.NotAGuid(),
            { IsBinary: true } when ((byte[])value).Length == 16 => Stored.From(new Guid((byte[])value)),
            _ => throw SqlErrors.TypeClash(from.Name, "uniqueidentifier"),
        };

    private static DateTimeOffset ToInstant(object value, SqlType from, SqlType to)
    {
        switch (from)
        {
            case { IsText: true }:
                return System.DateTimeOffset.TryParseExact(
                    ((string)value).Trim(),
                    DateForms,
                    Invariant,
                    DateTimeStyles.AssumeUniversal,
                    out var parsed
                )
                    ? parsed
                    : throw SqlErrors.NotADate();
            case { Kind: SqlKind.DateTimeOffset }:
                return Stored.ToDateTimeOffset(value);
            case { Kind: SqlKind.Time }:
                return new System.DateTimeOffset(new DateTime(1900, 1, 1), TimeSpan.Zero) + Stored.ToTime(value);
            case { IsTime: true }:
                return new System.DateTimeOffset(Stored.ToDateTime(value), TimeSpan.Zero);
            case { IsNumber: true } when to.Kind is SqlKind.DateTime or SqlKind.SmallDateTime:
                return new System.DateTimeOffset(new DateTime(1900, 1, 1).AddDays(Stored.ToDouble(value)), TimeSpan.Zero);
            default:
                throw SqlErrors.TypeClash(from.Name, to.Name);
        }
    }

    private static DateTime ToMinute(DateTime time) =>
        time.AddSeconds(30).Date.AddMinutes(Math.Floor(time.AddSeconds(30).TimeOfDay.TotalMinutes));

    private static DateTime Cut(DateTime time, byte scale)
    {
        var unit = (long)Math.Pow(10, 7 - scale);
        return new DateTime((time.Ticks + unit / 2) / unit * unit);
    }

    private static DateTimeOffset CutOffset(DateTimeOffset time, byte scale) => new(Cut(time.DateTime, scale), time.Offset);
}
