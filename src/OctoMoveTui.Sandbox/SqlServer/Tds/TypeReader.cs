using System.Buffers.Binary;
using System.Globalization;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.Tds;

/// <summary>TYPE_INFO and values of parameters, from the client. Values come out in their stored form.</summary>
internal static class TypeReader
{
    private const int MaxMarker = 0xFFFF;

    public static SqlType Read(TdsReader reader)
    {
        var token = reader.Byte();
        switch (token)
        {
            case TypeToken.IntN:
                return reader.Byte() switch
                {
                    1 => SqlType.TinyInt,
                    2 => SqlType.SmallInt,
                    4 => SqlType.Int,
                    _ => SqlType.BigInt,
                };
            case TypeToken.BitN:
                reader.Byte();
                return SqlType.Bit;
            case TypeToken.FloatN:
                return reader.Byte() == 4 ? SqlType.Real : SqlType.Float;
            case TypeToken.MoneyN:
                reader.Byte();
                return new SqlType(SqlKind.Money);
            case TypeToken.DateTimeN:
                return reader.Byte() == 4 ? new SqlType(SqlKind.SmallDateTime) : SqlType.DateTime;
            case TypeToken.Guid:
                reader.Byte();
                return SqlType.UniqueIdentifier;
            case TypeToken.Date:
                return SqlType.Date;
            case TypeToken.Time:
                return new SqlType(SqlKind.Time, Scale: reader.Byte());
            case TypeToken.DateTime2:
                return new SqlType(SqlKind.DateTime2, Scale: reader.Byte());
            case TypeToken.DateTimeOffset:
                return new SqlType(SqlKind.DateTimeOffset, Scale: reader.Byte());
            case TypeToken.Decimal or TypeToken.Numeric:
                reader.Byte();
                return SqlType.Decimal(reader.Byte(), reader.Byte());
            case TypeToken.NVarChar or TypeToken.NChar or TypeToken.BigVarChar or TypeToken.BigChar:
                var bytes = reader.UInt16();
                reader.Bytes(5);
                var unicode = token is TypeToken.NVarChar or TypeToken.NChar;
                var kind = token switch
                {
                    TypeToken.NVarChar => SqlKind.NVarChar,
                    TypeToken.NChar => SqlKind.NChar,
                    TypeToken.BigVarChar => SqlKind.VarChar,
                    _ => SqlKind.Char,
                };
                return new SqlType(
                    kind,
                    bytes == MaxMarker ? SqlType.Max
                        : unicode ? bytes / 2
                        : bytes
                );
            case TypeToken.BigVarBinary or TypeToken.BigBinary:
                var size = reader.UInt16();
                return new SqlType(
                    token == TypeToken.BigBinary ? SqlKind.Binary : SqlKind.VarBinary,
                    size == MaxMarker ? SqlType.Max : size
                );
            case TypeToken.TinyInt:
                return SqlType.TinyInt;
            case TypeToken.Bit:
                return SqlType.Bit;
            case TypeToken.SmallInt:
                return SqlType.SmallInt;
            case TypeToken.Int:
                return SqlType.Int;
            case TypeToken.BigInt:
                return SqlType.BigInt;
            default:
                throw SqlErrors.NotModelled($"data type 0x{token:X2} in a parameter");
        }
    }

    public static object? ReadValue(TdsReader reader, SqlType type)
    {
        if (type.IsText || type.IsBinary)
        {
            var bytes =
                type.Length == SqlType.Max ? reader.Plp()
                : reader.UInt16() is var length and not MaxMarker ? reader.Bytes(length)
                : null;
            return bytes is null || type.IsBinary ? bytes : (type.IsUnicode ? WireText.Unicode : WireText.CodePage1252).GetString(bytes);
        }
        var value = reader.Bytes(reader.Byte());
        return value.Length == 0
            ? null
            : type switch
            {
                { Kind: SqlKind.TinyInt or SqlKind.Bit } => (long)value[0],
                { IsWhole: true } => value.Length switch
                {
                    1 => value[0],
                    2 => BinaryPrimitives.ReadInt16LittleEndian(value),
                    4 => BinaryPrimitives.ReadInt32LittleEndian(value),
                    _ => BinaryPrimitives.ReadInt64LittleEndian(value),
                },
                { IsApproximate: true } => value.Length == 4
                    ? BinaryPrimitives.ReadSingleLittleEndian(value)
                    : BinaryPrimitives.ReadDoubleLittleEndian(value),
                { Kind: SqlKind.UniqueIdentifier } => Stored.From(new Guid(value)),
                { Kind: SqlKind.Decimal } => Stored.From(ReadDecimal(value, type.Scale)),
                { Kind: SqlKind.Money } => Stored.From(
                    ((long)BinaryPrimitives.ReadInt32LittleEndian(value) << 32 | BinaryPrimitives.ReadUInt32LittleEndian(value.AsSpan(4)))
                        / 10000m
                ),
                { Kind: SqlKind.DateTime } => Stored.FromDateTime(
                    new DateTime(1900, 1, 1)
                        .AddDays(BinaryPrimitives.ReadInt32LittleEndian(value))
                        .AddMilliseconds(BinaryPrimitives.ReadUInt32LittleEndian(value.AsSpan(4)) * 10 / 3d)
                ),
                { Kind: SqlKind.SmallDateTime } => Stored.From(
                    new DateTime(1900, 1, 1)
                        .AddDays(BinaryPrimitives.ReadUInt16LittleEndian(value))
                        .AddMinutes(BinaryPrimitives.ReadUInt16LittleEndian(value.AsSpan(2)))
                ),
                { Kind: SqlKind.Date } => ReadDay(value).ToString(Stored.DateForm, CultureInfo.InvariantCulture),
                { Kind: SqlKind.Time } => (default(DateTime) + ReadTime(value, type.Scale)).ToString(
                    Stored.TimeForm,
                    CultureInfo.InvariantCulture
                ),
                { Kind: SqlKind.DateTime2 } => Stored.From(
                    ReadDay(value.AsSpan(value.Length - 3)) + ReadTime(value.AsSpan(0, value.Length - 3), type.Scale)
                ),
                { Kind: SqlKind.DateTimeOffset } => ReadOffset(value, type.Scale),
                _ => throw SqlErrors.NotModelled(type.Name),
            };
    }

    private static decimal ReadDecimal(byte[] value, byte scale)
    {
        var number = new decimal(Part(1), Part(5), Part(9), value[0] == 0, scale);
        return value.Length > 13 && Part(13) != 0 ? throw SqlErrors.Overflow("numeric") : number;
        int Part(int at) => at + 4 <= value.Length ? BinaryPrimitives.ReadInt32LittleEndian(value.AsSpan(at)) : 0;
    }

    private static DateTime ReadDay(ReadOnlySpan<byte> days) => default(DateTime).AddDays(days[0] | days[1] << 8 | days[2] << 16);

    private static TimeSpan ReadTime(ReadOnlySpan<byte> units, byte scale)
    {
        long count = 0;
        for (var i = units.Length - 1; i >= 0; i--)
        {
            count = count << 8 | units[i];
        }
        return new TimeSpan(count * (long)Math.Pow(10, 7 - scale));
    }

    private static string ReadOffset(byte[] value, byte scale)
    {
        var offset = TimeSpan.FromMinutes(BinaryPrimitives.ReadInt16LittleEndian(value.AsSpan(value.Length - 2)));
        var utc = ReadDay(value.AsSpan(value.Length - 5)) + ReadTime(value.AsSpan(0, value.Length - 5), scale);
        return Stored.From(new System.DateTimeOffset(utc, TimeSpan.Zero).ToOffset(offset));
    }
}
