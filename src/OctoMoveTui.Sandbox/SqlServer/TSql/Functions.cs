using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

internal delegate object? FunctionBody(StatementContext context, object?[] arguments);

/// <summary>
/// A built-in function. Signature: one letter an argument, the last repeats: t text, i whole number, n number, d date and time, b binary,
/// * as it is. A NULL argument makes the result NULL unless the function says that it cares.
/// </summary>
internal sealed record ScalarFunction(
    string Name,
    string Signature,
    int Least,
    int Most,
    Func<SqlType[], SqlType> Result,
    FunctionBody Body
)
{
    public bool TakesNull { get; init; }

    public char SignatureAt(int index) => Signature.Length == 0 ? '*' : Signature[Math.Min(index, Signature.Length - 1)];
}

/// <summary>The built-in functions, all of them: what isn't here is error 195.</summary>
internal static class Functions
{
    private static readonly Dictionary<string, ScalarFunction> All = new ScalarFunction[][]
    {
        TextFunctions.All,
        NumberFunctions.All,
        TimeFunctions.All,
        ServerFunctions.All,
        JsonFunctions.All,
        InternalFunctions.All,
    }
        .SelectMany(group => group)
        .ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);

    public static ScalarFunction? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>How SQLite knows it: never by a name that SQLite has itself.</summary>
    public static string SqliteName(string name) => "t_" + name.ToLowerInvariant();

    public static void Register(DatabaseConnection connection)
    {
        foreach (var function in All.Values)
        {
            connection.Sqlite.CreateFunction(SqliteName(function.Name), Call(function));
        }
        Aggregates.Register(connection.Sqlite);

        Func<object?[], object?> Call(ScalarFunction function) =>
            arguments =>
            {
                for (var i = 0; i < arguments.Length; i++)
                {
                    arguments[i] = arguments[i] is DBNull ? null : arguments[i];
                }
                if (!function.TakesNull && Array.IndexOf(arguments, null) >= 0)
                {
                    return null;
                }
                try
                {
                    return Stored.FromClr(function.Body(connection.Context!, arguments));
                }
                catch (SqlServerException failure)
                {
                    connection.Context!.Failure ??= failure;
                    throw;
                }
            };
    }

    // Result types that many functions share.
    public static SqlType IntResult(SqlType[] _) => SqlType.Int;

    public static SqlType NameResult(SqlType[] _) => SqlType.SysName;

    public static SqlType TextResult(SqlType[] _) => SqlType.NVarChar(4000);

    /// <summary>The variable-length kin of the first argument.</summary>
    public static SqlType SameText(SqlType[] types) =>
        types[0] switch
        {
            { IsText: true, IsUnicode: true } text => SqlType.NVarChar(text.Length),
            { IsText: true } text => SqlType.VarChar(text.Length),
            _ => SqlType.NVarChar(4000),
        };
}
