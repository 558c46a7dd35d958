using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>
/// RESTORE DATABASE. From the moment that planning is over the old content is gone and the database is RESTORING; a restore that is cut
/// short leaves it so.
/// </summary>
internal sealed class RestoreJob(Execution execution, RestoreStatement statement)
{
    private SqlServerInstance Server => execution.Server;

    public async Task RunAsync()
    {
        var name = await MediaOptions.NameAsync(execution, statement.DatabaseName);
        var options = await RestoreOptions.ReadAsync(execution, statement);
        var devices = await MediaOptions.DevicesAsync(execution, statement.Devices);
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
        if (Server.Find(name) is { } existing)
        {
            if (existing.IsSystem)
            {
                throw BackupErrors.SystemDatabase(name);
            }
            if (execution.Session.Database == existing)
            {
                throw BackupErrors.InUseByUs(name);
            }
        }
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var media = MediaSet.Open(Server.Disk, devices);
        var header = media.Header(options.Position);
        var files = new RestorePlan(execution, name, media, options).Check();
        var database = await ReplaceAsync(name, header, files, options);
        try
        {
            await CopyAsync(database, media, header, options);
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

    private async Task<DatabaseState> ReplaceAsync(
        string name,
        BackupHeader header,
        IReadOnlyList<DatabaseFile> files,
        RestoreOptions options
    )
    {
        var existing = Server.Find(name);
        if (existing is not null)
        {
            if (Server.UsersOf(existing, execution.Session).Count > 0 || existing.Pool.Rented > 0)
            {
                throw BackupErrors.InUse();
            }
            if (!await existing.FileOperations.WaitAsync(0, execution.Cancel))
            {
                throw BackupErrors.Serialized();
            }
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

    private async Task CopyAsync(DatabaseState database, MediaSet media, BackupHeader header, RestoreOptions options)
    {
        var damage = options.Checksum ? media.FirstDamage(header.Position) : null;
        var content = media.Content(header.Position);
        foreach (var log in database.Files.Where(file => file.IsLog))
        {
            await File.WriteAllTextAsync(log.Path, "", execution.Cancel);
        }
        await using var file = new FileStream(database.DataFile.Path, FileMode.Create, FileAccess.Write, FileShare.Read);
        await new Progress(execution, CurrentCommand.Restore, options.Stats).RunAsync(
            "RESTORE DATABASE",
            percent =>
            {
                if (damage is { } block && percent == 100)
                {
                    throw BackupErrors.DamagedPage(block * 8, database.Name);
                }
                file.Write(content.AsSpan((int)file.Position, (int)((long)content.Length * percent / 100 - file.Position)));
            }
        );
    }

    private async Task FinishAsync(
        DatabaseState database,
        BackupHeader header,
        RestoreOptions options,
        IReadOnlyList<string> devices,
        TimeSpan took
    )
    {
        var progress = new Progress(execution, CurrentCommand.Restore, options.Stats);
        var pages = 0L;
        foreach (var file in header.Files)
        {
            var own = file.IsLog ? 2 : file.Bytes / DatabaseFile.PageBytes;
            pages += own;
            await progress.SayAsync(
                new SqlMessage(
                    4035,
                    1,
                    0,
                    $"Processed {own} pages for database '{database.Name}', file '{file.LogicalName}' on file {header.Position}."
                )
            );
        }
        var now = ServerProperties.InternalVersion(Server);
        if (header.InternalVersion < now && options.Recovery)
        {
            await progress.SayAsync(
                new SqlMessage(
                    951,
                    1,
                    0,
                    $"Database '{database.Name}' running the upgrade step from version {header.InternalVersion} to version {now}."
                )
            );
        }
        if (options.Recovery)
        {
            BringOnline(database, header, options);
        }
        else
        {
            database.AwaitsRecovery = () => BringOnline(database, header, options);
        }
        Server.History.AddRestore(
            header,
            devices,
            database.Name,
            execution.Session.Login.Name,
            Server.LocalNow,
            options.Replace,
            options.Recovery
        );
        await progress.SayAsync(new SqlMessage(3014, 1, 0, BackupJob.Summary("RESTORE DATABASE", pages, took)));
        execution.Done(CurrentCommand.Restore);
    }

    /// <summary>Settings and users come out of the backup, orphans included; what another server must grant anew is off.</summary>
    private void BringOnline(DatabaseState database, BackupHeader header, RestoreOptions options)
    {
        var foreign = header.Server != Server.Options.Name;
        database.Settings = header.Settings with
        {
            Access = options.RestrictedUser ? UserAccess.RestrictedUser : header.Settings.Access,
            Trustworthy = false,
            DbChaining = false,
            Broker = header.Settings.Broker && !foreign && header.Database == database.Name,
        };
        database.FamilyGuid = header.FamilyGuid;
        database.RecoveryFork = Guid.NewGuid();
        foreach (var user in header.Users)
        {
            database.Users[user.Name] = user;
        }
        database.AwaitsRecovery = null;
        database.Status = DatabaseStatus.Online;
    }
}
