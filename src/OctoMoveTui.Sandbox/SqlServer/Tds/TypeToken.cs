namespace OctoMoveTui.Sandbox.SqlServer.Tds;

/// <summary>The type byte of a value on the wire.</summary>
internal static class TypeToken
{
    public const byte Guid = 0x24, IntN = 0x26, Date = 0x28, Time = 0x29, DateTime2 = 0x2A, DateTimeOffset = 0x2B,
        TinyInt = 0x30, Bit = 0x32, SmallInt = 0x34, Int = 0x38, SmallDateTime = 0x3A, Real = 0x3B, Money = 0x3C, DateTime = 0x3D, Float = 0x3E, Variant = 0x62,
        BitN = 0x68, Decimal = 0x6A, Numeric = 0x6C, FloatN = 0x6D, MoneyN = 0x6E, DateTimeN = 0x6F, BigInt = 0x7F,
        BigVarBinary = 0xA5, BigVarChar = 0xA7, BigBinary = 0xAD, BigChar = 0xAF, NVarChar = 0xE7, NChar = 0xEF;
}
