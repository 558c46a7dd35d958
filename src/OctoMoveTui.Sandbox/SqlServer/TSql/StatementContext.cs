using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Sessions;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>What functions need to know of the statement that calls them.</summary>
internal sealed class StatementContext(SqlSession session)
{
    public SqlSession Session { get; } = session;
    public SqlServerInstance Server => Session.Server;
    public DatabaseState Database { get; init; } = session.Database;

    /// <summary>One time for the whole statement, as SQL Server has it.</summary>
    public DateTimeOffset Now { get; } = session.Server.UtcNow;

    /// <summary>SQLite carries only text out of a failing function; the real failure waits here.</summary>
    public SqlServerException? Failure { get; set; }

    public DatabaseConnection? Connection { get; set; }
}
