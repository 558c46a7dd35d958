using System.Text;
using System.Text.Json;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Catalog;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Sessions;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>The variables of a batch.</summary>
internal interface IVariables
{
    (SqlType Type, object? Value)? Find(string name);
}

/// <summary>
/// One statement on its way from T-SQL to SQLite: which database's connection it needs, the catalog views it reads (as JSON, in common
/// table expressions), and its parameters.
/// </summary>
internal sealed class Translation : IDisposable
{
    private readonly Dictionary<string, string> catalogViews = [];
    private readonly StringBuilder commonTables = new();
    private DatabaseConnection? rented;
    private ConnectionPool? rentedFrom;
    private int aliases;

    public Translation(SqlSession session, DatabaseState database, IVariables variables)
    {
        (Session, Database, Variables) = (session, database, variables);
        Expressions = new ExpressionTranslator(this);
        Queries = new QueryTranslator(this);
        Tables = new TableTranslator(this);
    }

    public SqlSession Session { get; }
    public SqlServerInstance Server => Session.Server;

    /// <summary>In whose context the statement runs.</summary>
    public DatabaseState Database { get; }

    public IVariables Variables { get; }
    public ExpressionTranslator Expressions { get; }
    public QueryTranslator Queries { get; }
    public TableTranslator Tables { get; }
    public Dictionary<string, object?> Parameters { get; } = new(StringComparer.Ordinal);

    /// <summary>The database whose tables are used; null: none, only views and expressions.</summary>
    public DatabaseState? Target { get; private set; }

    /// <summary>Common table expressions of the statement itself, by name.</summary>
    public Dictionary<string, IReadOnlyList<SourceColumn>> NamedQueries { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string NextAlias() => $"_{++aliases}";

    /// <summary>The connection that the statement will run on: the transaction's if it has joined, else one of the pool.</summary>
    public DatabaseConnection Connection
    {
        get
        {
            if (Target is not null && Session.Transaction.ConnectionTo(Target) is { } enlisted)
            {
                return enlisted;
            }
            if (rented is null)
            {
                rentedFrom = Target?.Pool ?? Server.Scratch;
                rented = rentedFrom.Rent();
            }
            return rented;
        }
    }

    /// <summary>User tables of one database only: joins across databases are not modelled.</summary>
    public void Use(DatabaseState database)
    {
        if (Target is not null && Target != database)
        {
            throw SqlErrors.NotModelled($"a statement over the databases {Target.Name} and {database.Name}");
        }
        if (Target is null && rented is not null)
        {
            ReturnConnection();
        }
        Target = database;
    }

    /// <summary>Makes rows available under a name that SQLite can select from.</summary>
    public string AddRows(string key, IReadOnlyList<SourceColumn> columns, Func<IEnumerable<object?[]>> rows)
    {
        if (catalogViews.TryGetValue(key, out var known))
        {
            return known;
        }
        var name = $"_view{catalogViews.Count}";
        catalogViews.Add(key, name);
        Parameters.Add("@" + name, ToJson(rows()));
        var values = columns.Select((column, i) => column.Type.IsBinary ? $"unhex(value ->> {i})" : $"value ->> {i}");
        commonTables
            .Append(commonTables.Length == 0 ? "" : ", ")
            .Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{name} ({string.Join(", ", columns.Select(column => Scope.Quote(column.Name)))}) AS MATERIALIZED (SELECT {string.Join(", ", values)} FROM json_each(@{name}))"
            );
        return name;
    }

    /// <summary>The statement with everything that must stand before it.</summary>
    public string Complete(string sql, string statementTables = "")
    {
        var all = string.Join(", ", new[] { commonTables.ToString(), statementTables }.Where(part => part.Length > 0));
        return all.Length == 0 ? sql : $"WITH {all} {sql}";
    }

    public Bound Variable(string name)
    {
        var (type, value) = Variables.Find(name) ?? throw SqlErrors.UnknownVariable(name);
        var parameter = "@p_" + name[1..].ToLowerInvariant().Replace('#', '_').Replace('$', '_').Replace('@', '_');
        Parameters[parameter] = value;
        return new Bound(parameter, type);
    }

    private static string ToJson(IEnumerable<object?[]> rows)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartArray();
                foreach (var value in row)
                {
                    switch (Stored.FromClr(value))
                    {
                        case null:
                            json.WriteNullValue();
                            break;
                        case long whole:
                            json.WriteNumberValue(whole);
                            break;
                        case double real:
                            json.WriteNumberValue(real);
                            break;
                        case byte[] bytes:
                            json.WriteStringValue(Convert.ToHexString(bytes));
                            break;
                        case var text:
                            json.WriteStringValue((string)text);
                            break;
                    }
                }
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private void ReturnConnection()
    {
        if (rented is not null)
        {
            rentedFrom!.Return(rented);
            rented = null;
        }
    }

    public void Dispose() => ReturnConnection();

    public static IReadOnlyList<string> Parts(MultiPartIdentifier name) => [.. name.Identifiers.Select(part => part.Value)];
}
