using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Sessions;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>
/// RESTORE DATABASE. From the moment that planning is over the old content is gone and the database is RESTORING; a restore that is cut
/// short leaves it so. Only a new database whose files were not there yet goes away again.
/// </summary>
internal sealed class RestoreJob(Execution execution, RestoreStatement statement)
{
    private SqlServerInstance Server => execution.Server;

    public async Task RunAsync()
    {
        var name = await MediaOptions.NameAsync(execution, statement.DatabaseName);
        var options = await RestoreOptions.ReadAsync(execution, statement);
        var devices = await BackupDevice.ReadAsync(execution, statement.Devices);
        if (statement.Files.Count > 0)
        {
            throw SqlErrors.NotModelled("RESTORE of single files");
        }
        CheckPermission(name);
        if (devices.Count == 0)
        {
            Recover(name, options);
            return;
        }
        CheckExisting(name);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var media = MediaSet.Open(Server, devices);
        var header = media.Header(options.Position);
        var files = new RestorePlan(execution, name, media, options).Check();
        var isNew = Server.Find(name) is null;
        var database = Replace(name, header, files, options);
        try
        {
            var progress = new Progress(execution, CurrentCommand.Restore, options.Stats);
            await CreateFilesAsync(database, progress, isNew);
            await CopyAsync(database, media, header, progress, options);
            await FinishAsync(database, header, options, devices, clock.Elapsed);
        }
        finally
        {
            database.FileOperations.Release();
        }
    }

    private void CheckPermission(string name)
    {
        var login = execution.Session.Login;
        var denied = Server.Faults.IsDenied(login.Name, "CREATE DATABASE") || Server.Faults.IsDenied(login.Name, "RESTORE DATABASE");
        if (Server.Find(name) is not { } existing)
        {
            if (denied || !Permissions.MayCreateDatabases(execution.Session))
            {
                throw SqlErrors.Denied("CREATE DATABASE", "master");
            }
        }
        else if (denied || !(login.MayCreateDatabases || existing.OwnerSid.AsSpan().SequenceEqual(login.Sid)))
        {
            // db_owner is not enough: the roles are inside the database that is about to be overwritten.
            throw BackupErrors.RestoreDenied(name);
        }
    }

    private void CheckExisting(string name)
    {
        if (Server.Find(name) is not { } existing)
        {
            return;
        }
        if (existing.Name.Equals("tempdb", StringComparison.OrdinalIgnoreCase))
        {
            throw BackupErrors.TempDb();
        }
        if (existing.IsSystem)
        {
            throw BackupErrors.SystemDatabase(name);
        }
        if (execution.Session.Database == existing)
        {
            throw BackupErrors.InUseByUs(name);
        }
        if (Server.SnapshotOf(existing) is not null)
        {
            throw new SqlServerException(
                new SqlMessage(5094, 2, 16, "The operation cannot be performed on a database with database snapshots or active DBCC replicas.")
            );
        }
        if (existing.Replica is not null || existing.Pose.MirroringPartner is not null)
        {
            throw BackupErrors.InAvailabilityGroup(name);
        }
    }

    /// <summary>RESTORE DATABASE x WITH RECOVERY, without a backup: ends a restore that was left open on purpose.</summary>
    private void Recover(string name, RestoreOptions options)
    {
        var database = Server.Find(name) ?? throw SqlErrors.UnknownDatabase(name);
        if (database.Status != DatabaseStatus.Restoring || !options.Recovery)
        {
            throw BackupErrors.AlreadyRecovered();
        }
        if (database.AwaitsRecovery is not { } bringOnline)
        {
            throw BackupErrors.CannotRecover();
        }
        bringOnline();
        execution.Tokens.Message(new SqlMessage(3014, 1, 0, BackupJob.Summary("RESTORE DATABASE", 0, TimeSpan.Zero)));
        execution.Done(CurrentCommand.Restore);
    }

    private DatabaseState Replace(string name, BackupHeader header, IReadOnlyList<DatabaseFile> files, RestoreOptions options)
    {
        var existing = Server.Find(name);
        // Whoever sits in it, reads it or backs it up: none of them may be disturbed.
        if (
            existing is not null
            && (Server.UsersOf(existing, execution.Session).Count > 0 || existing.Pool.Rented > 0 || !existing.FileOperations.Wait(0))
        )
        {
            throw BackupErrors.InUse();
        }
        lock (Server.Names)
        {
            if (Server.Find(name) != existing)
            {
                throw SqlErrors.DatabaseExists(name);
            }
            if (existing is not null)
            {
                Server.Drop(existing);
            }
            var database = new DatabaseState(
                name,
                existing?.Id ?? Server.NextDatabaseId(),
                files,
                execution.Session.Login.Sid,
                Server.LocalNow
            )
            {
                Status = DatabaseStatus.Restoring,
                Settings = header.Settings with
                {
                    ReadOnly = false,
                    Access = options.RestrictedUser ? UserAccess.RestrictedUser : UserAccess.MultiUser,
                },
                FamilyGuid = existing?.FamilyGuid ?? header.FamilyGuid,
            };
            database.FileOperations.Wait(0);
            Server.Put(database);
            return database;
        }
    }

    /// <summary>
    /// Data files first, filled with zeros unless the service account may skip that, then the log, always filled: minutes at 0 percent on a
    /// real server.
    /// </summary>
    private async Task CreateFilesAsync(DatabaseState database, Progress progress, bool isNew)
    {
        try
        {
            await progress.BeginAsync("RESTORE DATABASE", Server.Options.InstantFileInitialization ? WaitTypes.ZeroingLog : WaitTypes.CreatingFiles);
            await File.WriteAllBytesAsync(database.DataFile.RealPath, [], execution.Cancel);
        }
        catch when (isNew)
        {
            // Nothing is there yet that could be left behind.
            Server.Drop(database);
            throw;
        }
        execution.Session.Request!.WaitType = WaitTypes.ZeroingLog;
        foreach (var log in database.Files.Where(file => file.IsLog))
        {
            await File.WriteAllBytesAsync(log.RealPath, [], execution.Cancel);
        }
    }

    private async Task CopyAsync(DatabaseState database, MediaSet media, BackupHeader header, Progress progress, RestoreOptions options)
    {
        var (copied, count) = (0, media.BlockCount(header.Position));
        using var blocks = media.Blocks(header.Position).GetEnumerator();
        await using var file = new FileStream(database.DataFile.RealPath, FileMode.Create, FileAccess.Write, FileShare.Read);
        await progress.RunAsync(percent =>
        {
            for (; copied < (long)count * percent / 100 && blocks.MoveNext(); copied++)
            {
                var block = blocks.Current;
                // Checksums are looked at wherever there are some, unless somebody asked not to.
                if (block.Damaged && !options.IgnoresChecksums)
                {
                    throw BackupErrors.DamagedPage(block.Number * 8, database.Name);
                }
                file.Write(block.Content);
            }
        });
    }

    private async Task FinishAsync(
        DatabaseState database,
        BackupHeader header,
        RestoreOptions options,
        IReadOnlyList<BackupDevice> devices,
        TimeSpan took
    )
    {
        var progress = new Progress(execution, CurrentCommand.Restore, options.Stats);
        var pages = await progress.SayPagesAsync(header, database.Name);
        if (options.Recovery)
        {
            await Recovery.UpgradeAsync(Server, progress, database.Name, header.InternalVersion);
            Recovery.BringOnline(Server, database, header, options);
        }
        else
        {
            database.AwaitsRecovery = () => Recovery.BringOnline(Server, database, header, options);
        }
        await progress.WriteHistoryAsync(() =>
            Server.History.AddRestore(
                header,
                [.. devices.Select(device => device.Name)],
                database.Name,
                execution.Session.Login.Name,
                Server.LocalNow,
                options.Replace,
                options.Recovery
            )
        );
        await progress.SayAsync(new SqlMessage(3014, 1, 0, BackupJob.Summary("RESTORE DATABASE", pages, took)));
        execution.Done(CurrentCommand.Restore);
    }
}
