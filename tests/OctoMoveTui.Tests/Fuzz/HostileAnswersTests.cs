using System.Security.Cryptography;
using System.Text;
using OctoMoveTui.Engine.Agreement;
using OctoMoveTui.Engine.CopyTools;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;
using OctoMoveTui.Tests.CommandLine.Support;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Fuzz;

/// <summary>What other programs, servers and files say: understood or passed over, whatever it is.</summary>
public sealed class HostileAnswersTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task The_output_of_programs() => Fuzzing.FeedAsync(output, "outputs of programs", 30_000, dice =>
    {
        var (sample, read) = dice.Of(Outputs);
        return (Text: Readable(dice.OneIn(10) ? sample : dice.Damaged(dice.OneIn(20) ? string.Concat(Enumerable.Repeat(sample, 50)) : sample)), Read: read);
    }, input => input.Read(input.Text));

    [Fact]
    public Task What_a_database_holds() => Fuzzing.FeedAsync(output, "texts of databases", 8_000, dice =>
    {
        var (sample, read) = dice.Of(Texts);
        return (Text: dice.OneIn(10) ? sample : dice.Damaged(sample), Read: read);
    }, input => input.Read(input.Text));

    [Fact]
    public Task The_first_words_of_what_listens_where_a_SQL_Server_should() => Fuzzing.FeedAsync(output, "greetings of servers", 3_000, dice =>
    {
        byte[] greeting = [4, 1, 0, 26, 0, 0, 1, 0, 0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 16, 0, 0, 0, 0, 0, 2];
        return dice.OneIn(5) ? dice.Bytes(dice.Next(200)) : dice.Damaged([.. greeting, .. dice.Bytes(dice.Next(50))]);
    }, async greeting =>
    {
        using var network = new OneSided(greeting);
        await TdsGreeting.SayAsync(network, "sql.example.com", default);
    });

    [Fact]
    public Task Key_files()
    {
        var key = MasterKey.Parse("5qJcW9E6B99teMmrOzaYNA==");
        var sealedText = KeyFile.Seal(key, Derive, new KeyOrigin("OLD-SERVER", "OctopusServer", "move-1", DateTimeOffset.UnixEpoch));
        return Fuzzing.FeedAsync(output, "key files", 6_000, dice => dice.OneIn(50) ? sealedText : Readable(dice.Damaged(sealedText)), text =>
        {
            if (text != sealedText)
                KeyFile.Open("key", text, Derive, null).Reveal().ShouldBe(key.Reveal(), "what opens is the key");
            else
                KeyFile.Open("key", text, Derive, key.Fingerprint);
        });

        // The real derivation takes a second of work for each; what is under test comes before and after it.
        static byte[] Derive(KeyFileHeader header) => SHA256.HashData([.. header.Salt, .. BitConverter.GetBytes(header.Iterations)]);
    }

    [Fact]
    public Task Octomove_json() => Fuzzing.FeedAsync(output, "octomove.json", 600, dice =>
    {
        var text = dice.Of(Configurations);
        return Readable(dice.OneIn(10) ? text : dice.Damaged(text));
    }, async text =>
    {
        using var octomove = new ACommandLine();
        octomove.WithConfiguration(text);
        (await octomove.Run("status")).ShouldBeOneOf(ExitCodes.Done, (int)FailureCause.Usage);
    });

    private static readonly IReadOnlyList<string> Configurations =
    [
        """{ "Move": "/share/move", "Old": { "Instance": "OctopusServer", "Url": "https://octopus.example.com" }, "Copy": { "Verify": "Contents", "BytesPerSecond": 1000000 }, "Timing": { "Poll": "00:00:01" } }""",
        """{ "Move": "x", "Backup": { "FolderOnOldSql": "D:\\b", "Stripes": 4 }, "New": { "ConnectionString": "Server=x;Database=y" }, "Folders": { "Packages": "E:\\P" }, "Tasks": { "Executing": "wait" } }""",
    ];

    private static readonly IReadOnlyList<(string Sample, Action<string> Read)> Outputs =
    [
        ("Migrating\n[ { \"InstanceName\": \"OctopusServer\", \"ConfigurationFilePath\": \"C:\\\\Octopus\\\\OctopusServer.config\" } ]", text => InstanceRecord.Listed("exe", text)),
        ("""{ "Octopus.Home": "C:\\Octopus", "Octopus.Folders.LogDirectory": "TaskLogs", "Octopus.Folders.ArtifactsDirectory": "Artifacts", "Octopus.Folders.PackagesDirectory": "Packages", "Octopus.Server.TaskCap": "5", "Octopus.WebPortal.ForceSSL": "False", "Octopus.Communications.ServicesPort": "10943" }""", ReadConfiguration),
        ("""noise { "Octopus": { "Home": "/octopus", "Folders": { "LogDirectory": "/octopus/TaskLogs", "PackagesDirectory": 5, "ArtifactsDirectory": null, "EventExports": [1] }, "Server": { "License": "PD94bWw=" } } }""", ReadConfiguration),
        ("""<octopus-settings><set key="Octopus.Home">C:\Octopus</set><set key="Octopus.Folders.LogDirectory">C:\Octopus\TaskLogs</set></octopus-settings>""", ReadConfiguration),
        ("SERVICE_NAME: OctopusDeploy\n        TYPE               : 10  WIN32_OWN_PROCESS\n        STATE              : 4  RUNNING\n        PID                : 1234\n", text => ServiceControl.Read(text, text)),
        ("SERVICE_NAME: OctopusDeploy\n        START_TYPE         : 2   AUTO_START\n        BINARY_PATH_NAME   : \"C:\\Octopus.Server.exe\" run\n        DEPENDENCIES       : MSSQLSERVER\n        SERVICE_START_NAME : LocalSystem\n", text => ServiceControl.Read("", text)),
        ("\"Octopus.Server.exe\",\"1234\",\"OctopusDeploy\"\n\"Octopus.Server.exe\",\"99\",\"N/A\"\n", text => ProcessList.Listed(text)),
        ("\"OLD\",\"\\Octopus Watchdog OctopusServer\",\"x\",\"Ready\",\"x\",\"x\",\"0\",\"x\",\"C:\\Octopus.Server.exe checkservices --instances *\",\"N/A\",\"N/A\",\"Enabled\",\"\"\n", text => WatchdogTasks.Enabled(text, "OctopusServer")),
        ("HKEY_LOCAL_MACHINE\\Software\\Octopus\\OctopusServer\n    InstallLocation    REG_SZ    C:\\Program Files\\Octopus Deploy\\Octopus\\\n", text => RegistryQuery.Values(text)),
        ("    IP:port                      : 0.0.0.0:443\n    Certificate Hash             : c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00\n    Application ID               : {e2096a4c-2391-4be1-9f17-e353f930e7f1}\n    Certificate Store Name       : My\n", text => Netsh.ReadBindings(text)),
        ("    Reserved URL            : http://+:80/\n        User: NT AUTHORITY\\NETWORK SERVICE\n            Listen: Yes\n            SDDL: D:(A;;GX;;;NS)\n", text => Netsh.ReadReservations(text)),
        ("MSI (s) (28:9C) [02:00:00:000]: MainEngineThread is returning 1603\nAction ended 02:00:00: InstallFiles. Return value 3.\nProduct: Octopus -- Error 1925. You do not have\nMSI (c) (1C:B8) [02:00:00:000]: MainEngineThread is returning 1603\n", text => InstallerLog.Parse(text)),
        ("file:a/big.bin\n\r      1,081,345  36%    1.01MB/s    0:00:01\r 2,129,921  70%\nrsync: [sender] send_files failed to open \"/x\": Permission denied (13)\n", text => Take(CopyProgram.Rsync, text)),
        ("\t    New File  \t\t    1024\tD:\\Octopus\\a b.zip\n2026/03/01 02:00:00 ERROR 5 (0x00000005) Copying File D:\\d.zip\nAccess is denied.\n", text => Take(CopyProgram.Robocopy, text)),
        ("{\"level\":\"info\",\"msg\":\"x\",\"stats\":{\"bytes\":1000,\"totalBytes\":5000,\"transferring\":[{\"name\":\"a.zip\"}]}}\n{\"level\":\"error\",\"msg\":\"Failed to copy\",\"object\":\"b.zip\"}\n", text => Take(CopyProgram.Rclone, text)),
        ("rsync  version 3.4.1  protocol version 32\nrclone v1.68.2\n", text => new Rsync(Plan(CopyProgram.Rsync)).VersionIn(new ProgramOutput(0, text, ""))),
        ("rclone v1.68.2\n", text => new Rclone(Plan(CopyProgram.Rclone)).VersionIn(new ProgramOutput(0, text, ""))),
        ("{\"Name\":\"cloud\",\"Precision\":1000000000}", text => Rclone.PrecisionIn(new ProgramOutput(0, text, ""))),
        ("drwxr-xr-x          4,096 2026/11/25 21:30:11 .\n-rw-r--r--  12 2026/11/25 21:30:11 a.zip\n", text => new Rsync(Plan(CopyProgram.Rsync)).Example("/x", new ProgramOutput(0, text, ""))),
        ("Octopus Deploy: Server\n2026.2.4120+abc\n", text => OctopusVersion.Find(text)),
        ("2026.2.4120-hotfix.1", text => OctopusVersion.Parse(text)),
        ("https://+:443/octopus,http://localhost:80;http://[::1]:81/", text => ListenPrefixes.Of(text)),
        ("5qJcW9E6B99teMmrOzaYNA==", text => _ = MasterKey.LooksLikeKey(text) && MasterKey.Parse(text).Fingerprint.Length > 0),
        ("Data Source=tcp:sql.example.com,1433\\X;Initial Catalog=Octopus;User ID=octopus;Password=\"a;b\";Encrypt=True", ReadConnectionString),
        (@"CORP\octo-service$", text => LogOnAccount.Of(text)),
    ];

    // Half a surrogate pair can be in a text of SQL Server; what came as UTF-8 has none.
    private static readonly IReadOnlyList<(string Sample, Action<string> Read)> Texts =
    [
        ("{\"IndexAtStartUp\":false,\"x\":[{\"IndexingOnStartUp\":\"True\"}]}", text => StartUpIndexing.Of(text)),
        ("{\"Password\":\"YWJj|AAAAAAAAAAAAAAAAAAAAAA==\",\"x\":[\"q\"]}", text => _ = (SensitiveJson.EncryptedIn(text), SensitiveJson.Find(text, "Password"))),
        ("YWJjZGVmZ2hpamtsbW5vcA==|AAAAAAAAAAAAAAAAAAAAAA==", text => MasterKey.Parse("5qJcW9E6B99teMmrOzaYNA==").DecryptText(text)),
        ("Spaces-1/feeds-builtin/Acme.Web/Acme.Web.1.2.3-beta.1.zip", text => _ = (PackagePath.Of(text), IdInPath.OfTaskLog(text), IdInPath.OfArtifact(text))),
        ("a94a8fe5ccb19ba61c4c0873d391e987982fbbd3", text => RecordedHash.Of(text)),
        ("2: 1\n9223372036854775807 x\nPublish: {\"a\":1}", text => new Redactor().Clean(text)),
        ("Operating system error 112(There is not enough space on the disk.) on file 'D:\\b.bak', 1024 of 9223372036854775807 bytes, version 15.00.4430", ReadTrouble),
    ];

    private static readonly IReadOnlyList<int> Explained = [.. SqlAdvice.Families.SelectMany(each => each.Advice.Keys).Order()];

    private static string Readable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static void ReadTrouble(string text)
    {
        var trouble = new SqlTrouble
        {
            Server = "sql.example.com", Messages = [new SqlTroubleMessage(Explained[text.Length % Explained.Count], 1, 16, text)], Statement = "BACKUP DATABASE [Octopus] TO DISK = @file0",
        };
        _ = (trouble.Names, trouble.Path, trouble.OsError, trouble.Amounts, trouble.Versions, trouble.Database, trouble.Doing, SqlAdvice.For(trouble));
    }

    private static CopyPlan Plan(CopyProgram with) => new(with, "tool", "octopus@server:") { RemoteShell = "ssh" };

    private static void Take(CopyProgram with, string text)
    {
        CopyTool tool = with switch
        {
            CopyProgram.Rsync => new Rsync(Plan(with)), CopyProgram.Robocopy => new Robocopy(Plan(with)), _ => new Rclone(Plan(with)),
        };
        var said = tool.NewOutput();
        foreach (var line in text.Split('\n'))
            said.Take(line);
        tool.Judge(new CopyOrder("Packages", "/old/Packages", "/new/Packages"), text.Length % 30, said);
    }

    private static void ReadConfiguration(string text)
    {
        var configuration = InstanceConfiguration.Parse("exe", text);
        _ = (configuration.PlaceOf("Imports", configuration.Home), configuration.ToString());
        configuration.DirectoriesToMove(configuration.Home, _ => true);
    }

    private static void ReadConnectionString(string text)
    {
        var connection = ConnectionStrings.Parse(text);
        _ = (ConnectionStrings.HostAndPort(connection.DataSource), ConnectionStrings.HostAndInstance(connection.DataSource), ConnectionStrings.IsLocalDb(connection.DataSource));
        _ = (ConnectionStrings.Read(text), ConnectionStrings.WithoutPassword(text), ConnectionStrings.LacksPassword(text), ConnectionStrings.FromElsewhere(text, "OLD"), ConnectionStrings.Notices(text));
    }

    // What the server says, whatever it is told.
    private sealed class OneSided(byte[] said) : MemoryStream(said, writable: false)
    {
        public override bool CanWrite => true;

        public override void Write(byte[] buffer, int offset, int count)
        {
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.CompletedTask;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
