using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Sandbox.SqlServer;

namespace OctoMoveTui.Tests.SqlServer;

/// <summary>Every statement that the engine has is one that the double understands.</summary>
public sealed class EngineScriptTests
{
    private const string Tables = """
        CREATE TABLE dbo.Configuration (Id nvarchar(50) NOT NULL PRIMARY KEY, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.SchemaVersions (Id int NOT NULL PRIMARY KEY, ScriptName nvarchar(255) NOT NULL, Applied datetime NOT NULL);
        CREATE TABLE dbo.OctopusServerInstallationHistory ([Version] nvarchar(50) NOT NULL, Node nvarchar(200) NOT NULL, Installed datetimeoffset NOT NULL);
        CREATE TABLE dbo.Account (Id nvarchar(50) NOT NULL PRIMARY KEY, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.VariableSet (Id nvarchar(150) NOT NULL PRIMARY KEY, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.[Space] (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL);
        CREATE TABLE dbo.NuGetPackage (Id nvarchar(250) NOT NULL PRIMARY KEY, SpaceId nvarchar(50) NOT NULL);
        CREATE TABLE dbo.Machine (Id nvarchar(50) NOT NULL PRIMARY KEY, CommunicationStyle nvarchar(50) NOT NULL, SpaceId nvarchar(50) NOT NULL, IsDisabled bit NOT NULL);
        CREATE TABLE dbo.ExtensionConfiguration (Id nvarchar(50) NOT NULL PRIMARY KEY, JSON nvarchar(max) NOT NULL);
        INSERT [Space] VALUES ('Spaces-1', N'Default');
        CREATE TABLE dbo.ServerTask (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(50) NOT NULL, Description nvarchar(max) NOT NULL, State nvarchar(50) NOT NULL, SpaceId nvarchar(50) NULL,
            QueueTime datetimeoffset NOT NULL, StartTime datetimeoffset NULL, HasPendingInterruptions bit NOT NULL, ErrorMessage nvarchar(max) NULL);
        CREATE TABLE dbo.Event (Id nvarchar(50) NOT NULL PRIMARY KEY, Occurred datetimeoffset NOT NULL);
        CREATE TABLE dbo.OctopusServerNode (Id nvarchar(250) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, MaxConcurrentTasks int NOT NULL, IsInMaintenanceMode bit NOT NULL);
        CREATE TABLE dbo.OctopusServerNodeStatus (NodeId nvarchar(250) NOT NULL PRIMARY KEY, LastSeen datetimeoffset NOT NULL);
        INSERT OctopusServerNode VALUES ('OctopusServerNodes-OLD', 'OLD', 5, 0);
        INSERT OctopusServerNodeStatus VALUES ('OctopusServerNodes-OLD', SYSDATETIMEOFFSET());
        INSERT SchemaVersions VALUES (1, 'Script0001.sql', GETUTCDATE()), (2, 'Script0002.sql', '2026-01-31T12:00:00');
        INSERT OctopusServerInstallationHistory VALUES ('2026.1.1', 'OLD', '2026-01-01T00:00:00+01:00'), ('2026.2.3', 'OLD', SYSDATETIMEOFFSET());
        INSERT ServerTask VALUES ('ServerTasks-1', N'Deploy', N'Deploy', 'Executing', 'Spaces-1', SYSDATETIMEOFFSET(), SYSDATETIMEOFFSET(), 0, NULL), ('ServerTasks-2', N'Deploy', N'Done', 'Success', NULL, SYSDATETIMEOFFSET(), NULL, 0, NULL);
        """;

    private const string Thumbprint = "00112233445566778899AABBCCDDEEFF00112233";

    public static TheoryData<string> Scripts =>
        [.. SqlScript.Names.Select(name => name.Replace(".sql", "", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Every_script_of_the_engine_runs_on_the_double(string script)
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        server.Double.Pose("Octopus", new DatabasePose
        {
            EncryptionState = script is "read-encryption" ? 3 : null, EncryptedBy = Thumbprint, EditionFeatures = ["Compression"],
        });
        var file = server.Path("octopus.bak");
        await using (var maker = await server.OpenAsync("Octopus"))
        {
            await maker.ExecuteAsync(Tables);
            if (script is "create-user")
            {
                await maker.ExecuteAsync("DROP USER octopus");
            }
            if (script is "find-snapshots")
            {
                await maker.ExecuteAsync($"CREATE DATABASE Before ON (NAME = Octopus, FILENAME = '{server.Path("before.ss")}') AS SNAPSHOT OF Octopus");
            }
            if (script.Contains("backup", StringComparison.Ordinal) || script.StartsWith("restore", StringComparison.Ordinal) || script is "read-media-label")
            {
                await maker.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = @file WITH FORMAT, CHECKSUM, DESCRIPTION = 'run=42'", ("@file", file));
            }
        }
        var text = SqlScript.Text(script,
            ("compression", "COMPRESSION"), ("columns", ", [State], [QueueTime]"), ("table", TableFor(script)), ("statements", "UPDATE [dbo].[Machine] SET IsDisabled = 1;\nDELETE FROM [dbo].[OctopusServerNodeStatus];"),
            ("column", "[NodeId]"), ("cap", "[MaxConcurrentTasks]"), ("drain", "[IsInMaintenanceMode]"), ("user", "[octopus]"), ("login", LoginFor(script)), ("database", "[Octopus]"),
            ("moves", $"MOVE N'Octopus' TO N'{server.Path("o.mdf")}', MOVE N'Octopus_log' TO N'{server.Path("o.ldf")}'"), ("replace", ", REPLACE"),
            ("devices", "DISK = @file0"), ("waits", "t.[HasPendingInterruptions]"), ("node", "NULL"), ("space", "t.[SpaceId]"), ("details", "NULL"), ("document", "Description AS document, NULL AS packed"), ("hash", "0x0200A1B2C3D4" + new string('0', 128)), ("sid", "0x" + new string('A', 32)));
        (string Name, object? Value)[] all =
        [
            ("@db", script == "restore-database" ? "Restored" : "Octopus"), ("@file", file), ("@file0", file), ("@position", 1), ("@run", "42"), ("@path", file), ("@id", "features"), ("@program", "OctoMoveTui"),
            ("@name", "OctoMoveTui"), ("@description", "run=43"), ("@media", "43"), ("@thumbprint", "0x" + Thumbprint), ("@login", "octopus"), ("@sid", "0x01"), ("@session", 51), ("@space", "Spaces-1"),
            ("@container", "https://account.blob.core.windows.net/backups"), ("@within", "https://account.blob.core.windows.net/backups/"), ("@collation", "SQL_Latin1_General_CP1_CI_AS"),
            ("@page", 2), ("@after", ""), ("@document", "{}"), ("@since", DateTimeOffset.UnixEpoch),
        ];
        var used = all.Where(parameter => System.Text.RegularExpressions.Regex.IsMatch(text, parameter.Name + @"\b")).ToArray();
        var needsMaster = script is "drop-database" || script.StartsWith("restore", StringComparison.Ordinal) || script.StartsWith("set-", StringComparison.Ordinal) || script.StartsWith("back-up", StringComparison.Ordinal);
        await using var connection = await server.OpenAsync(needsMaster ? "master" : "Octopus");

        var rows = await connection.RowsAsync(text, used);

        if (text.Contains("SELECT", StringComparison.Ordinal) || script is "read-backup-header" or "read-backup-files")
        {
            var mayBeEmpty = script
                is "find-sessions" or "find-task" or "find-newest-task" or "read-document" or "read-configuration-document" or "find-restore" or "find-clashing-files"
                    or "find-certificate" or "find-asymmetric-key" or "find-certificate-name" or "find-credential" or "find-other-collations" or "find-running-backups" or "read-progress" or "list-columns";
            rows.Count.ShouldBeGreaterThanOrEqualTo(mayBeEmpty ? 0 : 1);
        }
    }

    private static string TableFor(string script) =>
        script switch
        {
            "read-node-sightings" => "dbo.[OctopusServerNodeStatus]",
            "disable-rows" or "count-enabled" => "[dbo].[Machine]",
            _ => "[dbo].[ServerTask]",
        };

    private static string LoginFor(string script) =>
        script switch
        {
            "set-owner" => "[mover]",
            "create-login-like-old" => "[copied]",
            "create-windows-login" => @"[SANDBOX\NEW-SERVER$]",
            "prove-as-login" => "'octopus'",
            _ => "[octopus]",
        };

    [Fact]
    public async Task The_facts_come_in_the_types_that_the_engine_reads()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var connection = await server.OpenAsync("Octopus");
        await connection.ExecuteAsync(Tables);

        var facts = (await connection.RowsAsync(SqlScript.Text("describe-server"))).Single();
        facts["server_name"].ShouldBe("OLD-SQL");
        facts["engine_edition"].ShouldBe(3);
        facts["edition_id"].ShouldBe(-2117995310L);
        facts["data_path"].ShouldBe(server.Double.DataFolder + Path.DirectorySeparatorChar);
        var database = (await connection.RowsAsync(SqlScript.Text("describe-database"), ("@db", "octopus"))).Single();
        database["state"].ShouldBe((byte)0);
        database["is_read_only"].ShouldBe(false);
        database["owner"].ShouldBe("sa");
        database["create_date"].ShouldBeOfType<DateTime>();
        (await connection.RowsAsync(SqlScript.Text("read-installed-version"))).Single()["version"].ShouldBe("2026.2.3");
        (await connection.RowsAsync(SqlScript.Text("find-running-tasks"))).Single()["id"].ShouldBe("ServerTasks-1");
        (await connection.RowsAsync(SqlScript.Text("list-tables"))).Select(row => row["table_name"]).ShouldBe(
            ["Account", "Configuration", "Event", "ExtensionConfiguration", "Machine", "NuGetPackage", "OctopusServerInstallationHistory", "OctopusServerNode", "OctopusServerNodeStatus", "SchemaVersions", "ServerTask", "Space", "VariableSet"]);
        (await connection.RowsAsync(SqlScript.Text("list-files"))).Select(row => row["type_desc"]).ShouldBe(["ROWS", "LOG"]);
    }
}
