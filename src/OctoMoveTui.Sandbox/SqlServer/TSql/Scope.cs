using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>An expression in SQLite's words, with the type that it has in SQL Server.</summary>
internal sealed record Bound(string Sql, SqlType Type, bool Nullable = true)
{
    /// <summary>A bare NULL takes any type.</summary>
    public bool IsNull { get; init; }

    public bool Identity { get; init; }
    public string? Name { get; init; }

    /// <summary>The collation that a column brings along or that COLLATE gave; null: literals and variables, which take the other side's.</summary>
    public string? Collation { get; init; }

    /// <summary>COLLATE was said: it wins over a column's own.</summary>
    public bool IsCollated { get; init; }
}

internal sealed record SourceColumn(string Name, SqlType Type, bool Nullable, bool Identity = false)
{
    public string? Collation { get; init; }
}

/// <summary>A table, view or derived table in a FROM clause.</summary>
internal sealed record Source(string Alias, IReadOnlyList<SourceColumn> Columns)
{
    /// <summary>schema.table, for names with two parts; empty once an alias hides it.</summary>
    public string TableName { get; init; } = "";

    /// <summary>What SQLite wants before the column's name.</summary>
    public string Qualifier { get; init; } = Scope.Quote(Alias) + ".";
}

/// <summary>What names mean inside one query; the outer query's names are visible from a subquery.</summary>
internal sealed class Scope(Scope? outer = null)
{
    public List<Source> Sources { get; } = [];

    public Bound Resolve(IReadOnlyList<string> parts)
    {
        var column = parts[^1];
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            var found = scope
                .Candidates(parts)
                .SelectMany(source =>
                    source
                        .Columns.Where(candidate => candidate.Name.Equals(column, StringComparison.OrdinalIgnoreCase))
                        .Select(candidate => (source, candidate))
                )
                .ToList();
            switch (found.Count)
            {
                case 1:
                    var (owner, match) = found[0];
                    return new Bound(owner.Qualifier + Quote(match.Name), match.Type, match.Nullable)
                    {
                        Name = match.Name,
                        Identity = match.Identity,
                        Collation = match.Collation,
                    };
                case > 1:
                    throw SqlErrors.AmbiguousColumn(column);
                default:
                    break;
            }
        }
        throw parts.Count == 1 || AllSources().Any(source => IsNamed(source, parts))
            ? SqlErrors.UnknownColumn(column)
            : SqlErrors.UnboundIdentifier(string.Join('.', parts));
    }

    /// <summary>The sources that * or alias.* means.</summary>
    public IEnumerable<Source> Candidates(IReadOnlyList<string> parts) =>
        parts.Count == 1 ? Sources : Sources.Where(source => IsNamed(source, parts));

    private Scope? Outer => outer;

    private IEnumerable<Source> AllSources()
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            foreach (var source in scope.Sources)
            {
                yield return source;
            }
        }
    }

    private static bool IsNamed(Source source, IReadOnlyList<string> parts) =>
        parts.Count == 2
            ? source.Alias.Equals(parts[0], StringComparison.OrdinalIgnoreCase)
            : source.TableName.EndsWith(string.Join('.', parts.Take(parts.Count - 1).TakeLast(2)), StringComparison.OrdinalIgnoreCase);

    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
