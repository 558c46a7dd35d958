using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.Catalog;

/// <summary>sys.types: the numbers of the data types.</summary>
internal static class TypeCatalog
{
    private static readonly Dictionary<SqlKind, int> Ids = new()
    {
        [SqlKind.UniqueIdentifier] = 36, [SqlKind.Date] = 40, [SqlKind.Time] = 41, [SqlKind.DateTime2] = 42, [SqlKind.DateTimeOffset] = 43, [SqlKind.TinyInt] = 48,
        [SqlKind.SmallInt] = 52, [SqlKind.Int] = 56, [SqlKind.SmallDateTime] = 58, [SqlKind.Real] = 59, [SqlKind.Money] = 60, [SqlKind.DateTime] = 61, [SqlKind.Float] = 62,
        [SqlKind.Variant] = 98, [SqlKind.Bit] = 104, [SqlKind.Decimal] = 106, [SqlKind.BigInt] = 127, [SqlKind.VarBinary] = 165, [SqlKind.VarChar] = 167,
        [SqlKind.Binary] = 173, [SqlKind.Char] = 175, [SqlKind.NVarChar] = 231, [SqlKind.NChar] = 239,
    };

    public static IEnumerable<(string Name, int Id)> All => Ids.Select(pair => (new SqlType(pair.Key).Name, pair.Value));

    public static int IdOf(SqlType type) => Ids[type.Kind];

    public static string? NameOf(long id) => Ids.Where(pair => pair.Value == id).Select(pair => new SqlType(pair.Key).Name).FirstOrDefault();
}
