using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Sessions;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Databases;

/// <summary>CREATE DATABASE, DROP DATABASE, DBCC CHECKDB; ALTER DATABASE has a file of its own.</summary>
internal static class DatabaseStatements
{
    public static Task RunAsync(Execution execution, TSqlStatement statement) =>
        statement switch
        {
            CreateDatabaseStatement create => CreateAsync(execution, create),
            DropDatabaseStatement drop => DropAsync(execution, drop),
            AlterDatabaseSetStatement set => new AlterDatabase(execution).SetAsync(set),
            DbccStatement { Command: DbccCommand.CheckDB } check => CheckAsync(execution, check),
            DbccStatement other => throw SqlErrors.NotModelled($"DBCC {other.DllName ?? other.Command.ToString().ToUpperInvariant()}"),
            _ => throw SqlErrors.NotModelled(statement.GetType().Name.Replace("Statement", "", StringComparison.Ordinal)),
        };

    private static Task CreateAsync(Execution execution, CreateDatabaseStatement create)
    {
        if (execution.Session.Transaction.IsOpen)
        {
            throw SqlErrors.DdlInTransaction("CREATE DATABASE");
        }
        if (create.DatabaseSnapshot is not null)
        {
            SnapshotDatabase.Create(execution, create);
            execution.Done(CurrentCommand.CreateDatabase);
            return Task.CompletedTask;
        }
        if (
            create.FileGroups.Count > 0
            || create.LogOn.Count > 0
            || create.Options.Count > 0
            || create.AttachMode != AttachMode.None
            || create.CopyOf is not null
        )
        {
            throw SqlErrors.NotModelled("CREATE DATABASE with options");
        }
        var session = execution.Session;
        if (!Permissions.MayCreateDatabases(session))
        {
            throw SqlErrors.Denied("CREATE DATABASE", "master");
        }
        session.Server.Create(create.DatabaseName.Value, session.Login.Sid).Settings = new DatabaseSettings
        {
            Collation = create.Collation is { } collation ? Types.Collations.Demand(collation.Value) : session.Server.Options.Collation,
        };
        execution.Done(CurrentCommand.CreateDatabase);
        return Task.CompletedTask;
    }

    private static Task DropAsync(Execution execution, DropDatabaseStatement drop)
    {
        if (execution.Session.Transaction.IsOpen)
        {
            throw SqlErrors.DdlInTransaction("DROP DATABASE");
        }
        foreach (var name in drop.Databases)
        {
            var session = execution.Session;
            if (session.Server.Find(name.Value) is not { } database)
            {
                if (drop.IsIfExists)
                {
                    continue;
                }
                throw SqlErrors.CannotDropDatabase(name.Value);
            }
            if (database.IsSystem)
            {
                throw SqlErrors.SystemDatabase(database.Name);
            }
            if (!MayDrop(session, database))
            {
                throw SqlErrors.CannotDropDatabase(database.Name);
            }
            if (session.Database == database || session.Server.UsersOf(database, session).Count > 0)
            {
                throw SqlErrors.DatabaseInUse(database.Name);
            }
            SnapshotDatabase.DemandNone(session.Server, database);
            session.Server.Drop(database);
        }
        execution.Done(CurrentCommand.None);
        return Task.CompletedTask;
    }

    /// <summary>Who is db_owner stands inside the database: where it can't be opened, only the owner and who may alter any are known.</summary>
    private static bool MayDrop(SqlSession session, DatabaseState database) =>
        Permissions.MayOnServer(session.Server, session.Login, "ALTER ANY DATABASE") == true
        || database.OwnerSid.AsSpan().SequenceEqual(session.Login.Sid)
        || (
            database.Status == DatabaseStatus.Online
            && Permissions.MayInDatabase(session.Server, session.Login, database, "CONTROL") == true
        );

    /// <summary>Clean means no message at all, if NO_INFOMSGS asks for that; SQLite really looks at every page and index.</summary>
    private static async Task CheckAsync(Execution execution, DbccStatement check)
    {
        if (
            check.Options.FirstOrDefault(option =>
                option.OptionKind is not (DbccOptionKind.NoInfoMessages or DbccOptionKind.AllErrorMessages or DbccOptionKind.PhysicalOnly)
            ) is
            { } odd
        )
        {
            throw SqlErrors.NotModelled($"DBCC CHECKDB WITH {odd.OptionKind}");
        }
        var database =
            check.Literals.Count == 0
                ? execution.Database
                : execution.Server.Open(await SessionStatements.TextAsync(execution, check.Literals[0].Value), execution.Session);
        if (!database.IsMember(execution.Session.Login, "db_owner"))
        {
            throw new SqlServerException(
                new SqlMessage(
                    7983,
                    36,
                    14,
                    $"User '{database.UserNameFor(execution.Session.Login)}' does not have permission to run DBCC checkdb for database '{database.Name}'."
                )
            );
        }
        if (execution.Session.Request is { } request)
        {
            request.Command = "DBCC CHECKDB";
        }
        await CountPercentsAsync(execution);
        var errors = FindDamage(database, execution.Cancel);
        if (database.RottenPage is { } page)
        {
            errors.Add($"page (1:{page}). Test (IS_OFF (BUF_IOERR, pBUF->bstat)) failed.");
        }
        var summary = $"CHECKDB found 0 allocation errors and {errors.Count} consistency errors in database '{database.Name}'.";
        if (errors.Count == 0)
        {
            database.LastGoodCheck = execution.Server.LocalNow;
        }
        else
        {
            throw new SqlServerException([
                .. errors.Select(error => new SqlMessage(8939, 98, 16, $"Table error: {error}")),
                new SqlMessage(8990, 1, 10, summary),
            ]);
        }
        if (check.Options.All(option => option.OptionKind != DbccOptionKind.NoInfoMessages))
        {
            execution.Tokens.Message(new SqlMessage(8989, 1, 10, summary));
            execution.Tokens.Message(
                new SqlMessage(2528, 1, 10, "DBCC execution completed. If DBCC printed error messages, contact your system administrator.")
            );
        }
        execution.Done(CurrentCommand.None);
    }

    private static async Task CountPercentsAsync(Execution execution)
    {
        var options = execution.Server.Options;
        for (var percent = 1; percent <= 100 && options.CheckPause > TimeSpan.Zero; percent++)
        {
            await Task.Delay(options.CheckPause, options.Time, execution.Cancel);
            if (execution.Session.Request is { } request)
            {
                request.PercentComplete = percent;
            }
        }
    }

    private static List<string> FindDamage(DatabaseState database, CancellationToken cancel)
    {
        var connection = database.Pool.Rent();
        try
        {
            using var stop = cancel.Register(connection.Interrupt);
            using var command = connection.Sqlite.CreateCommand();
            command.CommandText = "PRAGMA integrity_check";
            using var reader = command.ExecuteReader();
            var found = new List<string>();
            while (reader.Read())
            {
                found.Add(reader.GetString(0));
            }
            return found is ["ok"] ? [] : found;
        }
        catch (SqliteException broken)
        {
            cancel.ThrowIfCancellationRequested();
            return [broken.Message];
        }
        finally
        {
            database.Pool.Return(connection);
        }
    }
}
