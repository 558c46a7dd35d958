using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Databases;

/// <summary>
/// ALTER DATABASE … SET. Most options need the database for themselves: without a termination clause the statement waits for ever behind
/// other sessions, idle ones included; with one, those are thrown out.
/// </summary>
internal sealed class AlterDatabase(Execution execution)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    public async Task SetAsync(AlterDatabaseSetStatement set)
    {
        var name = set.UseCurrent ? execution.Database.Name : set.DatabaseName.Value;
        try
        {
            if (execution.Session.Transaction.IsOpen)
            {
                throw SqlErrors.DdlInTransaction("ALTER DATABASE");
            }
            var database = Find(name, set);
            // No termination clause helps against the session that has the one slot: it must go by itself or by KILL (from memory).
            if (database.Settings.Access == UserAccess.SingleUser && execution.Server.UsersOf(database, execution.Session).Count > 0)
            {
                throw SqlErrors.SingleUserConnected(database.Name);
            }
            if (set.Options.Any(option => NeedsExclusiveUse(option.OptionKind)))
            {
                await ClearAsync(database, set.Termination);
            }
            foreach (var option in set.Options)
            {
                Apply(database, option);
            }
        }
        catch (SqlServerException failure) when (failure.Messages[^1].Number != SqlErrors.AlterFailed.Number && failure.Number != 40515)
        {
            throw new SqlServerException([.. failure.Messages, SqlErrors.AlterFailed]);
        }
        execution.Done(CurrentCommand.AlterDatabase);
    }

    private DatabaseState Find(string name, AlterDatabaseSetStatement set)
    {
        var login = execution.Session.Login;
        var database = execution.Server.Find(name);
        var comesOnline = set.Options.Any(option => option.OptionKind == DatabaseOptionKind.Online);
        var may =
            database is not null
            && (
                comesOnline
                    // Documentation of ALTER DATABASE SET: from offline to online it is not enough to be the database's owner.
                    ? Permissions.MayOnServer(execution.Server, login, "ALTER ANY DATABASE")
                    : Permissions.MayInDatabase(execution.Server, login, database, "ALTER")
            ) == true;
        if (!may)
        {
            throw new SqlServerException(
                new SqlMessage(
                    5011,
                    5,
                    14,
                    $"User does not have permission to alter database '{name}', the database does not exist, or the database is not in a state that allows access checks."
                )
            );
        }
        if (database!.IsSystem)
        {
            throw new SqlServerException(
                new SqlMessage(
                    5058,
                    1,
                    16,
                    $"Option '{set.Options[0].OptionKind.ToString().ToUpperInvariant()}' cannot be set in database '{name}'."
                )
            );
        }
        if (set.Options.Any(option => NeedsExclusiveUse(option.OptionKind)) && (database.Replica is not null || database.Pose.MirroringPartner is not null))
        {
            throw SqlErrors.InMirroringOrGroup(name);
        }
        if (database.SnapshotOf is not null)
        {
            throw new SqlServerException(new SqlMessage(5093, 1, 16, "The operation cannot be performed on a database snapshot."));
        }
        if (database.Status == DatabaseStatus.Restoring)
        {
            throw new SqlServerException(
                new SqlMessage(5052, 1, 16, "ALTER DATABASE is not permitted while a database is in the Restoring state.")
            );
        }
        if (
            database.Status == DatabaseStatus.Offline
            && !comesOnline
            && set.Options.Any(option => option.OptionKind != DatabaseOptionKind.Offline)
        )
        {
            throw SqlErrors.Offline(name);
        }
        return database;
    }

    private static bool NeedsExclusiveUse(DatabaseOptionKind option) =>
        option
            is DatabaseOptionKind.ReadOnly
                or DatabaseOptionKind.ReadWrite
                or DatabaseOptionKind.Offline
                or DatabaseOptionKind.SingleUser
                or DatabaseOptionKind.RestrictedUser
                or DatabaseOptionKind.ReadCommittedSnapshot
                or DatabaseOptionKind.EnableBroker;

    private async Task ClearAsync(DatabaseState database, AlterDatabaseTermination? termination)
    {
        var server = execution.Server;
        if (server.UsersOf(database, execution.Session).Count == 0)
        {
            return;
        }
        switch (termination)
        {
            case { NoWait: true }:
                throw SqlErrors.AlterWouldWait(database.Name);
            case null:
                await WaitAsync(database, execution.Cancel);
                return;
            case { RollbackAfter: { } seconds }:
                using (
                    var patience = new CancellationTokenSource(
                        TimeSpan.FromSeconds(int.Parse(seconds.Value, CultureInfo.InvariantCulture)),
                        server.Options.Time
                    )
                )
                using (var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, execution.Cancel))
                {
                    try
                    {
                        await WaitAsync(database, either.Token);
                        return;
                    }
                    catch (OperationCanceledException) when (!execution.Cancel.IsCancellationRequested)
                    {
                        break;
                    }
                }
            default:
                break;
        }
        execution.Tokens.Message(
            new SqlMessage(5060, 1, 10, "Nonqualified transactions are being rolled back. Estimated rollback completion: 0%.")
        );
        while (server.UsersOf(database, execution.Session) is { Count: > 0 } users)
        {
            foreach (var user in users)
            {
                user.Kill();
            }
            await Task.Delay(BetweenLooks, TimeProvider.System, execution.Cancel);
        }
        execution.Tokens.Message(
            new SqlMessage(5060, 1, 10, "Nonqualified transactions are being rolled back. Estimated rollback completion: 100%.")
        );
    }

    private async Task WaitAsync(DatabaseState database, CancellationToken cancel)
    {
        if (execution.Session.Request is { } request)
        {
            request.WaitType = "LCK_M_X";
        }
        while (execution.Server.UsersOf(database, execution.Session).Count > 0)
        {
            await Task.Delay(BetweenLooks, TimeProvider.System, cancel);
        }
    }

    private void Apply(DatabaseState database, DatabaseOption option)
    {
        var settings = database.Settings;
        var isOn = option is OnOffDatabaseOption { OptionState: OptionState.On };
        switch (option.OptionKind)
        {
            case DatabaseOptionKind.Offline:
                if (execution.Session.Database == database)
                {
                    SessionStatements.Use(execution, "master");
                }
                database.Status = DatabaseStatus.Offline;
                database.Pool.CloseAll();
                return;
            case DatabaseOptionKind.Online:
                BringOnline(database);
                return;
            case DatabaseOptionKind.Encryption:
                Backups.CertificateStatements.SetEncryption(database, isOn);
                return;
            default:
                database.Settings = option.OptionKind switch
                {
                    DatabaseOptionKind.ReadOnly => settings with { ReadOnly = true },
                    DatabaseOptionKind.ReadWrite => settings with { ReadOnly = false },
                    DatabaseOptionKind.SingleUser => settings with { Access = UserAccess.SingleUser },
                    DatabaseOptionKind.RestrictedUser => settings with { Access = UserAccess.RestrictedUser },
                    DatabaseOptionKind.MultiUser => settings with { Access = UserAccess.MultiUser },
                    DatabaseOptionKind.Recovery when option is RecoveryDatabaseOption recovery => settings with
                    {
                        RecoveryModel = NameOf(recovery.Value),
                    },
                    DatabaseOptionKind.PageVerify when option is PageVerifyDatabaseOption verify => settings with
                    {
                        PageVerify = verify.Value switch
                        {
                            PageVerifyDatabaseOptionKind.None => "NONE",
                            PageVerifyDatabaseOptionKind.TornPageDetection => "TORN_PAGE_DETECTION",
                            _ => "CHECKSUM",
                        },
                    },
                    DatabaseOptionKind.ReadCommittedSnapshot => settings with { ReadCommittedSnapshot = isOn },
                    DatabaseOptionKind.AllowSnapshotIsolation => settings with { SnapshotIsolation = isOn },
                    DatabaseOptionKind.AutoClose => settings with { AutoClose = isOn },
                    DatabaseOptionKind.AutoShrink => settings with { AutoShrink = isOn },
                    DatabaseOptionKind.Trustworthy => settings with { Trustworthy = isOn },
                    DatabaseOptionKind.DBChaining => settings with { DbChaining = isOn },
                    DatabaseOptionKind.EnableBroker => settings with { Broker = true },
                    DatabaseOptionKind.DisableBroker => settings with { Broker = false },
                    DatabaseOptionKind.CompatibilityLevel when option is LiteralDatabaseOption level => settings with
                    {
                        CompatibilityLevel = byte.Parse(level.Value.Value, CultureInfo.InvariantCulture),
                    },
                    _ => throw SqlErrors.NotModelled($"ALTER DATABASE SET {option.OptionKind}"),
                };
                execution.Server.Altered?.Invoke();
                return;
        }
    }

    private static void BringOnline(DatabaseState database)
    {
        if (!File.Exists(database.DataFile.RealPath))
        {
            throw new SqlServerException(
                new SqlMessage(
                    5120,
                    101,
                    16,
                    $"Unable to open the physical file \"{database.DataFile.Path}\". Operating system error 2: \"2(The system cannot find the file specified.)\"."
                ),
                new SqlMessage(
                    945,
                    2,
                    14,
                    $"Database '{database.Name}' cannot be opened due to inaccessible files or insufficient memory or disk space. See the SQL Server errorlog for details."
                )
            );
        }
        database.Status = DatabaseStatus.Online;
    }

    private static string NameOf(RecoveryDatabaseOptionKind model) =>
        model switch
        {
            RecoveryDatabaseOptionKind.Simple => "SIMPLE",
            RecoveryDatabaseOptionKind.BulkLogged => "BULK_LOGGED",
            _ => "FULL",
        };
}
