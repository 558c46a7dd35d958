using OctoMoveTui.Sandbox.SqlServer.Databases;
using static OctoMoveTui.Sandbox.SqlServer.Catalog.CatalogView;

namespace OctoMoveTui.Sandbox.SqlServer.Catalog;

/// <summary>sys.databases and the other views of the whole server.</summary>
internal static class ServerViews
{
    public static readonly CatalogView[] All =
    [
        new("sys.databases", true, Define("""
            name sysname!, database_id int!, source_database_id int, owner_sid varbinary85, create_date datetime!, compatibility_level tinyint!,
            collation_name sysname, user_access tinyint, user_access_desc nvarchar60, is_read_only bit, is_auto_close_on bit!, is_auto_shrink_on bit,
            state tinyint, state_desc nvarchar60, is_in_standby bit, snapshot_isolation_state tinyint, snapshot_isolation_state_desc nvarchar60,
            is_read_committed_snapshot_on bit, recovery_model tinyint, recovery_model_desc nvarchar60, page_verify_option tinyint, page_verify_option_desc nvarchar60,
            is_trustworthy_on bit, is_db_chaining_on bit, is_published bit!, is_subscribed bit!, is_merge_published bit!, is_distributor bit!,
            is_broker_enabled bit!, service_broker_guid guid!, is_cdc_enabled bit!, is_encrypted bit, containment tinyint, containment_desc nvarchar60, replica_id guid
            """), Databases),
        new("sys.master_files", true, Define("""
            database_id int!, file_id int!, type tinyint!, type_desc nvarchar60, data_space_id int!, name sysname!, physical_name nvarchar260!,
            state tinyint, state_desc nvarchar60, size int!, max_size int!, growth int!, is_read_only bit!
            """), MasterFiles),
        new("sys.server_principals", true, Define("""
            name sysname!, principal_id int!, sid varbinary85, type char1!, type_desc nvarchar60, is_disabled bit, create_date datetime!, modify_date datetime!,
            default_database_name sysname, default_language_name sysname, is_fixed_role bit!
            """), ServerPrincipals),
        new("sys.sql_logins", true, Define("""
            name sysname!, principal_id int!, sid varbinary85, type char1!, type_desc nvarchar60, is_disabled bit, create_date datetime!,
            default_database_name sysname, is_policy_checked bit, is_expiration_checked bit, password_hash varbinary256
            """), SqlLogins),
        new("sys.server_role_members", true, Define("role_principal_id int!, member_principal_id int!"), ServerRoleMembers),
        new("sys.dm_os_host_info", true, Define("host_platform nvarchar256!, host_distribution nvarchar256!, host_release nvarchar256!, host_service_pack_level nvarchar256!, os_language_version int!"),
            context => OfSysadmin(context, OperatingSystem.IsWindows() ? ["Windows", "Windows Server 2022 Standard", "10.0", "", 1033] : ["Linux", "Ubuntu", "22.04", "", 1033])),
        new("sys.dm_server_services", true, Define("""
            servicename nvarchar256!, startup_type int, startup_type_desc nvarchar256!, status int, status_desc nvarchar256!, process_id int, service_account nvarchar256!,
            is_clustered nvarchar1!, instant_file_initialization_enabled nvarchar1!
            """), context => OfSysadmin(context, ["SQL Server (MSSQLSERVER)", 2, "Automatic", 4, "Running", Environment.ProcessId, context.Server.Options.ServiceAccount, "N", "Y"])),
        new("sys.dm_os_enumerate_fixed_drives", true, Define("fixed_drive_path nvarchar256!, drive_type int!, drive_type_desc nvarchar256!, free_space_in_bytes bigint!"),
            context => OfSysadmin(context, [context.Server.Disk.VolumeOf(context.Server.DataFolder), 3, "DRIVE_FIXED", context.Server.Disk.FreeBytes(context.Server.DataFolder)])),
        new("sys.dm_os_sys_info", true, Define("cpu_count int!, physical_memory_kb bigint!, sqlserver_start_time datetime!"),
            context => OfSysadmin(context, [2, 8_000_000L, context.Server.Started])),
        new("sys.configurations", true, Define("configuration_id int!, name nvarchar35!, value int, value_in_use int, description nvarchar255!"),
            _ => [[16393, "contained database authentication", 0, 0, "Enables contained databases and contained authentication"], [1579, "backup compression default", 0, 0, "Enable compression of backups by default"]]),
        new("sys.database_recovery_status", true, Define("database_id int!, database_guid guid, family_guid guid, last_log_backup_lsn lsn, recovery_fork_guid guid"),
            context => context.Server.Databases.Select(database => database.Status == DatabaseStatus.Online
                ? new object?[] { database.Id, database.FamilyGuid, database.FamilyGuid, null, database.RecoveryFork }
                : [database.Id, null, null, null, null])),
        new("sys.dm_database_encryption_keys", true, Define("database_id int!, encryption_state int!, encryptor_type nvarchar32, encryptor_thumbprint varbinary20, percent_complete real!"), _ => []),
        new("sys.dm_hadr_availability_replica_states", true, Define("replica_id guid!, is_local bit!, role tinyint, role_desc nvarchar60"), _ => []),
        new("sys.database_mirroring", true, Define("database_id int!, mirroring_guid guid, mirroring_state tinyint, mirroring_state_desc nvarchar60"),
            context => context.Server.Databases.Select(database => new object?[] { database.Id, null, null, null })),
        new("sys.certificates", true, Define("name sysname!, certificate_id int!, thumbprint varbinary32!, pvt_key_encryption_type char2!, pvt_key_encryption_type_desc nvarchar60"), _ => []),
    ];

    private static IEnumerable<object?[]> Databases(CatalogContext context) => context.Server.Databases.Select(database =>
    {
        var settings = database.Settings;
        var (model, verify) = (settings.RecoveryModel switch { "FULL" => 1, "BULK_LOGGED" => 2, _ => 3 }, settings.PageVerify switch { "NONE" => 0, "TORN_PAGE_DETECTION" => 1, _ => 2 });
        return new object?[]
        {
            database.Name, database.Id, null, database.OwnerSid, database.Created, settings.CompatibilityLevel,
            database.Status == DatabaseStatus.Online ? settings.Collation : null, (byte)settings.Access, ServerProperties.AccessName(settings.Access),
            settings.ReadOnly, settings.AutoClose, settings.AutoShrink,
            (byte)database.Status, ServerProperties.StatusName(database), false, settings.SnapshotIsolation ? 1 : 0, settings.SnapshotIsolation ? "ON" : "OFF",
            settings.ReadCommittedSnapshot, model, settings.RecoveryModel, verify, settings.PageVerify,
            settings.Trustworthy, settings.DbChaining, false, false, false, false,
            settings.Broker, database.ServiceBrokerGuid, false, false, 0, "NONE", null,
        };
    });

    private static IEnumerable<object?[]> MasterFiles(CatalogContext context) => !context.Login.MayCreateDatabases ? [] :
        context.Server.Databases.SelectMany(database => database.Files.Select(file => new object?[]
        {
            database.Id, file.Id, file.IsLog ? 1 : 0, file.IsLog ? "LOG" : "ROWS", file.IsLog ? 0 : 1, file.LogicalName, file.Path,
            (byte)database.Status, ServerProperties.StatusName(database), file.Bytes / DatabaseFile.PageBytes, -1, 8192, database.Settings.ReadOnly && !file.IsLog,
        }));

    private static IEnumerable<object?[]> ServerPrincipals(CatalogContext context)
    {
        foreach (var login in Visible(context))
        {
            yield return [login.Name, login.Id, login.Sid, "S", "SQL_LOGIN", login.Disabled, login.Created, login.Created, login.DefaultDatabase, "us_english", false];
        }
        var id = 3;
        foreach (var role in FixedRoles.Server)
        {
            yield return [role, id, new[] { (byte)id++ }, "R", "SERVER_ROLE", false, context.Server.Started, context.Server.Started, null, null, true];
        }
    }

    private static IEnumerable<object?[]> SqlLogins(CatalogContext context) => Visible(context).Select(login => new object?[]
    {
        login.Name, login.Id, login.Sid, "S", "SQL_LOGIN", login.Disabled, login.Created, login.DefaultDatabase, true, false,
        context.Login.IsSysadmin && login.Password is not null ? PasswordHash.Of(login) : null,
    });

    /// <summary>Without the right to see definitions a login sees itself and sa.</summary>
    private static IEnumerable<LoginState> Visible(CatalogContext context) => context.Server.Logins.Where(login =>
        context.Login.IsSysadmin || context.Login.ServerRoles.Contains("securityadmin") || login == context.Login || login.Id == 1);

    private static IEnumerable<object?[]> ServerRoleMembers(CatalogContext context) => context.Server.Logins.SelectMany(login =>
        login.ServerRoles.Select(role => new object?[] { 3 + Array.FindIndex(FixedRoles.Server, known => known.Equals(role, StringComparison.OrdinalIgnoreCase)), login.Id }));

    private static object?[][] OfSysadmin(CatalogContext context, object?[] row)
    {
        Permissions.DemandServer(context.Statement.Session, "VIEW SERVER STATE");
        return [row];
    }
}
