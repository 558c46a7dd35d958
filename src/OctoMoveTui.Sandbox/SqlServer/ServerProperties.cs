using OctoMoveTui.Sandbox.SqlServer.Databases;

namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>SERVERPROPERTY, DATABASEPROPERTYEX, @@VERSION. Unknown properties are NULL, as on the real one.</summary>
internal static class ServerProperties
{
    private static readonly Dictionary<int, int> InternalVersions = new()
    {
        [12] = 782,
        [13] = 852,
        [14] = 869,
        [15] = 904,
        [16] = 957,
        [17] = 998,
    };

    public static object? Find(SqlServerInstance server, string property)
    {
        var options = server.Options;
        var parts = options.Name.Split('\\');
        return property.ToLowerInvariant() switch
        {
            "servername" => options.Name,
            "machinename" or "computernamephysicalnetbios" => parts[0],
            "instancename" => parts.Length > 1 ? parts[1] : null,
            "productversion" => options.ProductVersion,
            "productlevel" => "RTM",
            "productmajorversion" => options.ProductVersion.Split('.')[0],
            "productupdatelevel" => "CU1",
            "edition" => options.Edition,
            "editionid" => Editions.IdOf(options.Edition),
            "engineedition" => (long)options.EngineEdition,
            "collation" => options.Collation,
            "ishadrenabled" => server.Databases.Any(database => database.Replica is not null) ? 1L : 0L,
            "isintegratedsecurityonly" => options.WindowsOnly ? 1L : 0L,
            "islocaldb" => options.IsLocalDb ? 1L : 0L,
            "isclustered" or "issingleuser" or "isxtpsupported" => 0L,
            "isfulltextinstalled" => 0L,
            "instancedefaultdatapath" => server.DataFolder + server.Paths.Separator,
            "instancedefaultlogpath" => server.LogFolder + server.Paths.Separator,
            "instancedefaultbackuppath" => options.Major >= 15 ? server.BackupFolder : null,
            "processid" => (long)Environment.ProcessId,
            "lcid" => 1033L,
            _ => null,
        };
    }

    public static object? OfDatabase(SqlServerInstance server, DatabaseState database, string property) =>
        property.ToLowerInvariant() switch
        {
            "status" => StatusName(database),
            "updateability" => database.Settings.ReadOnly ? "READ_ONLY" : "READ_WRITE",
            "useraccess" => AccessName(database.Settings.Access),
            "recovery" => database.Settings.RecoveryModel,
            "collation" => database.Settings.Collation,
            "version" => database.Status == DatabaseStatus.Online ? InternalVersion(server) : null,
            "isreadcommittedsnapshoton" => database.Settings.ReadCommittedSnapshot ? 1L : 0L,
            "isautoclose" => database.Settings.AutoClose ? 1L : 0L,
            "isautoshrink" => database.Settings.AutoShrink ? 1L : 0L,
            "lastgoodcheckdbtime" => KnowsLastCheck(server.Options) ? Types.Stored.FromDateTime(database.LastGoodCheck ?? NeverChecked) : null,
            _ => null,
        };

    private static readonly DateTime NeverChecked = new(1900, 1, 1);

    /// <summary>Since SQL Server 2016 SP2 (documentation of DATABASEPROPERTYEX).</summary>
    private static bool KnowsLastCheck(SqlServerOptions options) => System.Version.Parse(options.ProductVersion) >= new Version(13, 0, 5026);

    /// <summary>The version of the database format, which decides whether a backup can be restored here.</summary>
    public static long InternalVersion(SqlServerInstance server) => InternalVersions.GetValueOrDefault(server.Options.Major, 957);

    public static string StatusName(DatabaseState database) =>
        database.Status switch
        {
            DatabaseStatus.RecoveryPending => "RECOVERY_PENDING",
            var status => status.ToString().ToUpperInvariant(),
        };

    public static string AccessName(UserAccess access) =>
        access switch
        {
            UserAccess.SingleUser => "SINGLE_USER",
            UserAccess.RestrictedUser => "RESTRICTED_USER",
            _ => "MULTI_USER",
        };

    public static string Version(SqlServerInstance server) =>
        $"Microsoft SQL Server {YearOf(server.Options.Major)} (RTM-CU1) - {server.Options.ProductVersion} (X64) \n\t{server.Options.Edition} on {(server.Paths.IsWindows ? "Windows Server 2022" : "Linux")}";

    public static int YearOf(int major) =>
        major switch
        {
            12 => 2014,
            13 => 2016,
            14 => 2017,
            15 => 2019,
            17 => 2025,
            _ => 2022,
        };
}
