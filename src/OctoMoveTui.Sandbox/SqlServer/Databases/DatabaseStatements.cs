using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.TSql;
namespace OctoMoveTui.Sandbox.SqlServer.Databases;
internal static class DatabaseStatements { public static Task RunAsync(Execution e, TSqlStatement s) => throw SqlErrors.NotModelled(s.GetType().Name); }
internal static class SecurityStatements { public static Task RunAsync(Execution e, TSqlStatement s) => throw SqlErrors.NotModelled(s.GetType().Name); }
