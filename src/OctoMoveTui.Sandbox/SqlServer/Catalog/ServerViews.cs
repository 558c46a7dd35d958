using OctoMoveTui.Sandbox.SqlServer.Databases;
using static OctoMoveTui.Sandbox.SqlServer.Catalog.CatalogView;

namespace OctoMoveTui.Sandbox.SqlServer.Catalog;

/// <summary>All databases and their files: those that who asks may see.</summary>
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
            """), context => Visible(context).Select(database => Database(context, database))),
        new("sys.master_files", true, Define("""
            database_id int!, file_id int!, type tinyint!, type_desc nvarchar60, data_space_id int!, name sysname!, physical_name nvarchar260!,
            state tinyint, state_desc nvarchar60, size int!, max_size int!, growth int!, is_read_only bit!
            """), MasterFiles),
        new("sys.database_recovery_status", true, Define("database_id int!, database_guid guid, family_guid guid, last_log_backup_lsn lsn, recovery_fork_guid guid"),
            context => Visible(context).Select(database => database.Status == DatabaseStatus.Online
                ? new object?[] { database.Id, database.FamilyGuid, database.FamilyGuid, null, database.RecoveryFork }
                : [database.Id, null, null, null, null])),
    ];

    private static IEnumerable<DatabaseState> Visible(CatalogContext context) =>
        context.Server.Databases.Where(database => Permissions.Sees(context.Statement.Session, database));

    private static object?[] Database(CatalogContext context, DatabaseState database)
    {
        var (settings, pose) = (database.Settings, database.Pose);
        var (model, verify) = (settings.RecoveryModel switch { "FULL" => 1, "BULK_LOGGED" => 2, _ => 3 }, settings.PageVerify switch { "NONE" => 0, "TORN_PAGE_DETECTION" => 1, _ => 2 });
        return
        [
            database.Name, database.Id, database.SnapshotOf?.Id, database.OwnerSid, database.Created, settings.CompatibilityLevel,
            database.Status == DatabaseStatus.Online ? settings.Collation : null, (byte)settings.Access, ServerProperties.AccessName(settings.Access),
            settings.ReadOnly, settings.AutoClose, settings.AutoShrink,
            (byte)database.Status, ServerProperties.StatusName(database), false, settings.SnapshotIsolation ? 1 : 0, settings.SnapshotIsolation ? "ON" : "OFF",
            settings.ReadCommittedSnapshot, model, settings.RecoveryModel, verify, settings.PageVerify,
            settings.Trustworthy, settings.DbChaining, pose.Published, pose.Subscribed, pose.MergePublished, pose.Distributor,
            settings.Broker, database.ServiceBrokerGuid, pose.ChangeDataCapture, database.EncryptionKey?.IsEncrypted == true,
            settings.Contained ? 1 : 0, settings.Contained ? "PARTIAL" : "NONE", database.Replica is null ? null : context.Server.ReplicaId,
        ];
    }

    /// <summary>Who may create or alter databases sees all files, or who may see all definitions (documentation of sys.master_files).</summary>
    private static IEnumerable<object?[]> MasterFiles(CatalogContext context) =>
        !Permissions.MayCreateDatabases(context.Statement.Session) && Permissions.MayOnServer(context.Server, context.Login, "VIEW ANY DEFINITION") != true ? [] :
        context.Server.Databases.SelectMany(database => database.Files.Select(file => new object?[]
        {
            database.Id, file.Id, file.IsLog ? 1 : 0, file.IsLog ? "LOG" : "ROWS", file.IsLog ? 0 : 1, file.LogicalName, file.Path,
            (byte)database.Status, ServerProperties.StatusName(database), file.Bytes / DatabaseFile.PageBytes, -1, 8192, database.Settings.ReadOnly && !file.IsLog,
        }));
}
