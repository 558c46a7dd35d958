namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>The kinds of SQL Server that a move can meet: <c>options.Express()</c>, <c>options.AzureSqlDatabase()</c>.</summary>
public static class Editions
{
    internal const int ExpressEngine = 4,
        AzureSqlDatabaseEngine = 5,
        ManagedInstanceEngine = 8;

    /// <summary>All features, paid for.</summary>
    public static SqlServerOptions Enterprise(this SqlServerOptions options) =>
        options with { Edition = "Enterprise Edition: Core-based Licensing (64-bit)", EngineEdition = 3 };

    public static SqlServerOptions Standard(this SqlServerOptions options) => options with { Edition = "Standard Edition (64-bit)", EngineEdition = 2 };

    /// <summary>Like Standard by its engine edition, but without compressed backups.</summary>
    public static SqlServerOptions Web(this SqlServerOptions options) => options with { Edition = "Web Edition (64-bit)", EngineEdition = 2 };

    public static SqlServerOptions Express(this SqlServerOptions options) =>
        options with { Edition = "Express Edition (64-bit)", EngineEdition = ExpressEngine };

    /// <summary>Express for one user of one machine.</summary>
    public static SqlServerOptions LocalDb(this SqlServerOptions options) => options.Express() with { IsLocalDb = true };

    /// <summary>No BACKUP, no RESTORE (40510), no USE, no names of other databases (40515).</summary>
    public static SqlServerOptions AzureSqlDatabase(this SqlServerOptions options) =>
        options with { Edition = "SQL Azure", EngineEdition = AzureSqlDatabaseEngine, ProductVersion = "12.0.2000.8" };

    /// <summary>BACKUP and RESTORE by URL only.</summary>
    public static SqlServerOptions ManagedInstance(this SqlServerOptions options) =>
        options with { Edition = "SQL Azure", EngineEdition = ManagedInstanceEngine, ProductVersion = "12.0.2000.8" };

    /// <summary>Amazon's: a database rdsadmin, and sa goes by another name.</summary>
    public static SqlServerOptions AmazonRds(this SqlServerOptions options) => options with { SaName = "rdsa", SystemDatabases = ["rdsadmin"] };

    /// <summary>SERVERPROPERTY('EditionID'): documentation of SERVERPROPERTY.</summary>
    internal static long IdOf(string edition) =>
        edition switch
        {
            "SQL Azure" => 1674378470,
            _ when edition.StartsWith("Enterprise Edition: Core", StringComparison.Ordinal) => 1872460670,
            _ when edition.StartsWith("Enterprise Evaluation", StringComparison.Ordinal) => 610778273,
            _ when edition.StartsWith("Enterprise", StringComparison.Ordinal) => 1804890536,
            _ when edition.StartsWith("Standard", StringComparison.Ordinal) => -1534726760,
            _ when edition.StartsWith("Web", StringComparison.Ordinal) => 1293598313,
            _ when edition.StartsWith("Express", StringComparison.Ordinal) => -1592396055,
            _ => -2117995310,
        };
}
