using Microsoft.Data.SqlClient;
using OctoMoveTui.Tests.SqlServer;

namespace OctoMoveTui.Tests.Contract;

/// <summary>A mistake that SQL Server must refuse, and the numbers with which it does, in order.</summary>
internal sealed record Provocation(string Name, int[] Numbers, Func<ContractServer, SqlConnection, Task> Make)
{
    /// <summary>It needs a login of its own: not on a server that knows Windows logins only.</summary>
    public bool NeedsSqlLogin { get; init; }

    /// <summary>Made; returns the errors that came of it.</summary>
    public async Task<IReadOnlyList<RecordedError>> RunAsync(ContractServer server)
    {
        await using var connection = await server.OpenAsync();
        return ContractRecord.ErrorsOf(await Should.ThrowAsync<SqlException>(() => Make(server, connection)));
    }
}

/// <summary>The mistakes that the engine has advice for and that can be made on any server without harm.</summary>
internal static class Provocations
{
    public static readonly IReadOnlyList<Provocation> All =
    [
        // ---- connecting
        new("log in with a wrong password", [18456], (server, _) => OpenAsync(server, "master", server.LowLogin, "wrong")) { NeedsSqlLogin = true },
        new("log in as nobody", [18456], (server, _) => OpenAsync(server, "master", server.Prefix + "_nobody", "wrong")) { NeedsSqlLogin = true },
        new("open a database that is not there", [4060, 18456], (server, _) => OpenAsync(server, server.Prefix + "_none")),
        new("use a database without being a user of it", [916], (server, _) => AsLowAsync(server, "USE model")) { NeedsSqlLogin = true },

        // ---- BACKUP
        new("back up a database that is not there", [911, 3013], (server, on) => on.ExecuteAsync($"BACKUP DATABASE [{server.Prefix}_none] TO DISK = @f WITH FORMAT", File(server))),
        new("back up into a folder that is not there", [3201, 3013], (server, on) => on.ExecuteAsync(
            $"BACKUP DATABASE [{server.Database}] TO DISK = @f WITH FORMAT", ("@f", Missing(server, "x.bak")))),
        new("back up without the right to", [262, 3013], (server, _) => AsLowAsync(server, $"BACKUP DATABASE [{server.Database}] TO DISK = @f WITH FORMAT", File(server))) { NeedsSqlLogin = true },
        new("back up inside a transaction", [3021, 3013], (server, on) => on.ExecuteAsync(
            $"BEGIN TRANSACTION; BACKUP DATABASE [{server.Database}] TO DISK = @f WITH FORMAT; ROLLBACK", File(server))),
        new("back up tempdb", [3147, 3013], (server, on) => on.ExecuteAsync("BACKUP DATABASE tempdb TO DISK = @f WITH FORMAT", File(server))),
        new("back up to 65 devices", [3205, 3013], (server, on) => on.ExecuteAsync(
            $"BACKUP DATABASE [{server.Database}] TO {string.Join(", ", Enumerable.Repeat("DISK = @f", 65))} WITH FORMAT", File(server))),

        // ---- looking at a file
        new("read the header of a file that is not there", [3201, 3013], (server, on) => on.ExecuteAsync("RESTORE HEADERONLY FROM DISK = @f", ("@f", server.InBackupFolder("none.bak")))),
        new("read the header of something else", [3241, 3013], GarbageAsync),
        new("read the header without the right to", [262, 3013], (server, _) => AsLowAsync(server, "RESTORE HEADERONLY FROM DISK = @f", Start(server))) { NeedsSqlLogin = true },
        new("ask for a backup set that is not in the file", [3287, 3013], (server, on) => on.ExecuteAsync("RESTORE FILELISTONLY FROM DISK = @f WITH FILE = 9", Start(server))),
        new("name one stripe of one twice", [3231, 3013], (server, on) => on.ExecuteAsync("RESTORE VERIFYONLY FROM DISK = @f, DISK = @f", Start(server))),
        new("leave a stripe out", [3132, 3013], (server, on) => StripesAsync(server, on, "DISK = @one")),
        new("name a stripe twice", [3227, 3013], (server, on) => StripesAsync(server, on, "DISK = @one, DISK = @one")),
        new("ask for checksums that were never taken", [3187, 3013], async (server, on) =>
        {
            var file = ("@f", (object?)server.NewFile("plain.bak"));
            await on.ExecuteAsync($"BACKUP DATABASE [{server.Database}] TO DISK = @f WITH COPY_ONLY, FORMAT, NO_CHECKSUM", file);
            await on.ExecuteAsync("RESTORE VERIFYONLY FROM DISK = @f WITH CHECKSUM", file);
        }),

        // ---- RESTORE
        new("restore without the right to", [262, 3013], (server, _) => AsLowAsync(server, Restore(server, "low"), Start(server))) { NeedsSqlLogin = true },
        new("restore over a database without the right to", [3110, 3013], (server, _) => AsLowAsync(server, $"RESTORE DATABASE [{server.Database}] FROM DISK = @f WITH REPLACE", Start(server))) { NeedsSqlLogin = true },
        new("restore over another database", [3154, 3013], async (server, on) =>
        {
            await on.ExecuteAsync($"CREATE DATABASE [{server.Prefix}_other]");
            try
            {
                await on.ExecuteAsync(Restore(server, "other"), Start(server));
            }
            finally
            {
                await ContractServer.DropAsync(on, server.Prefix + "_other");
            }
        }),
        new("restore over work that no backup has", [3159, 3013], async (server, on) =>
        {
            await on.ExecuteAsync($"UPDATE [{server.Database}].dbo.Configuration SET JSON = N'[]' WHERE Id = 'other'");
            await on.ExecuteAsync($"RESTORE DATABASE [{server.Database}] FROM DISK = @f", Start(server));
        }),
        new("restore over the files of another", [1834, 3156, 1834, 3156, 3119, 3013], (server, on) => on.ExecuteAsync($"RESTORE DATABASE [{server.Prefix}_new] FROM DISK = @f", Start(server))),
        new("restore into a folder that is not there", [5133, 3156, 3119, 3013], (server, on) => on.ExecuteAsync(
            $"RESTORE DATABASE [{server.Prefix}_new] FROM DISK = @f WITH MOVE N'{server.Database}' TO @m, MOVE N'{server.Database}_log' TO @l",
            Start(server), ("@m", Missing(server, "x.mdf")), ("@l", server.InDataFolder("new.ldf")))),
        new("move two files to one", [3176, 3119, 3013], (server, on) => on.ExecuteAsync(
            $"RESTORE DATABASE [{server.Prefix}_new] FROM DISK = @f WITH MOVE N'{server.Database}' TO @m, MOVE N'{server.Database}_log' TO @m",
            Start(server), ("@m", server.InDataFolder("new.mdf")))),
        new("move a file that is not in the backup", [3234, 3013], (server, on) => on.ExecuteAsync(
            $"RESTORE DATABASE [{server.Prefix}_new] FROM DISK = @f WITH MOVE N'nothing' TO @m", Start(server), ("@m", server.InDataFolder("new.mdf")))),
        new("restore the database that one is in", [3102, 3013], (server, on) => on.ExecuteAsync($"USE [{server.Database}]; RESTORE DATABASE [{server.Database}] FROM DISK = @f WITH REPLACE", Start(server))),
        new("restore a database that others are in", [3101, 3013], async (server, on) =>
        {
            await using var other = await server.OpenAsync(server.Database);
            await on.ExecuteAsync($"RESTORE DATABASE [{server.Database}] FROM DISK = @f WITH REPLACE", Start(server));
        }),
        new("recover what is recovered", [3153, 3013], (server, on) => on.ExecuteAsync($"RESTORE DATABASE [{server.Database}] WITH RECOVERY")),

        // ---- databases and users
        new("write to a read-only database", [3906], (server, on) => InStateAsync(server, on, "READ_ONLY", "READ_WRITE",
            $"UPDATE [{server.Database}].dbo.Configuration SET JSON = N'{{}}'")),
        new("use a database that is offline", [942], (server, on) => InStateAsync(server, on, "OFFLINE", "ONLINE", $"USE [{server.Database}]")),
        new("create a user twice", [15023], (server, on) => on.ExecuteAsync($"USE [{server.Database}]; CREATE USER [{server.LowLogin}] FOR LOGIN [{server.LowLogin}]")),
        new("map a user to a login that is not there", [15151], (server, on) => on.ExecuteAsync($"USE [{server.Database}]; ALTER USER [{server.LowLogin}] WITH LOGIN = [{server.Prefix}_none]")),
        new("make a user the owner", [15110], (server, on) => on.ExecuteAsync($"ALTER AUTHORIZATION ON DATABASE::[{server.Database}] TO [{server.LowLogin}]")),
        new("drop a database that others are in", [3702], async (server, on) =>
        {
            await using var other = await server.OpenAsync(server.Database);
            await on.ExecuteAsync($"DROP DATABASE [{server.Database}]");
        }),
    ];

    private static (string, object?) File(ContractServer server) => ("@f", server.InBackupFolder("never.bak"));

    private static (string, object?) Start(ContractServer server) => ("@f", server.BackupFile);

    /// <summary>A file in a folder that is not there.</summary>
    private static string Missing(ContractServer server, string name) => server.InBackupFolder("none") + (server.BackupFile.Contains('\\', StringComparison.Ordinal) ? '\\' : '/') + name;

    private static string Restore(ContractServer server, string name) => $"RESTORE DATABASE [{server.Prefix}_{name}] FROM DISK = @f WITH {server.MovesTo(name)}";

    private static async Task OpenAsync(ContractServer server, string database, string? login = null, string? password = null) =>
        await (await server.OpenAsync(database, login, password)).DisposeAsync();

    private static async Task AsLowAsync(ContractServer server, string sql, params (string, object?)[] values)
    {
        await using var connection = await server.OpenAsync("master", server.LowLogin, server.LowPassword);
        await connection.ExecuteAsync(sql, values);
    }

    /// <summary>A file that the server may read and that is no backup: the data file of a database that is offline.</summary>
    private static async Task GarbageAsync(ContractServer server, SqlConnection on)
    {
        var file = (string)(await on.ScalarAsync("SELECT physical_name FROM sys.master_files WHERE database_id = DB_ID(@db) AND file_id = 1", ("@db", server.Database)))!;
        await InStateAsync(server, on, "OFFLINE", "ONLINE", "RESTORE HEADERONLY FROM DISK = @f", ("@f", file));
    }

    private static async Task StripesAsync(ContractServer server, SqlConnection on, string devices)
    {
        (string, object?)[] files = [("@one", server.NewFile("1.bak")), ("@two", server.NewFile("2.bak"))];
        await on.ExecuteAsync($"BACKUP DATABASE [{server.Database}] TO DISK = @one, DISK = @two WITH COPY_ONLY, FORMAT, CHECKSUM", files);
        await on.ExecuteAsync($"RESTORE VERIFYONLY FROM {devices}", files[0]);
    }

    private static async Task InStateAsync(ContractServer server, SqlConnection on, string state, string back, string sql, params (string, object?)[] values)
    {
        await on.ExecuteAsync($"ALTER DATABASE [{server.Database}] SET {state} WITH ROLLBACK IMMEDIATE");
        try
        {
            await on.ExecuteAsync(sql, values);
        }
        finally
        {
            await on.ExecuteAsync($"USE master; ALTER DATABASE [{server.Database}] SET {back} WITH ROLLBACK IMMEDIATE");
        }
    }
}
