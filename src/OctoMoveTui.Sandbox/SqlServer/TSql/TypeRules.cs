using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>Declared types from T-SQL, and which type two values meet in.</summary>
internal static class TypeRules
{
    public static SqlType From(DataTypeReference reference)
    {
        if (reference is UserDataTypeReference { Name: var user })
        {
            return user.BaseIdentifier.Value.Equals("sysname", StringComparison.OrdinalIgnoreCase)
                ? SqlType.SysName
                : throw SqlErrors.UnknownType(user.BaseIdentifier.Value);
        }
        if (reference is not SqlDataTypeReference type)
        {
            throw SqlErrors.NotModelled(reference.Name?.BaseIdentifier.Value ?? "xml");
        }
        var first =
            type.Parameters.Count > 0
                ? type.Parameters[0] is MaxLiteral
                    ? SqlType.Max
                    : Number(type.Parameters[0])
                : (int?)null;
        var second = type.Parameters.Count > 1 ? Number(type.Parameters[1]) : 0;
        return type.SqlDataTypeOption switch
        {
            SqlDataTypeOption.Bit => SqlType.Bit,
            SqlDataTypeOption.TinyInt => SqlType.TinyInt,
            SqlDataTypeOption.SmallInt => SqlType.SmallInt,
            SqlDataTypeOption.Int => SqlType.Int,
            SqlDataTypeOption.BigInt => SqlType.BigInt,
            SqlDataTypeOption.Real => SqlType.Real,
            SqlDataTypeOption.Float => first is <= 24 ? SqlType.Real : SqlType.Float,
            SqlDataTypeOption.Decimal or SqlDataTypeOption.Numeric => SqlType.Decimal((byte)(first ?? 18), (byte)second),
            SqlDataTypeOption.Money => new SqlType(SqlKind.Money),
            SqlDataTypeOption.Date => SqlType.Date,
            SqlDataTypeOption.Time => new SqlType(SqlKind.Time, Scale: (byte)(first ?? 7)),
            SqlDataTypeOption.SmallDateTime => new SqlType(SqlKind.SmallDateTime),
            SqlDataTypeOption.DateTime => SqlType.DateTime,
            SqlDataTypeOption.DateTime2 => new SqlType(SqlKind.DateTime2, Scale: (byte)(first ?? 7)),
            SqlDataTypeOption.DateTimeOffset => new SqlType(SqlKind.DateTimeOffset, Scale: (byte)(first ?? 7)),
            SqlDataTypeOption.UniqueIdentifier => SqlType.UniqueIdentifier,
            SqlDataTypeOption.Char => SqlType.Char(first ?? 1),
            SqlDataTypeOption.VarChar => SqlType.VarChar(first ?? 1),
            SqlDataTypeOption.NChar => SqlType.NChar(first ?? 1),
            SqlDataTypeOption.NVarChar => SqlType.NVarChar(first ?? 1),
            SqlDataTypeOption.Binary => new SqlType(SqlKind.Binary, first ?? 1),
            SqlDataTypeOption.VarBinary => SqlType.VarBinary(first ?? 1),
            SqlDataTypeOption.Sql_Variant => SqlType.Variant,
            var other => throw SqlErrors.NotModelled(other.ToString().ToLowerInvariant()),
        };
    }

    /// <summary>CAST(x AS nvarchar) means 30 characters, a declaration without length means 1.</summary>
    public static SqlType ForCast(DataTypeReference reference)
    {
        var type = From(reference);
        return (type.IsText || type.IsBinary) && reference is SqlDataTypeReference { Parameters.Count: 0 }
            ? type with
            {
                Length = 30,
            }
            : type;
    }

    /// <summary>The type in which two values are compared or united.</summary>
    public static SqlType Meet(Bound a, Bound b) =>
        a.IsNull ? b.Type
        : b.IsNull ? a.Type
        : Meet(a.Type, b.Type);

    public static SqlType Meet(SqlType a, SqlType b)
    {
        if (a == b)
        {
            return a;
        }
        var (low, high) = a.Kind <= b.Kind ? (a, b) : (b, a);
        return high switch
        {
            { IsText: true } or { IsBinary: true } => high with
            {
                Length = low.IsText || low.IsBinary ? Longer(low.Length, high.Length) : high.Length,
            },
            { Kind: SqlKind.Decimal } when low.Kind == SqlKind.Decimal => SqlType.Decimal(38, Math.Max(low.Scale, high.Scale)),
            { Kind: SqlKind.Decimal } when low.IsWhole => SqlType.Decimal(38, high.Scale),
            _ => high,
        };
    }

    public static int Longer(int a, int b) => a == SqlType.Max || b == SqlType.Max ? SqlType.Max : Math.Max(a, b);

    private static int Number(Literal literal) => int.Parse(literal.Value, System.Globalization.CultureInfo.InvariantCulture);
}
