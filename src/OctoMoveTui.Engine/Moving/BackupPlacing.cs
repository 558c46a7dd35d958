using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>Decides where the backup set goes and in how many files: what is configured, else what the old SQL Server says of itself.</summary>
internal sealed class BackupPlacing(BackupSettings settings, Action<string> detail)
{
    // One file up to here: more are faster only on storage that is, and each is one more that can get lost.
    private const long OneFileBytes = 50L << 30;
    private const int SeveralFiles = 4;

    // BACKUP takes at most 64 devices (error 3205).
    private const int MostFiles = 64;

    /// <summary>The places for the file of that name.</summary>
    /// <exception cref="MoveFailure">The settings contradict each other, or the old SQL Server can't be asked.</exception>
    internal async Task<BackupPlan> PlaceAsync(string file, string oldConnection, CancellationToken cancel)
    {
        RefuseSecrets(settings);
        if (settings.Stripes is < 0 or > MostFiles)
            throw BackupFailures.TooManyStripes(settings.Stripes, MostFiles);
        if (settings.ThroughMoveFolder && (settings.CarryFrom.Length == 0 || settings.CarryTo.Length == 0))
            throw BackupFailures.NothingToCarry();

        var sql = new SqlServer(oldConnection, detail, () => { });
        await using var session = await sql.OpenAsync(sql.Database, cancel);
        var folder = settings.FolderOnOldSql.Length > 0 ? settings.FolderOnOldSql : await DefaultFolderAsync(session, cancel);
        var onNew = settings.FolderOnNewSql.Length > 0 ? settings.FolderOnNewSql : folder;
        return new BackupPlan(Join(folder, file), Join(onNew, file), Join(settings.CarryFrom, file), Join(settings.CarryTo, file))
        {
            ThroughMoveFolder = settings.ThroughMoveFolder,
            Stripes = settings.Stripes > 0 ? settings.Stripes : await session.ReadUsedBytesAsync(cancel) > OneFileBytes ? SeveralFiles : 1,
        };
    }

    /// <summary>Refuses a SAS token or a password in the folders: they are written into plan, journal and statements.</summary>
    /// <exception cref="MoveFailure">There is one. It is not repeated.</exception>
    internal static void RefuseSecrets(BackupSettings settings)
    {
        if (BackupDevices.HoldsSecret(settings.FolderOnOldSql))
            throw BackupFailures.SecretInFolder("Backup:FolderOnOldSql");
        if (BackupDevices.HoldsSecret(settings.FolderOnNewSql))
            throw BackupFailures.SecretInFolder("Backup:FolderOnNewSql");
    }

    // A property only since SQL Server 2019; before, the registry knows, which only a sysadmin may read.
    private static async Task<string> DefaultFolderAsync(SqlSession session, CancellationToken cancel)
    {
        var server = await session.DescribeServerAsync(cancel);
        if (server.BackupPath is { Length: > 0 } known)
            return known;
        try
        {
            var folder = await session.FirstAsync(SqlScript.Text("read-backup-folder"), row => row.Text("Data"), cancel);
            if (!string.IsNullOrEmpty(folder))
                return folder;
        }
        catch (MoveFailure)
        {
            // The data folder is one that the service account can write to in any case.
        }

        return server.DataPath ?? "";
    }

    private static string Join(string folder, string name)
    {
        if (folder.Length == 0)
            return "";
        var separator = folder.Contains('\\', StringComparison.Ordinal) ? '\\' : '/';
        return folder.TrimEnd(separator) + separator + name;
    }
}
