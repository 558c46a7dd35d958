namespace OctoMoveTui.Sandbox.SqlServer.Types;

/// <summary>The data types of SQL Server that the double models; in ascending order of type precedence.</summary>
internal enum SqlKind
{
    Binary,
    VarBinary,
    Char,
    VarChar,
    NChar,
    NVarChar,
    UniqueIdentifier,
    Bit,
    TinyInt,
    SmallInt,
    Int,
    BigInt,
    Money,
    Decimal,
    Real,
    Float,
    Time,
    Date,
    SmallDateTime,
    DateTime,
    DateTime2,
    DateTimeOffset,
    Variant,
}

/// <summary>A declared type: what a column, a variable or an expression is on the wire. Length counts characters or bytes; -1 is max.</summary>
internal sealed record SqlType(SqlKind Kind, int Length = 0, byte Precision = 0, byte Scale = 0)
{
    public const int Max = -1;

    public static readonly SqlType Bit = new(SqlKind.Bit);
    public static readonly SqlType TinyInt = new(SqlKind.TinyInt);
    public static readonly SqlType SmallInt = new(SqlKind.SmallInt);
    public static readonly SqlType Int = new(SqlKind.Int);
    public static readonly SqlType BigInt = new(SqlKind.BigInt);
    public static readonly SqlType Real = new(SqlKind.Real);
    public static readonly SqlType Float = new(SqlKind.Float);
    public static readonly SqlType Date = new(SqlKind.Date);
    public static readonly SqlType DateTime = new(SqlKind.DateTime);
    public static readonly SqlType DateTime2 = new(SqlKind.DateTime2, Scale: 7);
    public static readonly SqlType DateTimeOffset = new(SqlKind.DateTimeOffset, Scale: 7);
    public static readonly SqlType UniqueIdentifier = new(SqlKind.UniqueIdentifier);
    public static readonly SqlType Variant = new(SqlKind.Variant);
    public static readonly SqlType SysName = NVarChar(128);
    public static readonly SqlType Lsn = Decimal(25, 0);

    public static SqlType NVarChar(int length) => new(SqlKind.NVarChar, length);

    public static SqlType VarChar(int length) => new(SqlKind.VarChar, length);

    public static SqlType NChar(int length) => new(SqlKind.NChar, length);

    public static SqlType Char(int length) => new(SqlKind.Char, length);

    public static SqlType VarBinary(int length) => new(SqlKind.VarBinary, length);

    public static SqlType Decimal(byte precision, byte scale) => new(SqlKind.Decimal, Precision: precision, Scale: scale);

    public bool IsText => Kind is SqlKind.Char or SqlKind.VarChar or SqlKind.NChar or SqlKind.NVarChar;
    public bool IsUnicode => Kind is SqlKind.NChar or SqlKind.NVarChar;
    public bool IsBinary => Kind is SqlKind.Binary or SqlKind.VarBinary;
    public bool IsWhole => Kind is SqlKind.Bit or SqlKind.TinyInt or SqlKind.SmallInt or SqlKind.Int or SqlKind.BigInt;
    public bool IsExact => Kind is SqlKind.Decimal or SqlKind.Money;
    public bool IsApproximate => Kind is SqlKind.Real or SqlKind.Float;
    public bool IsNumber => IsWhole || IsExact || IsApproximate;
    public bool IsTime =>
        Kind is SqlKind.Time or SqlKind.Date or SqlKind.SmallDateTime or SqlKind.DateTime or SqlKind.DateTime2 or SqlKind.DateTimeOffset;

    /// <summary>Whether a whole number is in the range of this whole-number type.</summary>
    public bool Holds(long value) =>
        Kind switch
        {
            SqlKind.TinyInt => value is >= byte.MinValue and <= byte.MaxValue,
            SqlKind.SmallInt => value is >= short.MinValue and <= short.MaxValue,
            SqlKind.Int => value is >= int.MinValue and <= int.MaxValue,
            _ => true,
        };

    /// <summary>The affinity that keeps SQLite from touching the stored form.</summary>
    public string SqliteAffinity =>
        this switch
        {
            // Not INTEGER: as a primary key that would be SQLite's row number, which takes NULL for "the next one".
            { IsWhole: true } => "INT",
            { IsApproximate: true } => "REAL",
            { IsBinary: true } => "BLOB",
            _ => "TEXT",
        };

    /// <summary>The collation under which two stored forms compare as SQL Server would compare the values; null: SQLite's own order is right.</summary>
    public string? SqliteCollation =>
        this switch
        {
            { IsText: true } => Collations.Text,
            { IsExact: true } => Collations.Number,
            { Kind: SqlKind.DateTimeOffset } => Collations.Instant,
            { Kind: SqlKind.UniqueIdentifier } => Collations.Text,
            _ => null,
        };

    /// <summary>The bare name, as messages and sys.types spell it.</summary>
    public string Name => Kind == SqlKind.Variant ? "sql_variant" : Kind.ToString().ToLowerInvariant();

    /// <summary>The type as T-SQL writes it: nvarchar(max), decimal(25,0), datetime2(7).</summary>
    public override string ToString() =>
        this switch
        {
            { IsText: true } or { IsBinary: true } => $"{Name}({(Length == Max ? "max" : Length.ToString(Invariant))})",
            { Kind: SqlKind.Decimal } => $"{Name}({Precision},{Scale})",
            { Kind: SqlKind.DateTime2 or SqlKind.DateTimeOffset or SqlKind.Time } => $"{Name}({Scale})",
            _ => Name,
        };

    private static readonly System.Globalization.CultureInfo Invariant = System.Globalization.CultureInfo.InvariantCulture;
}
