using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Checks;

/// <summary>
/// The probe backup: its name comes from the move's id, so that a repeated or interrupted check overwrites its own file and nobody else's.
/// </summary>
internal static class ProbeFiles
{
    /// <summary>The scripts that write, read and delete it.</summary>
    internal static readonly string[] Scripts =
        ["describe-database", "list-files", "read-rights", "back-up-probe", "read-backup-header", "delete-backup-file", "look-at-path"];

    // A database up to this size is backed up whole when model may not be: some seconds, and some hundred megabytes for as long.
    internal const long LargestDatabase = 256L * 1024 * 1024;

    /// <summary>Writes it.</summary>
    /// <exception cref="MoveFailure">The server can't, or the login may not.</exception>
    internal static async Task<ProbeBackup> WriteAsync(SqlInquiry sql, SqlServer old, string database)
    {
        var probe = new ProbeBackup(ServerPath.ProbeBeside(sql.Plan.Backup.FileOnOldSql), Guid.NewGuid());
        await sql.RunAsync(
            old, "back-up-probe", [probe.File],
            ("@db", database), ("@name", "OctoMoveTui probe"), ("@description", probe.Description), ("@media", $"probe {sql.Plan.MoveId}"));
        return probe;
    }

    /// <summary>Puts it into the move folder, when the backup is going to travel there too.</summary>
    /// <exception cref="MoveFailure">It can't be read where the plan says, or not be written.</exception>
    internal static async Task StageAsync(SqlInquiry sql)
    {
        if (sql.Plan.Backup.ThroughMoveFolder)
        {
            var from = ServerPath.ProbeBeside(sql.Plan.Backup.CarryFrom);
            await FileCarrier.CarryAsync(from, sql.Scene.Folder.StagedBackup(from), forServers: false, (_, _) => { }, sql.Cancel);
        }
    }

    /// <summary>The file that the new side carries from: in the move folder, or where the old side's folder is seen.</summary>
    internal static string CarriedFrom(SqlInquiry sql)
    {
        var from = ServerPath.ProbeBeside(sql.Plan.Backup.CarryFrom);
        return sql.Plan.Backup.ThroughMoveFolder ? sql.Scene.Folder.StagedBackup(from) : from;
    }

    /// <summary>
    /// Deletes it: by the server where the login may, else by octomove where that is the machine, and the same path leads there.
    /// </summary>
    /// <returns>False when it is still there, as far as can be told.</returns>
    internal static async Task<bool> DeleteAsync(SqlServer server, string file, CancellationToken cancel)
    {
        if (BackupDevices.IsUrl(file))
            return false;
        try
        {
            // It says nothing when it deleted nothing, so the server is asked before and after; only a sysadmin is told.
            await using var session = await server.OpenMasterAsync(cancel);
            var was = await IsThereAsync(session, file, cancel);
            await session.ExecuteAsync(SqlScript.Text("delete-backup-file"), cancel, ("@file", file));
            if (was && !await IsThereAsync(session, file, cancel))
                return true;
        }
        catch (MoveFailure)
        {
            // No right to it: octomove may have one.
        }

        return DeleteHere(file);
    }

    /// <summary>Deletes it as a file of this machine.</summary>
    internal static bool DeleteHere(string file)
    {
        try
        {
            if (!File.Exists(file))
                return false;
            Disk.Delete(file);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task<bool> IsThereAsync(SqlSession session, string file, CancellationToken cancel) => (await session.QueryAsync(
        SqlScript.Text("look-at-path"), row => row.Flag("File Exists"), cancel, ("@path", file))).Single();
}
