using static OctoMoveTui.Sandbox.SqlServer.Catalog.CatalogView;

namespace OctoMoveTui.Sandbox.SqlServer.Catalog;

/// <summary>The machine beneath the server: its system, services, drives and settings.</summary>
internal static class MachineViews
{
    private const int Sql2017 = 14;

    public static readonly CatalogView[] All =
    [
        // Everybody may read this one (its documentation: SELECT is granted to public).
        new("sys.dm_os_host_info", true, Define("host_platform nvarchar256!, host_distribution nvarchar256!, host_release nvarchar256!, host_service_pack_level nvarchar256!, os_language_version int!"),
            context => [context.Server.Paths.IsWindows ? ["Windows", "Windows Server 2022 Standard", "10.0", "", 1033] : ["Linux", "Ubuntu", "22.04", "", 1033]]) { Since = Sql2017 },
        new("sys.dm_server_services", true, Define("""
            servicename nvarchar256!, startup_type int, startup_type_desc nvarchar256!, status int, status_desc nvarchar256!, process_id int, last_startup_time datetimeoffset,
            service_account nvarchar256!, filename nvarchar256!, is_clustered nvarchar1!, cluster_nodename nvarchar256, instant_file_initialization_enabled nvarchar1!
            """), Services),
        new("sys.dm_os_enumerate_fixed_drives", true, Define("fixed_drive_path nvarchar256!, drive_type int!, drive_type_desc nvarchar256!, free_space_in_bytes bigint!"),
            context => OfState(context, [context.Server.Disk.VolumeOf(context.Server.DataFolder), 3, "DRIVE_FIXED", context.Server.Disk.FreeBytes(context.Server.DataFolder)])) { Since = Sql2017 },
        new("sys.dm_os_sys_info", true, Define("cpu_count int!, physical_memory_kb bigint!, sqlserver_start_time datetime!"),
            context => OfState(context, [2, 8_000_000L, context.Server.Started])),
        new("sys.configurations", true, Define("configuration_id int!, name nvarchar35!, value int, value_in_use int, description nvarchar255!"), context =>
        [
            [16393, "contained database authentication", context.Server.Options.ContainedAuthentication, context.Server.Options.ContainedAuthentication, "Enables contained databases and contained authentication"],
            [1579, "backup compression default", 0, 0, "Enable compression of backups by default"],
        ]),
    ];

    private static object?[][] Services(CatalogContext context)
    {
        Permissions.DemandState(context.Statement.Session);
        var options = context.Server.Options;
        var instance = options.Name.Contains('\\', StringComparison.Ordinal) ? options.Name.Split('\\')[1] : "MSSQLSERVER";
        var initialization = options.InstantFileInitialization ? "Y" : "N";
        return
        [
            [$"SQL Server ({instance})", 2, "Automatic", 4, "Running", Environment.ProcessId, new DateTimeOffset(context.Server.Started, context.Server.ToLocal(context.Server.UtcNow).Offset), options.ServiceAccount, "sqlservr", "N", null, initialization],
            [$"SQL Server Agent ({instance})", 3, "Manual", 1, "Stopped", null, null, options.ServiceAccount, "sqlagent", "N", null, "N"],
        ];
    }

    private static object?[][] OfState(CatalogContext context, object?[] row)
    {
        Permissions.DemandState(context.Statement.Session);
        return [row];
    }
}
