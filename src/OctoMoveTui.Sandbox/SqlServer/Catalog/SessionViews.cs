using OctoMoveTui.Sandbox.SqlServer.Sessions;
using static OctoMoveTui.Sandbox.SqlServer.Catalog.CatalogView;

namespace OctoMoveTui.Sandbox.SqlServer.Catalog;

/// <summary>Who is connected and what they run. Without VIEW SERVER STATE a login sees only its own session.</summary>
internal static class SessionViews
{
    public static readonly CatalogView[] All =
    [
        new("sys.dm_exec_sessions", true, Define("""
            session_id smallint!, login_time datetime!, host_name nvarchar128, program_name nvarchar128, host_process_id int, login_name nvarchar128!, original_login_name nvarchar128!,
            security_id varbinary85!, status nvarchar30!, database_id smallint!, is_user_process bit!, open_transaction_count int!, last_request_start_time datetime!,
            last_request_end_time datetime, language nvarchar128
            """), context => Visible(context).Select(session => new object?[]
            {
                session.Id, session.LoggedIn, session.Host, session.Application, 1, session.Login.Name, session.OriginalLogin.Name,
                session.Login.Sid, session.Request is null ? "sleeping" : "running", session.Database.Id, true, session.Transaction.Depth, session.LastRequestStart,
                session.LastRequestEnd, session.Language,
            })),
        new("sys.dm_exec_requests", true, Define("""
            session_id smallint!, request_id int!, start_time datetime!, status nvarchar30!, command nvarchar32!, database_id smallint!, blocking_session_id smallint,
            wait_type nvarchar60, wait_time int!, last_wait_type nvarchar60!, percent_complete real!, estimated_completion_time bigint!, total_elapsed_time int!, open_transaction_count int!
            """), context => Visible(context).Where(session => session.Request is not null).Select(session => Request(context, session, session.Request!))),
    ];

    private static object?[] Request(CatalogContext context, SqlSession session, RunningRequest request)
    {
        var elapsed = (context.Server.LocalNow - request.Started).TotalMilliseconds;
        var left = request.PercentComplete > 0 ? elapsed * (100 - request.PercentComplete) / request.PercentComplete : 0;
        return
        [
            session.Id, 0, request.Started, request.WaitType is null ? "running" : "suspended", request.Command, session.Database.Id, (short)0,
            request.WaitType, 0, request.LastWaitType, request.PercentComplete, (long)left, (int)elapsed, session.Transaction.Depth,
        ];
    }

    private static IEnumerable<SqlSession> Visible(CatalogContext context)
    {
        var all = Permissions.MayViewState(context.Server, context.Login);
        return context.Server.Sessions.Where(session => all || session == context.Statement.Session);
    }
}
