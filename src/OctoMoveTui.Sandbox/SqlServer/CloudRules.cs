using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>What Azure SQL Database and Managed Instance refuse although they understand it (documentation: T-SQL differences). The words of 419xx are from memory.</summary>
internal static class CloudRules
{
    // There is no machine to look at.
    private static readonly HashSet<string> NotInAzureSqlDatabase = new(StringComparer.OrdinalIgnoreCase)
    {
        "sys.master_files",
        "sys.dm_server_services",
        "sys.dm_os_enumerate_fixed_drives",
        "sys.server_principals",
        "sys.database_mirroring",
        "sys.credentials",
    };

    public static void Check(SqlServerOptions options, TSqlStatement statement)
    {
        switch (options.EngineEdition)
        {
            case Editions.AzureSqlDatabaseEngine:
                switch (statement)
                {
                    case BackupStatement or RestoreStatement:
                        var verb = statement is BackupStatement ? "BACKUP DATABASE" : "RESTORE DATABASE";
                        throw Refusal(40510, 15, $"Statement '{verb}' is not supported in this version of SQL Server.");
                    case UseStatement:
                        throw Refusal(
                            40508,
                            16,
                            "USE statement is not supported to switch between databases. Use a new connection to connect to a different database."
                        );
                    default:
                        return;
                }
            case Editions.ManagedInstanceEngine:
                CheckManagedInstance(statement);
                return;
            default:
                return;
        }
    }

    /// <summary>Names of other databases: 40515.</summary>
    public static void Check(SqlServerOptions options, string? database, string current, string fullName)
    {
        if (
            options.EngineEdition == Editions.AzureSqlDatabaseEngine
            && database is { Length: > 0 }
            && !database.Equals(current, StringComparison.OrdinalIgnoreCase)
            && !database.Equals("tempdb", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw Refusal(40515, 15, $"Reference to database and/or server name in '{fullName}' is not supported in this version of SQL Server.");
        }
    }

    public static bool HasView(SqlServerOptions options, string view) =>
        options.EngineEdition != Editions.AzureSqlDatabaseEngine || !NotInAzureSqlDatabase.Contains(view);

    private static void CheckManagedInstance(TSqlStatement statement)
    {
        switch (statement)
        {
            case BackupStatement backup when backup.Options.All(option => option.OptionKind != BackupOptionKind.CopyOnly):
                throw Refusal(
                    41904,
                    16,
                    "BACKUP DATABASE failed. SQL Database Managed Instance supports only COPY_ONLY full database backups which are initiated by user."
                );
            case BackupStatement { Devices: var devices } when devices.Any(device => device.DeviceType != DeviceType.Url):
            case RestoreStatement { Devices: var sources } when sources.Any(device => device.DeviceType != DeviceType.Url):
                throw Refusal(
                    41902,
                    16,
                    "Unsupported device type. SQL Database Managed Instance supports database restore from URI backup device only."
                );
            case RestoreStatement { Kind: RestoreStatementKind.Database, Options.Count: > 0 }:
                throw Refusal(
                    41901,
                    16,
                    "One or more of the options are not supported for this statement in SQL Database Managed Instance. Review the documentation for supported options."
                );
            default:
                return;
        }
    }

    private static SqlServerException Refusal(int number, byte severity, string text) => new(new SqlMessage(number, 1, severity, text));
}
