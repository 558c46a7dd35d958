using System.Globalization;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.Tds;

/// <summary>TYPE_INFO and values, to the client. Values are in their stored form.</summary>
internal static class TypeWriter
{
    private const int MaxMarker = 0xFFFF;

    /// <summary>Whether the client expects a length byte hangs on the nullable flag alone, so both forms of each type exist.</summary>
    public static void WriteType(TdsWriter writer, SqlType type, bool nullable)
    {
        switch (type.Kind)
        {
            case SqlKind.Bit: Fixed(TypeToken.Bit, TypeToken.BitN, 1); break;
            case SqlKind.TinyInt: Fixed(TypeToken.TinyInt, TypeToken.IntN, 1); break;
            case SqlKind.SmallInt: Fixed(TypeToken.SmallInt, TypeToken.IntN, 2); break;
            case SqlKind.Int: Fixed(TypeToken.Int, TypeToken.IntN, 4); break;
            case SqlKind.BigInt: Fixed(TypeToken.BigInt, TypeToken.IntN, 8); break;
            case SqlKind.Real: Fixed(TypeToken.Real, TypeToken.FloatN, 4); break;
            case SqlKind.Float: Fixed(TypeToken.Float, TypeToken.FloatN, 8); break;
            case SqlKind.DateTime: Fixed(TypeToken.DateTime, TypeToken.DateTimeN, 8); break;
            case SqlKind.SmallDateTime: Fixed(TypeToken.SmallDateTime, TypeToken.DateTimeN, 4); break;
            case SqlKind.Money: Fixed(TypeToken.Money, TypeToken.MoneyN, 8); break;
            case SqlKind.UniqueIdentifier: writer.Bytes([TypeToken.Guid, 16]); break;
            case SqlKind.Date: writer.Byte(TypeToken.Date); break;
            case SqlKind.Time: writer.Bytes([TypeToken.Time, type.Scale]); break;
            case SqlKind.DateTime2: writer.Bytes([TypeToken.DateTime2, type.Scale]); break;
            case SqlKind.DateTimeOffset: writer.Bytes([TypeToken.DateTimeOffset, type.Scale]); break;
            case SqlKind.Decimal: writer.Bytes([TypeToken.Numeric, 17, type.Precision, type.Scale]); break;
            case SqlKind.NVarChar: Text(TypeToken.NVarChar, 2); break;
            case SqlKind.NChar: Text(TypeToken.NChar, 2); break;
            case SqlKind.VarChar: Text(TypeToken.BigVarChar, 1); break;
            case SqlKind.Char: Text(TypeToken.BigChar, 1); break;
            case SqlKind.VarBinary: Sized(TypeToken.BigVarBinary, 1); break;
            case SqlKind.Binary: Sized(TypeToken.BigBinary, 1); break;
            default: writer.Byte(TypeToken.Variant); writer.Int32(8009); break;
        }

        void Fixed(byte fixedToken, byte nullableToken, byte width)
        {
            writer.Byte(nullable ? nullableToken : fixedToken);
            if (nullable)
            {
                writer.Byte(width);
            }
        }
        void Sized(byte token, int unit)
        {
            writer.Byte(token);
            writer.UInt16((ushort)(type.Length == SqlType.Max ? MaxMarker : type.Length * unit));
        }
        void Text(byte token, int unit)
        {
            Sized(token, unit);
            writer.Bytes(WireText.Collation);
        }
    }

    public static void WriteValue(TdsWriter writer, SqlType type, bool nullable, object? value)
    {
        if (type.Kind == SqlKind.Variant)
        {
            WriteVariant(writer, value);
            return;
        }
        if (type.IsText || type.IsBinary)
        {
            var bytes = value switch { null => null, byte[] raw => raw, _ => (type.IsUnicode ? WireText.Unicode : WireText.CodePage1252).GetBytes((string)value) };
            WriteBytes(writer, bytes, type.Length == SqlType.Max);
            return;
        }
        if (value is null)
        {
            writer.Byte(0);
            return;
        }
        var start = writer.Length;
        var hasLength = nullable || !(type.IsWhole || type.IsApproximate || type.Kind is SqlKind.DateTime or SqlKind.SmallDateTime or SqlKind.Money);
        if (hasLength)
        {
            writer.Byte(0);
        }
        WriteScalar(writer, type, value);
        if (hasLength)
        {
            writer.Patch(start, (byte)(writer.Length - start - 1));
        }
    }

    private static void WriteScalar(TdsWriter writer, SqlType type, object value)
    {
        switch (type.Kind)
        {
            case SqlKind.Bit: writer.Byte((byte)(Stored.ToLong(value) == 0 ? 0 : 1)); break;
            case SqlKind.TinyInt: writer.Byte((byte)Stored.ToLong(value)); break;
            case SqlKind.SmallInt: writer.UInt16((ushort)(short)Stored.ToLong(value)); break;
            case SqlKind.Int: writer.Int32((int)Stored.ToLong(value)); break;
            case SqlKind.BigInt: writer.Int64(Stored.ToLong(value)); break;
            case SqlKind.Real: writer.Int32(BitConverter.SingleToInt32Bits((float)Stored.ToDouble(value))); break;
            case SqlKind.Float: writer.Int64(BitConverter.DoubleToInt64Bits(Stored.ToDouble(value))); break;
            case SqlKind.UniqueIdentifier: writer.Bytes(Guid.Parse((string)value).ToByteArray()); break;
            case SqlKind.Decimal: WriteDecimal(writer, Stored.ToDecimal(value), type.Scale); break;
            case SqlKind.Money:
                var units = (long)(Stored.ToDecimal(value) * 10000);
                writer.Int32((int)(units >> 32));
                writer.Int32((int)units);
                break;
            case SqlKind.DateTime:
                var time = Stored.ToDateTime(value);
                writer.Int32((time.Date - new DateTime(1900, 1, 1)).Days);
                writer.Int32((int)Math.Round(time.TimeOfDay.TotalMilliseconds * 3 / 10, MidpointRounding.AwayFromZero));
                break;
            case SqlKind.SmallDateTime:
                var minute = Stored.ToDateTime(value);
                writer.UInt16((ushort)(minute.Date - new DateTime(1900, 1, 1)).Days);
                writer.UInt16((ushort)minute.TimeOfDay.TotalMinutes);
                break;
            case SqlKind.Date: WriteDay(writer, Stored.ToDateTime(value)); break;
            case SqlKind.Time: WriteTime(writer, Stored.ToTime(value), type.Scale); break;
            case SqlKind.DateTime2:
                WriteTime(writer, Stored.ToDateTime(value).TimeOfDay, type.Scale);
                WriteDay(writer, Stored.ToDateTime(value));
                break;
            case SqlKind.DateTimeOffset:
                var instant = Stored.ToDateTimeOffset(value);
                WriteTime(writer, instant.UtcDateTime.TimeOfDay, type.Scale);
                WriteDay(writer, instant.UtcDateTime);
                writer.UInt16((ushort)(short)instant.Offset.TotalMinutes);
                break;
            default:
                throw SqlErrors.NotModelled(type.Name);
        }
    }

    private static void WriteBytes(TdsWriter writer, byte[]? bytes, bool max)
    {
        if (!max)
        {
            writer.UInt16((ushort)(bytes?.Length ?? MaxMarker));
            writer.Bytes(bytes);
            return;
        }
        writer.Int64(bytes?.Length ?? -1);
        if (bytes is null)
        {
            return;
        }
        if (bytes.Length > 0)
        {
            writer.Int32(bytes.Length);
            writer.Bytes(bytes);
        }
        writer.Int32(0);
    }

    private static void WriteVariant(TdsWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.Int32(0);
                break;
            case long whole and >= int.MinValue and <= int.MaxValue:
                writer.Int32(6);
                writer.Bytes([TypeToken.Int, 0]);
                writer.Int32((int)whole);
                break;
            case long whole:
                writer.Int32(10);
                writer.Bytes([TypeToken.BigInt, 0]);
                writer.Int64(whole);
                break;
            default:
                var text = WireText.Unicode.GetBytes(System.Convert.ToString(value, CultureInfo.InvariantCulture)!);
                writer.Int32(2 + 7 + text.Length);
                writer.Bytes([TypeToken.NVarChar, 7]);
                writer.Bytes(WireText.Collation);
                writer.UInt16((ushort)text.Length);
                writer.Bytes(text);
                break;
        }
    }

    private static void WriteDecimal(TdsWriter writer, decimal value, byte scale)
    {
        // Give the number exactly the column's scale: the client reads only the magnitude.
        var scaled = decimal.Round(value, scale, MidpointRounding.AwayFromZero);
        var parts = decimal.GetBits(Math.Abs(scaled));
        var have = parts[3] >> 16 & 0xFF;
        var magnitude = ((System.Numerics.BigInteger)(uint)parts[2] << 64 | (System.Numerics.BigInteger)(uint)parts[1] << 32 | (uint)parts[0]) *
                    System.Numerics.BigInteger.Pow(10, scale - have);
        writer.Byte((byte)(value < 0 ? 0 : 1));
        var bytes = new byte[16];
        magnitude.TryWriteBytes(bytes, out _, isUnsigned: true);
        writer.Bytes(bytes);
    }

    private static void WriteDay(TdsWriter writer, DateTime day)
    {
        var days = (day.Date - default(DateTime)).Days;
        writer.Bytes([(byte)days, (byte)(days >> 8), (byte)(days >> 16)]);
    }

    private static void WriteTime(TdsWriter writer, TimeSpan time, byte scale)
    {
        var units = time.Ticks / (long)Math.Pow(10, 7 - scale);
        for (var i = 0; i < (scale <= 2 ? 3 : scale <= 4 ? 4 : 5); i++)
        {
            writer.Byte((byte)(units >> 8 * i));
        }
    }
}
