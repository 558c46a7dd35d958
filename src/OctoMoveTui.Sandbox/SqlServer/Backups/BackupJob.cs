using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.TSql;
namespace OctoMoveTui.Sandbox.SqlServer.Backups;
internal static class BackupJob { public static Task RunAsync(Execution e, TSqlStatement s) => throw SqlErrors.NotModelled(s.GetType().Name); }
internal static class RestoreStatements { public static Task RunAsync(Execution e, TSqlStatement s) => throw SqlErrors.NotModelled(s.GetType().Name); }
internal static class BackupErrors { public static SqlMessage Terminating(TSqlStatement s) => new(3013, 1, 16, s is BackupStatement ? "BACKUP DATABASE is terminating abnormally." : "RESTORE DATABASE is terminating abnormally."); }
internal static class BackupFile { public static bool IsBackup(string path) => File.Exists(path); }
