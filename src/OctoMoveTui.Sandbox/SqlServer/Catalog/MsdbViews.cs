using OctoMoveTui.Sandbox.SqlServer.Backups;
using static OctoMoveTui.Sandbox.SqlServer.Catalog.CatalogView;

namespace OctoMoveTui.Sandbox.SqlServer.Catalog;

/// <summary>The history tables of msdb.</summary>
internal static class MsdbViews
{
    public static readonly CatalogView[] All =
    [
        new("msdb.backupset", true, Define("""
            backup_set_id int!, backup_set_uuid guid!, media_set_id int!, first_family_number tinyint, last_family_number tinyint, position int, software_major_version tinyint,
            name nvarchar128, description nvarchar255, user_name nvarchar128, first_lsn lsn, last_lsn lsn, checkpoint_lsn lsn, database_backup_lsn lsn, database_creation_date datetime,
            backup_start_date datetime, backup_finish_date datetime, type char1, compatibility_level tinyint, backup_size bytes, database_name nvarchar128, server_name nvarchar128,
            machine_name nvarchar128, collation_name nvarchar128, is_snapshot bit, is_readonly bit, is_single_user bit, has_backup_checksums bit, is_damaged bit, is_copy_only bit,
            recovery_model nvarchar60, family_guid guid, database_guid guid, compressed_backup_size bytes
            """), context => context.Server.History.Backups.Select(BackupSet)),
        new("msdb.backupmediafamily", true, Define("""
            media_set_id int!, family_sequence_number tinyint!, media_family_id guid, media_count int, logical_device_name nvarchar128, physical_device_name nvarchar260, device_type tinyint
            """), context => context.Server.History.Backups.DistinctBy(row => row.MediaSetId).SelectMany(row =>
            row.Files.Select((file, i) => new object?[] { row.MediaSetId, i + 1, row.Header.MediaSetId, 1, null, file, row.Header.DeviceType }))),
        new("msdb.backupmediaset", true, Define("media_set_id int!, media_uuid guid, name nvarchar128, description nvarchar255, software_name nvarchar128"), context =>
            context.Server.History.Backups.DistinctBy(row => row.MediaSetId).Select(row => new object?[] { row.MediaSetId, row.Header.MediaSetId, row.Header.MediaName, null, "Microsoft SQL Server" })),
        new("msdb.restorehistory", true, Define("""
            restore_history_id int!, restore_date datetime, destination_database_name nvarchar128, user_name nvarchar128, backup_set_id int!, restore_type char1, replace bit, recovery bit, restart bit
            """), context => context.Server.History.Restores.Select(row => new object?[] { row.Id, row.Date, row.Database, row.User, row.BackupSetId, "D", row.Replace, row.Recovery, false })),
    ];

    private static object?[] BackupSet(BackupSetRow row)
    {
        var header = row.Header;
        return
        [
            row.Id, header.SetGuid, row.MediaSetId, 1, header.Stripes, header.Position, int.Parse(header.ProductVersion.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture),
            header.Name, header.Description, header.User, header.FirstLsn, header.LastLsn, header.FirstLsn, 0m, header.DatabaseCreated,
            header.Started, header.Finished, "D", header.Settings.CompatibilityLevel, (decimal)header.Bytes, header.Database, header.Server,
            header.Machine, header.Settings.Collation, false, header.Settings.ReadOnly, header.Settings.Access == Databases.UserAccess.SingleUser, header.Checksums, header.IsDamaged, header.CopyOnly,
            header.Settings.RecoveryModel, header.FamilyGuid, header.FamilyGuid, (decimal)header.CompressedBytes,
        ];
    }
}
