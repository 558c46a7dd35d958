using OctoMoveTui.Sandbox.SqlServer.Databases;

namespace OctoMoveTui.Sandbox.SqlServer.Sessions;

/// <summary>One connection's state on the server.</summary>
internal sealed class SqlSession(
    SqlServerInstance server,
    short id,
    LoginState login,
    string host,
    string application,
    DatabaseState database
)
{
    private readonly System.Collections.Concurrent.ConcurrentStack<LoginState> impersonated = [];
    private volatile bool killed;

    public SqlServerInstance Server { get; } = server;
    public short Id { get; } = id;

    /// <summary>As whom it acts now: who logged in, or who that one impersonates.</summary>
    public LoginState Login => impersonated.TryPeek(out var other) ? other : OriginalLogin;

    public LoginState OriginalLogin { get; } = login;

    /// <summary>How many EXECUTE AS are open.</summary>
    public int Impersonations => impersonated.Count;
    public string Host { get; } = host;
    public string Application { get; } = application;
    public DatabaseState Database { get; set; } = database;
    public DatabaseState LoginDatabase { get; } = database;
    public DateTime LoggedIn { get; } = server.LocalNow;
    public DateTime LastRequestStart { get; set; } = server.LocalNow;
    public DateTime LastRequestEnd { get; set; } = server.LocalNow;
    public RunningRequest? Request { get; set; }
    public SessionOptions Options { get; set; } = new();

    /// <summary>In which language it is told what happens.</summary>
    public string Language { get; set; } = Languages.English;

    public string LoginLanguage { get; set; } = Languages.English;
    public TransactionState Transaction { get; } = new();
    public long? ScopeIdentity { get; set; }
    public long RowCount { get; set; }
    public int LastError { get; set; }

    /// <summary>What ERROR_NUMBER() and its kin tell inside CATCH.</summary>
    public SqlServerException? CaughtError { get; set; }

    /// <summary>Closes the connection at once: true with a reset, false with an end of stream. Set by who owns the socket.</summary>
    public Action<bool>? Hangup { get; set; }

    public bool IsKilled => killed;

    /// <summary>KILL, or ALTER DATABASE … WITH ROLLBACK: the statement stops, the transaction is undone, the connection is gone.</summary>
    public void Kill()
    {
        killed = true;
        Hangup?.Invoke(true);
    }

    /// <summary>EXECUTE AS LOGIN.</summary>
    public void Impersonate(LoginState other) => impersonated.Push(other);

    /// <summary>REVERT: back to who it was before; nothing, if it was nobody else.</summary>
    public void Revert(int downTo = -1)
    {
        if (downTo < 0)
        {
            impersonated.TryPop(out _);
        }
        while (downTo >= 0 && impersonated.Count > downTo)
        {
            impersonated.TryPop(out _);
        }
    }

    /// <summary>What a pooled connection's next user may not inherit.</summary>
    public void Reset()
    {
        impersonated.Clear();
        Transaction.Rollback();
        Options = new SessionOptions();
        Language = LoginLanguage;
        Database = LoginDatabase;
        ScopeIdentity = null;
    }
}

/// <summary>The SET options that change what the double does; the others are only known by name.</summary>
internal sealed record SessionOptions
{
    public bool NoCount { get; init; }
    public bool XactAbort { get; init; }

    /// <summary>Milliseconds; -1: for ever.</summary>
    public int LockTimeout { get; init; } = -1;

    public string? IdentityInsertTable { get; init; }
}
