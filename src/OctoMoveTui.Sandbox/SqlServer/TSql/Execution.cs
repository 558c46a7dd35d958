using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Sessions;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>The variables and parameters of one batch.</summary>
internal sealed class VariableScope : IVariables
{
    private readonly Dictionary<string, (SqlType Type, object? Value)> variables = new(StringComparer.OrdinalIgnoreCase);

    public (SqlType Type, object? Value)? Find(string name) => variables.TryGetValue(name, out var found) ? found : null;

    public void Declare(string name, SqlType type, object? value)
    {
        if (!variables.TryAdd(name, (type, value)))
        {
            throw SqlErrors.DuplicateVariable(name);
        }
    }

    public void Set(string name, SqlType from, object? value)
    {
        var (type, _) = Find(name) ?? throw SqlErrors.UnknownVariable(name);
        variables[name] = (type, Conversion.Convert(value, from, type));
    }
}

/// <summary>Everything that a running statement needs: who runs it, where its answer goes, in which database's context, with which variables.</summary>
internal sealed class Execution(
    SqlSession session,
    TokenWriter tokens,
    VariableScope variables,
    DatabaseState? context,
    CancellationToken cancel
)
{
    public SqlSession Session => session;
    public SqlServerInstance Server => session.Server;
    public TokenWriter Tokens => tokens;
    public CancellationToken Cancel => cancel;
    public VariableScope Variables => variables;

    /// <summary>EXEC [db].sys.sp_executesql runs in that database whatever the session's own is.</summary>
    public DatabaseState Database => context ?? session.Database;

    /// <summary>A fault that a long statement should suffer on its way.</summary>
    public Strike? LaterFault { get; set; }

    /// <summary>Errors inside TRY are not told to the client.</summary>
    public int TryDepth { get; init; }

    public Execution Nested(VariableScope inner, DatabaseState? database) =>
        new(session, tokens, inner, database ?? context, cancel) { TryDepth = TryDepth };

    public Execution InsideTry() => new(session, tokens, variables, context, cancel) { TryDepth = TryDepth + 1 };

    public Translation Translate() => new(session, Database, variables);

    public void Done(ushort command, long? count = null)
    {
        session.RowCount = count ?? 0;
        session.LastError = 0;
        tokens.Done(command, session.Options.NoCount ? null : count);
    }
}
