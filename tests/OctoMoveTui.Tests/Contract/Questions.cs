using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Tests.SqlServer;

namespace OctoMoveTui.Tests.Contract;

/// <summary>A script of the engine that only reads: where it is asked, and the columns by which the engine reads the answer.</summary>
internal sealed record Question(string Script, string Columns)
{
    /// <summary>Asked in the database itself; else in master.</summary>
    public bool InDatabase { get; init; }

    /// <summary>The first version that can answer; an older one has an error instead.</summary>
    public int Since { get; init; } = 13;

    /// <summary>On these platforms only; null: on all.</summary>
    public string? Platform { get; init; }
}

/// <summary>All scripts of the engine that change nothing.</summary>
internal static class Questions
{
    /// <summary>As much of Octopus Server's schema as the scripts read.</summary>
    public const string Tables = """
        CREATE TABLE dbo.Configuration (Id nvarchar(50) NOT NULL PRIMARY KEY, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.OctopusServerInstallationHistory ([Version] nvarchar(50) NOT NULL, Node nvarchar(200) NOT NULL, Installed datetimeoffset NOT NULL);
        CREATE TABLE dbo.Account (Id nvarchar(50) NOT NULL PRIMARY KEY, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.VariableSet (Id nvarchar(150) NOT NULL PRIMARY KEY, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.ServerTask (Id nvarchar(50) NOT NULL PRIMARY KEY, Description nvarchar(max) NOT NULL, State nvarchar(50) NOT NULL, QueueTime datetimeoffset NOT NULL);
        INSERT dbo.OctopusServerInstallationHistory VALUES ('2026.2.3', 'OLD', SYSDATETIMEOFFSET());
        INSERT dbo.Configuration VALUES ('features', N'{}'), ('other', N'{}');
        INSERT dbo.ServerTask VALUES ('ServerTasks-1', N'Deploy', 'Executing', SYSDATETIMEOFFSET());
        """;

    public static readonly IReadOnlyList<Question> All =
    [
        new("describe-server", """
            server_name nvarchar, machine_name nvarchar, instance_name nvarchar, product_version nvarchar, product_level nvarchar, update_level nvarchar, edition nvarchar,
            engine_edition int, edition_id bigint, collation nvarchar, windows_only int, is_local_db int, data_path nvarchar, log_path nvarchar, backup_path nvarchar
            """),
        new("describe-platform", "host_platform nvarchar, host_distribution nvarchar, host_release nvarchar") { Since = 14 },
        new("read-database-version", "database_version int"),
        new("list-edition-features", "feature_name nvarchar") { InDatabase = true },
        new("describe-database", """
            name nvarchar, database_id int, state tinyint, state_desc nvarchar, user_access_desc nvarchar, is_read_only bit, recovery_model_desc nvarchar,
            compatibility_level tinyint, collation_name nvarchar, is_read_committed_snapshot_on bit, snapshot_isolation_state_desc nvarchar, is_encrypted bit,
            is_published bit, is_subscribed bit, is_merge_published bit, is_distributor bit, is_cdc_enabled bit, is_auto_close_on bit, is_auto_shrink_on bit,
            page_verify_option_desc nvarchar, containment tinyint, is_broker_enabled bit, is_trustworthy_on bit, is_db_chaining_on bit, source_database_id int,
            replica_id nvarchar, owner nvarchar, create_date datetime
            """),
        new("find-other-collations", "schema_name nvarchar, table_name nvarchar, column_name nvarchar, collation_name nvarchar") { InDatabase = true },
        new("list-files", "name nvarchar, type tinyint, type_desc nvarchar, physical_name nvarchar, size_bytes bigint, used_bytes bigint") { InDatabase = true },
        new("read-encryption", "encryption_state int, encryptor_type nvarchar, thumbprint varchar"),
        new("find-certificate", "name nvarchar, private_key nvarchar"),
        new("find-certificate-name", "name nvarchar"),
        new("read-availability", "replica_id nvarchar, mirroring_state_desc nvarchar"),
        new("find-snapshots", "name nvarchar"),
        new("read-rights", """
            login_name nvarchar, sysadmin int, dbcreator int, create_any_database int, alter_any_database int, alter_any_login int, view_server_state int,
            backup_database int, alter_database int, read_database int
            """),
        new("read-service-account", "servicename nvarchar, service_account nvarchar, status_desc nvarchar, instant_file_initialization_enabled nvarchar"),
        new("look-at-path", "File Exists int, File is a Directory int, Parent Directory Exists int"),
        new("read-free-space", "volume nvarchar, available_bytes bigint, total_bytes bigint"),
        new("read-drives", "volume nvarchar, available_bytes bigint") { Since = 14 },
        new("find-clashing-files", "database_name nvarchar, physical_name nvarchar"),
        new("recognise-octopus", "is_octopus int, tables bigint") { InDatabase = true },
        new("find-running-backups", "session_id smallint, command nvarchar, percent_complete real, database_name nvarchar"),
        new("find-last-backups", "backup_finish_date datetime, type char, is_copy_only bit, is_damaged bit"),
        new("read-last-check", "last_good_check datetime"),
        new("find-sessions", "session_id smallint, login_name nvarchar, host_name nvarchar, program_name nvarchar, status nvarchar"),
        new("recognise-cloud", "is_rds int"),
        new("read-clock", "utc datetime2, offset_minutes int"),
        new("find-backup", """
            backup_set_uuid uniqueidentifier, backup_start_date datetime, backup_finish_date datetime, backup_size numeric, compressed_backup_size numeric, position int,
            first_lsn numeric, last_lsn numeric, checkpoint_lsn numeric, database_backup_lsn numeric, family_guid uniqueidentifier, has_backup_checksums bit, is_damaged bit
            """),
        new("find-restore", """
            restore_date datetime, user_name nvarchar, replace bit, recovery bit, backup_set_uuid uniqueidentifier, description nvarchar, server_name nvarchar
            """),
        new("find-login", "name nvarchar, type_desc nvarchar, is_disabled bit"),
        new("read-login", "name nvarchar, sid varbinary, password_hash varbinary, is_disabled bit"),
        new("find-sa", "sa_name nvarchar"),
        new("find-users", "user_name nvarchar, user_type char, login_by_sid nvarchar, login_by_name nvarchar") { InDatabase = true },
        new("list-tables", "schema_name nvarchar, table_name nvarchar") { InDatabase = true },
        new("read-family", "family_guid uniqueidentifier"),
        new("read-progress", "command nvarchar, percent_complete float, remaining bigint, wait_type nvarchar, blocking_session_id smallint"),
        new("find-asymmetric-key", "name nvarchar"),
        new("read-service-name", "service_account nvarchar"),
        new("find-credential", "name nvarchar, credential_identity nvarchar"),
        new("default-domain", "domain_name nvarchar, machine_name nvarchar"),
        new("count-rows", "row_count bigint") { InDatabase = true },
        new("who-am-i", "login_name nvarchar, user_name nvarchar, db_owner int, database_name nvarchar") { InDatabase = true },
        new("prove-as-login", "login_name nvarchar, db_owner int") { InDatabase = true },
        new("read-backup-folder", "Value nvarchar, Data nvarchar") { Platform = "Windows" },
        new("read-media-label", "MediaName nvarchar, MediaSetId uniqueidentifier, FamilyCount int, FamilySequenceNumber int"),
        new("read-backup-header", """
            BackupType tinyint, Position smallint, DatabaseName nvarchar, DatabaseVersion int, BackupSize bigint, FirstLSN numeric, LastLSN numeric, CheckpointLSN numeric,
            DatabaseBackupLSN numeric, BackupFinishDate datetime, SoftwareVersionMajor int, FamilyGUID uniqueidentifier, IsReadOnly bit, IsSingleUser bit,
            HasBackupChecksums bit, IsDamaged bit, IsForceOffline bit, IsCopyOnly bit, BackupSetGUID uniqueidentifier, CompressedBackupSize bigint,
            EncryptorThumbprint varbinary, BackupDescription nvarchar
            """),
        new("read-backup-files", "LogicalName nvarchar, PhysicalName nvarchar, Type nchar, Size bigint, FileId bigint, IsPresent bit, TDEThumbprint varbinary"),
        new("find-running-tasks", "id nvarchar, description nvarchar") { InDatabase = true },
        new("read-installed-version", "version nvarchar, node nvarchar") { InDatabase = true },
        new("find-document-columns", "table_name nvarchar, column_name nvarchar") { InDatabase = true },
        new("read-documents", "id nvarchar, document nvarchar, packed int") { InDatabase = true },
        new("read-document", "document nvarchar, packed int") { InDatabase = true },
        new("read-configuration-document", "document nvarchar") { InDatabase = true },
    ];

    /// <summary>Asks, and returns the columns of the answer as they came.</summary>
    public static async Task<IReadOnlyList<string>> AskAsync(ContractServer server, Question question)
    {
        var text = SqlScript.Text(question.Script,
            ("devices", BackupDevices.Clause([server.BackupFile])), ("table", "[dbo].[ServerTask]"), ("document", "Description AS document, NULL AS packed"), ("login", $"N'{server.LowLogin}'"));
        (string Name, object? Value)[] all =
        [
            ("@db", server.Database), ("@file0", server.BackupFile), ("@position", 1), ("@run", server.Prefix), ("@path", server.BackupFile), ("@id", "features"),
            ("@program", "octomove_test"), ("@login", server.LowLogin), ("@sid", "0x01"), ("@session", 1), ("@collation", "none"), ("@thumbprint", "0x00"), ("@container", "https://octomove.test/none"), ("@within", "https://octomove.test/none/"),
        ];
        await using var connection = await server.OpenAsync(question.InDatabase ? server.Database : "master");
        await using var command = connection.Command(text,
            [.. all.Where(each => System.Text.RegularExpressions.Regex.IsMatch(text, each.Name + @"\b"))]);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = await ContractRecord.ColumnsAsync(reader);
        while (await reader.ReadAsync())
        {
        }
        return columns;
    }
}
