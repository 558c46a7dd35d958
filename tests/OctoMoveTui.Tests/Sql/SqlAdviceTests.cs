using System.Globalization;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;
using OctoMoveTui.Sandbox.SqlServer;
using OctoMoveTui.Tests.Proofs;
using OctoMoveTui.Tests.SqlServer;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Sql;

/// <summary>Each error number, sent by a server and read by the real client, ends as advice with the names in it.</summary>
public sealed class SqlAdviceTests(AdviceServer fixture) : IClassFixture<AdviceServer>
{
    public static TheoryData<string> AllErrors => [.. SqlErrorSamples.All.Select(each => each.ToString())];

    public static IEnumerable<string> Numbers => SqlErrorSamples.All.Select(each => each.Number.ToString(CultureInfo.InvariantCulture));

    [Theory]
    [MemberData(nameof(AllErrors))]
    [ProvesEach(nameof(Numbers))]
    public async Task An_error_ends_as_advice_that_names_what_it_is_about(string name)
    {
        var sample = SqlErrorSamples.All.Single(each => each.ToString() == name);

        var failure = await fixture.FailAsync(sample.Doing, SqlErrorSamples.ChainOf(sample).Select(each => new SqlMessage(each.Number, each.State, each.Severity, each.Text)));

        var report = failure.Report;
        var says = string.Join("\n", [report.What, report.Why, .. report.ToDo]);
        report.Cause.ShouldBe(sample.Cause);
        foreach (var each in sample.Names)
            report.What.ShouldContain(each, Case.Insensitive);
        says.ShouldContain(fixture.ServerName);
        report.What.ShouldNotContain('\n');
        report.ToDo.ShouldNotBeEmpty();
        says.ShouldNotContain("raw text below is what the server said", customMessage: "that is the general advice");
        SqlFailures.NumberOf(failure).ShouldBe(sample.Number);
        report.Raw.ShouldNotBeNull().ShouldStartWith($"{sample.Number}: ");
        report.Raw.ShouldContain(sample.Text);
        if (sample.Number != 3013)
            report.Raw.ShouldNotContain("3013");
        foreach (var (_, text) in sample.Then)
            report.Raw.ShouldContain(text);
    }

    [Fact]
    public void Every_number_that_must_end_as_advice_is_tried() =>
        SqlServerSubjects.Errors.SelectMany(each => each.Numbers).Except(Numbers).ShouldBeEmpty();

    [Theory]
    [InlineData(3201, Doing.BackUp, "Das Sicherungsmedium \"D:\\Sicherung\\o.bak\" kann nicht geöffnet werden. Betriebssystemfehler 5(Zugriff verweigert).", @"D:\Sicherung\o.bak|operating system error 5")]
    [InlineData(3201, Doing.Restore, "Das Sicherungsmedium \"D:\\Sicherung\\o.bak\" kann nicht geöffnet werden. Betriebssystemfehler 2(Das System kann die angegebene Datei nicht finden.).", "no such file")]
    [InlineData(3202, Doing.BackUp, "Fehler beim Schreiben in \"D:\\Sicherung\\o.bak\": 112(Es steht nicht genug Speicherplatz auf dem Datenträger zur Verfügung.)", @"D:\Sicherung\o.bak|disk is full")]
    [InlineData(5123, Doing.Restore, "CREATE FILE hat beim Öffnen oder Erstellen der physischen Datei \"D:\\Daten\\o.mdf\" den Betriebssystemfehler 5(Zugriff verweigert) erhalten.", @"D:\Daten\o.mdf|Access was denied")]
    [InlineData(5133, Doing.Restore, "Fehler beim Verzeichnislookup für die Datei \"E:\\weg\\o.mdf\" mit dem Betriebssystemfehler 3(Das System kann den angegebenen Pfad nicht finden.).", @"E:\weg\o.mdf|no such folder")]
    [InlineData(3257, Doing.Restore, "Auf dem Datenträgervolume 'D:\\' steht nicht genügend freier Speicherplatz zum Erstellen der Datenbank zur Verfügung. Die Datenbank benötigt zusätzlich 53687091200 freie Bytes, es stehen jedoch nur 10737418240 Bytes zur Verfügung.", @"D:\|50.0 GB|10.0 GB")]
    [InlineData(3169, Doing.Restore, "Die Datenbank wurde auf einem Server gesichert, auf dem Version 17.00.1000 ausgeführt wird. Diese Version ist mit dem aktuellen Server nicht kompatibel, auf dem Version 16.00.4236 ausgeführt wird.", "17.00.1000|16.00.4236")]
    [InlineData(1834, Doing.Restore, "Die Datei 'D:\\Daten\\o.mdf' kann nicht überschrieben werden. Sie wird von der Datenbank 'Shop' verwendet.", @"D:\Daten\o.mdf|Shop")]
    [InlineData(3154, Doing.Restore, "Der Sicherungssatz enthält die Sicherung einer anderen Datenbank als der vorhandenen Octopus-Datenbank.", "Octopus")]
    [InlineData(262, Doing.BackUp, "BACKUP DATABASE-Berechtigung in der Octopus-Datenbank verweigert.", "octopus|db_backupoperator")]
    [InlineData(4060, Doing.Connect, "Die von der Anmeldung angeforderte \"Octopus\"-Datenbank kann nicht geöffnet werden. Fehler bei der Anmeldung.", "octopus|Octopus")]
    [InlineData(1827, Doing.Restore, "Fehler bei CREATE DATABASE oder ALTER DATABASE, da die resultierende kumulative Datenbankgröße Ihren lizenzierten Grenzwert von 10240 MB pro Datenbank überschreiten würde.", "Octopus|10240")]
    [InlineData(3043, Doing.BackUp, "Von BACKUP '„Octopus“' wurde ein Fehler auf Seite (1:4711) in der Datei „D:\\Daten\\o.mdf“ erkannt.", @"D:\Daten\o.mdf")]
    public async Task The_same_is_understood_in_German(int number, Doing doing, string text, string named)
    {
        var failure = await fixture.FailAsync(doing, [new SqlMessage(number, 1, 16, text), new SqlMessage(3013, 1, 16, "BACKUP DATABASE wird fehlerbedingt beendet.")]);

        var says = string.Join("\n", [failure.Report.What, failure.Report.Why, .. failure.Report.ToDo]);
        foreach (var each in named.Split('|'))
            says.ShouldContain(each, Case.Insensitive);
        failure.Report.Raw.ShouldBe($"{number}: {text}");
    }

    [Theory]
    [Proves("3201")]
    [InlineData(2, @"C:\Backup\o.bak", "no such file", @"C:\Backup\o.bak")]
    [InlineData(3, @"Z:\Backup\o.bak", "Mapped drive letters", @"Read on Z:\Backup")]
    [InlineData(5, @"C:\Backup\o.bak", @"NT SERVICE\MSSQLSERVER", @"Read on C:\Backup")]
    [InlineData(5, @"\\files\move\o.bak", @"CORP\SQL01$", @"Read on \\files\move")]
    [InlineData(32, @"C:\Backup\o.bak", "antivirus", "Close that program")]
    [InlineData(53, @"\\gone\move\o.bak", "did not find the share", @"CORP\SQL01$")]
    [InlineData(67, @"\\files\gone\o.bak", "did not find the share", @"CORP\SQL01$")]
    [InlineData(1326, @"\\files\move\o.bak", @"did not accept CORP\SQL01$", @"\\files\move")]
    [InlineData(112, @"C:\Backup\o.bak", "disk is full", "Free space")]
    public void What_kept_a_file_shut_is_told_by_the_operating_systems_code(int code, string path, string why, string toDo)
    {
        var advice = SqlAdvice.For(new SqlTrouble
        {
            Server = "SQL01", Login = "octopus", Statement = "RESTORE HEADERONLY FROM DISK = @file0;", Parameters = [("@file0", path)],
            Messages = [new(3201, 2, 16, $"Cannot open backup device '{path}'. Operating system error {code}(what it means).")],
            Account = new ServiceAccount(@"NT SERVICE\MSSQLSERVER", "SQL01", "CORP"),
        });

        advice.Why.ShouldContain(why);
        string.Join("\n", advice.ToDo).ShouldContain(toDo);
    }

    [Fact]
    [Proves("3201", "3202", "5133", "5120", "5123")]
    public async Task The_account_that_the_server_runs_as_is_asked_for_when_files_are_the_trouble()
    {
        var failure = await fixture.FailAsync(Doing.BackUp, [new SqlMessage(3201, 1, 16, @"Cannot open backup device 'C:\b\o.bak'. Operating system error 5(Access is denied.).")], "sa");

        failure.Report.Why.ShouldContain(fixture.ServiceAccount);
        string.Join("\n", failure.Report.ToDo).ShouldContain(@"Modify on C:\b");
    }

    [Fact]
    public async Task Who_may_not_know_the_account_still_gets_the_failure()
    {
        var failure = await fixture.FailAsync(Doing.BackUp, [new SqlMessage(3201, 1, 16, @"Cannot open backup device 'C:\b\o.bak'. Operating system error 5(Access is denied.).")]);

        SqlFailures.NumberOf(failure).ShouldBe(3201);
        failure.Report.Why.ShouldContain("the service account of the SQL Server");
    }

    [Fact]
    [Proves("3202", "3013")]
    public async Task The_first_error_is_the_cause_whatever_was_told_before_it_and_3013_is_not_shown()
    {
        var failure = await fixture.FailAsync(Doing.BackUp,
        [
            new SqlMessage(3211, 1, 0, "10 percent processed."), new SqlMessage(4035, 1, 0, "Processed 8 pages for database 'Octopus'."),
            new SqlMessage(3202, 1, 16, @"Write on ""D:\b\o.bak"" failed: 112(There is not enough space on the disk.)"),
            new SqlMessage(3271, 1, 16, @"A nonrecoverable I/O error occurred on file ""D:\b\o.bak:"" 112(There is not enough space on the disk.)."),
            new SqlMessage(3013, 1, 16, "BACKUP DATABASE is terminating abnormally."),
        ]);

        SqlFailures.NumberOf(failure).ShouldBe(3202);
        failure.Report.What.ShouldContain(@"D:\b\o.bak");
        failure.Report.Raw.ShouldNotBeNull().Split('\n').Select(each => each.Split(':')[0]).ShouldBe(["3202", "3271"]);
    }

    [Fact]
    [Proves("3009")]
    public async Task Lost_history_is_recognised_behind_what_kept_msdb_from_being_written()
    {
        SqlMessage[] full = [new(9002, 2, 17, "The transaction log for database 'msdb' is full due to 'LOG_BACKUP'.")];
        SqlMessage lost = new(3009, 1, 16, "Could not insert a backup or restore history/detail record in the msdb database.");

        SqlFailures.IsOnlyHistory(await fixture.FailAsync(Doing.BackUp, [lost])).ShouldBeTrue();
        SqlFailures.IsOnlyHistory(await fixture.FailAsync(Doing.Restore, [.. full, lost])).ShouldBeTrue();
        SqlFailures.IsOnlyHistory(await fixture.FailAsync(Doing.BackUp, full)).ShouldBeFalse();
    }

    [Fact]
    [Proves("4060", "916")]
    public async Task Who_restored_and_is_not_let_in_is_told_to_become_the_owner()
    {
        var refused = await fixture.FailAsync(Doing.Connect, [new SqlMessage(4060, 1, 11, "Cannot open database \"Octopus\" requested by the login.")]);
        var noUser = await fixture.FailAsync(Doing.ReadRows, [new SqlMessage(916, 1, 14, "The server principal \"octopus\" is not able to access the database \"Octopus\" under the current security context.")]);

        refused.Report.ToDo[^1].ShouldContain("ALTER AUTHORIZATION ON DATABASE::[Octopus] TO [octopus]");
        noUser.Report.ToDo[^1].ShouldContain("ALTER AUTHORIZATION ON DATABASE::[Octopus] TO [octopus]");
    }

    [Theory]
    [Proves("924", "5064")]
    [InlineData(924, "Database 'Octopus' is already open and can only have one user at a time.")]
    [InlineData(5064, "Changes to the state or options of database 'Octopus' cannot be made at this time. The database is in single-user mode, and a user is currently connected to it.")]
    public async Task Who_has_the_one_slot_of_a_single_user_database_is_killed_before_it_is_opened_to_all(int number, string text)
    {
        var failure = await fixture.FailAsync(Doing.ReadOnly, [new SqlMessage(number, 1, 16, text)]);

        failure.Report.ToDo[0].ShouldContain("SELECT session_id");
        failure.Report.ToDo[1].ShouldContain("first KILL that session_id, then at once ALTER DATABASE [Octopus] SET MULTI_USER");
    }

    [Fact]
    public async Task An_unknown_number_is_told_with_the_statement_and_the_servers_words()
    {
        var failure = await fixture.FailAsync(Doing.ReadOnly, [new SqlMessage(4711, 1, 16, "Something rare.")]);

        failure.Report.What.ShouldContain("4711");
        failure.Report.What.ShouldContain("ALTER DATABASE [Octopus] SET READ_ONLY");
        failure.Report.Raw.ShouldBe("4711: Something rare.");
    }

    [Fact]
    [Proves("-2")]
    public async Task A_statement_that_takes_too_long_is_not_taken_for_a_broken_line()
    {
        var failure = await fixture.FailAsync(Doing.Sessions, [new SqlMessage(-2, 0, 11, "Execution Timeout Expired.")]);

        failure.Report.Cause.ShouldBe(FailureCause.SqlStatement);
        failure.Report.What.ShouldContain("did not answer in time");
    }

    [Fact]
    [Proves("0")]
    public async Task A_line_that_is_cut_in_the_middle_of_a_statement_says_so()
    {
        fixture.Faults.DropConnectionDuring("sys.dm_exec_sessions");
        var failure = await fixture.FailAsync(Doing.Sessions, []);

        failure.Report.Cause.ShouldBe(FailureCause.SqlConnection);
        failure.Report.What.ShouldContain("broke");
        failure.Report.What.ShouldContain(fixture.ServerName);
    }

    [Fact]
    public void The_hash_of_a_password_is_not_shown()
    {
        var (statement, parameters) = SqlErrorSamples.StatementOf(Doing.CreateLogin);
        var trouble = new SqlTrouble { Server = "SQL01", Statement = statement, Parameters = parameters, Messages = [new(15247, 1, 16, "No.")] };

        SqlAdvice.For(trouble).What.ShouldNotContain("0x0200");
    }

    [Theory]
    [Proves("262", "229", "300", "15247", "3110")]
    [InlineData(Doing.BackUp, 262, "BACKUP DATABASE permission denied in database 'Octopus'.", "USE [Octopus]; ALTER ROLE db_backupoperator ADD MEMBER [octopus]")]
    [InlineData(Doing.Restore, 262, "CREATE DATABASE permission denied in database 'master'.", "GRANT CREATE ANY DATABASE TO [octopus]")]
    [InlineData(Doing.Restore, 3110, "User does not have permission to RESTORE database 'Octopus'.", "ALTER SERVER ROLE dbcreator ADD MEMBER [octopus], or ALTER AUTHORIZATION ON DATABASE::[Octopus] TO [octopus]")]
    [InlineData(Doing.Restore, 5011, "User does not have permission to alter database 'Octopus', the database does not exist, or the database is not in a state that allows access checks.", "ALTER SERVER ROLE dbcreator ADD MEMBER [octopus]")]
    [InlineData(Doing.Check, 7983, "User 'octopus' does not have permission to run DBCC checkdb for database 'Octopus'.", "USE [Octopus]; ALTER ROLE db_owner ADD MEMBER [octopus]")]
    [InlineData(Doing.Check, 2571, "User 'octopus' does not have permission to run DBCC checkdb.", "USE [Octopus]; ALTER ROLE db_owner ADD MEMBER [octopus]")]
    [InlineData(Doing.Sessions, 300, "VIEW SERVER STATE permission was denied on object 'server', database 'master'.", "GRANT VIEW SERVER STATE TO [octopus]")]
    [InlineData(Doing.CreateLogin, 15247, "User does not have permission to perform this action.", "GRANT ALTER ANY LOGIN TO [octopus]")]
    [InlineData(Doing.FindBackup, 229, "The SELECT permission was denied on the object 'backupset', database 'msdb', schema 'dbo'.", "USE msdb; CREATE USER [octopus] FOR LOGIN [octopus]; ALTER ROLE db_datareader ADD MEMBER [octopus]")]
    [InlineData(Doing.ReadOnly, 5011, "User does not have permission to alter database 'Octopus', the database does not exist, or the database is not in a state that allows access checks.", "USE [Octopus]; ALTER ROLE db_owner ADD MEMBER [octopus]")]
    [InlineData(Doing.ReadRows, 229, "The SELECT permission was denied on the object 'ServerTask', database 'Octopus', schema 'dbo'.", "USE [Octopus]; ALTER ROLE db_datareader ADD MEMBER [octopus]")]
    public async Task A_missing_right_comes_with_the_grant(Doing doing, int number, string text, string grant)
    {
        var failure = await fixture.FailAsync(doing, [new SqlMessage(number, 1, 14, text)]);

        failure.Report.Cause.ShouldBe(FailureCause.SqlRight);
        failure.Report.ToDo[0].ShouldContain(grant);
    }
}

/// <summary>One server for all of them: nothing is ever executed on it.</summary>
public sealed class AdviceServer : IAsyncLifetime
{
    private ASqlServer? server;

    internal SqlFaults Faults => server!.Faults;

    internal string ServerName => server!.Double.DataSource;

    internal string ServiceAccount => new SqlServerOptions { Folder = "" }.ServiceAccount;

    public async ValueTask InitializeAsync() => server = await ASqlServer.WithDatabaseAsync(SqlErrorSamples.Database);

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? default;

    /// <summary>Does it, gets these messages, and gives what the engine makes of them.</summary>
    internal async Task<MoveFailure> FailAsync(Doing doing, IEnumerable<SqlMessage> messages, string login = SqlErrorSamples.Login)
    {
        SqlMessage[] chain = [.. messages];
        var sql = new Engine.Sql.SqlServer(server!.ConnectionString(SqlErrorSamples.Database, login), _ => { }, () => { });
        if (doing is Doing.Connect)
        {
            Faults.FailNextLogin(chain);
            return await Should.ThrowAsync<MoveFailure>(async () => await (await sql.OpenAsync(SqlErrorSamples.Database, CancellationToken.None)).DisposeAsync());
        }

        await using var session = await sql.OpenAsync(SqlErrorSamples.Database, CancellationToken.None);
        if (chain.Length > 0)
            Faults.FailNext("", chain);
        var (text, parameters) = SqlErrorSamples.StatementOf(doing);
        return await Should.ThrowAsync<MoveFailure>(() => doing is Doing.BackUp or Doing.Restore or Doing.Verify or Doing.Check
            ? session.RunLongAsync(text, _ => { }, CancellationToken.None, parameters)
            : session.ExecuteAsync(text, CancellationToken.None, parameters));
    }
}
