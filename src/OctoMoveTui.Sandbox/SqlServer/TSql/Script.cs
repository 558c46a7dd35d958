using System.Collections.Concurrent;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>Text to statements, by Microsoft's own parser: a syntax error is a syntax error.</summary>
internal static class Script
{
    private const int MostRemembered = 2000;
    private static readonly ConcurrentDictionary<string, TSqlScript> Parsed = new(StringComparer.Ordinal);

    public static TSqlScript Parse(string text)
    {
        if (Parsed.TryGetValue(text, out var known))
        {
            return known;
        }
        using var reader = new StringReader(text);
        var fragment = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        if (errors.Count > 0)
        {
            throw SqlErrors.Syntax(Near(text, errors[0]), errors[0].Line);
        }
        var script = (TSqlScript)fragment;
        if (Parsed.Count < MostRemembered)
        {
            Parsed.TryAdd(text, script);
        }
        return script;
    }

    public static ScalarExpression ParseExpression(string text)
    {
        var query = ((SelectStatement)Parse("SELECT " + text).Batches[0].Statements[0]).QueryExpression;
        return ((SelectScalarExpression)((QuerySpecification)query).SelectElements[0]).Expression;
    }

    /// <summary>The declarations in sp_executesql's second argument: name, type, OUTPUT.</summary>
    public static IReadOnlyList<ProcedureParameter> ParseParameters(string declarations)
    {
        if (string.IsNullOrWhiteSpace(declarations))
        {
            return [];
        }
        var procedure = (CreateProcedureStatement)Parse($"CREATE PROCEDURE p {declarations} AS RETURN").Batches[0].Statements[0];
        return [.. procedure.Parameters];
    }

    /// <summary>The fragment as it was written.</summary>
    public static string TextOf(TSqlFragment fragment) =>
        fragment.FirstTokenIndex < 0
            ? ""
            : string.Concat(
                fragment
                    .ScriptTokenStream.Skip(fragment.FirstTokenIndex)
                    .Take(fragment.LastTokenIndex - fragment.FirstTokenIndex + 1)
                    .Select(token => token.Text)
            );

    private static string Near(string text, ParseError error)
    {
        var at = Math.Clamp(error.Offset, 0, text.Length);
        var word = new string([.. text.Skip(at).TakeWhile(c => !char.IsWhiteSpace(c)).Take(30)]);
        return word.Length > 0 ? word : text[Math.Max(0, at - 1)..Math.Min(text.Length, at + 1)].Trim();
    }
}
