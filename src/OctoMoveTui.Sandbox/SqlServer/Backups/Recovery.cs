using OctoMoveTui.Sandbox.SqlServer.Databases;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>What follows when all of a backup is copied: the format is brought up to this server's, and the database comes online.</summary>
internal static class Recovery
{
    /// <summary>After 100 percent a database of an older version is brought up step by step; the client is told.</summary>
    public static async Task UpgradeAsync(SqlServerInstance server, Progress progress, string database, int from)
    {
        var now = (int)ServerProperties.InternalVersion(server);
        if (from >= now)
        {
            return;
        }
        await progress.SayAsync(new SqlMessage(944, 1, 10, $"Converting database '{database}' from version {from} to the current version {now}."));
        for (var version = from; version < now; version++)
        {
            await progress.SayAsync(
                new SqlMessage(951, 1, 10, $"Database '{database}' running the upgrade step from version {version} to version {version + 1}.")
            );
        }
    }

    /// <summary>Settings and users come out of the backup, orphans included; what another server must grant anew is off.</summary>
    public static void BringOnline(SqlServerInstance server, DatabaseState database, BackupHeader header, RestoreOptions options)
    {
        var foreign = header.Server != server.Options.Name;
        database.Settings = header.Settings with
        {
            Access = options.RestrictedUser ? UserAccess.RestrictedUser : header.Settings.Access,
            Trustworthy = false,
            DbChaining = false,
            Broker = header.Settings.Broker && !foreign && header.Database == database.Name,
        };
        database.FamilyGuid = header.FamilyGuid;
        database.RecoveryFork = Guid.NewGuid();
        database.EncryptionKey = header.DatabaseKey;
        database.RottenPage = header.RottenPage;
        foreach (var user in header.Users)
        {
            database.Users[user.Name] = user;
        }
        database.AwaitsRecovery = null;
        database.Status = DatabaseStatus.Online;
    }
}
