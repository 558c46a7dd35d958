using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.TSql;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>Names, texts and numbers in BACKUP and RESTORE: literals or variables.</summary>
internal static class MediaOptions
{
    public static async Task<string> NameAsync(Execution execution, IdentifierOrValueExpression name) =>
        name.Identifier is { } identifier ? identifier.Value : await SessionStatements.TextAsync(execution, name.ValueExpression);

    public static async Task<int> NumberAsync(Execution execution, ScalarExpression? value, int fallback) =>
        value is null ? fallback : (int)await SessionStatements.NumberAsync(execution, value);

    public static async Task<string?> TextAsync(Execution execution, ScalarExpression value)
    {
        var (type, found) = await RowStatements.EvaluateAsync(execution, value);
        return (string?)Conversion.Convert(found, type, SqlType.NVarChar(SqlType.Max));
    }

    public static string Say(int percent) => string.Create(CultureInfo.InvariantCulture, $"{percent} percent processed.");
}
