using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Sandbox.SqlServer;

namespace OctoMoveTui.Tests.SqlServer;

/// <summary>Logins that are copied, made for Windows accounts, switched off, or impersonated.</summary>
public sealed class LoginTests
{
    [Fact]
    public async Task A_login_copied_with_SID_and_hash_logs_in_with_its_old_password_and_is_no_orphan()
    {
        await using var old = await ASqlServer.WithDatabaseAsync();
        await using var @new = await ASqlServer.StartAsync(options => options with { Name = "NEW-SQL", Logins = [new SqlLogin("sa", "Sandbox-1", Sysadmin: true)] });
        await using var source = await old.OpenAsync();
        await using var target = await @new.OpenAsync();
        var login = (await source.RowsAsync(SqlScript.Text("read-login"), ("@sid", await SidAsync(source, "octopus")))).Single();
        var (sid, hash) = ((byte[])login["sid"]!, (byte[])login["password_hash"]!);
        hash.Length.ShouldBe(70);
        hash[..2].ShouldBe([2, 0]);

        await target.ExecuteAsync(Create("octopus", hash, sid));

        await using (var octopus = await @new.OpenAsync("master", "octopus"))
        {
            (await octopus.ScalarAsync("SELECT SUSER_SID()")).ShouldBe(sid);
        }
        (await Should.ThrowAsync<SqlException>(() => @new.OpenAsync("master", "octopus", builder => builder.Password = "wrong"))).Number.ShouldBe(18456);
        (await target.FailureAsync(Create("octopus", hash, [.. sid.Reverse()]))).Numbers().ShouldBe([15025]);
        (await target.FailureAsync(Create("other", hash, sid))).Numbers().ShouldBe([15433]);

        static string Create(string name, byte[] hash, byte[] sid) => SqlScript.Text("create-login-like-old",
            ("login", SqlScript.Quote(name)), ("hash", "0x" + Convert.ToHexString(hash)), ("sid", "0x" + Convert.ToHexString(sid)));
    }

    [Fact]
    public async Task A_hash_is_shown_to_who_controls_the_server_only()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var octopus = await server.OpenAsync("Octopus", "octopus");

        await using var admin = await server.OpenAsync();
        var own = (await octopus.RowsAsync(SqlScript.Text("read-login"), ("@sid", await SidAsync(admin, "octopus")))).Single();

        own["password_hash"].ShouldBeNull();
        own["sid"].ShouldNotBeNull();
        (await octopus.RowsAsync(SqlScript.Text("read-login"), ("@sid", await SidAsync(admin, "mover")))).ShouldBeEmpty();
    }

    private static async Task<object?> SidAsync(SqlConnection connection, string login) =>
        await connection.ScalarAsync("SELECT CONVERT(varchar(170), SUSER_SID(@login), 1)", ("@login", login));

    [Fact]
    public async Task A_login_for_a_Windows_account_needs_the_account()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync("Octopus");

        await admin.ExecuteAsync(@"CREATE LOGIN [SANDBOX\NEW-SERVER$] FROM WINDOWS; CREATE USER [SANDBOX\NEW-SERVER$] FOR LOGIN [SANDBOX\NEW-SERVER$]");

        (await admin.RowsAsync(SqlScript.Text("find-login"), ("@login", @"SANDBOX\NEW-SERVER$"))).Single()["type_desc"].ShouldBe("WINDOWS_LOGIN");
        var user = (await admin.RowsAsync(@"SELECT type, authentication_type, sid FROM sys.database_principals WHERE name = 'SANDBOX\NEW-SERVER$'")).Single();
        (user["type"], user["authentication_type"]).ShouldBe(("U", 3));
        (await admin.ScalarAsync(@"SELECT SUSER_SID('SANDBOX\NEW-SERVER$')")).ShouldBe(user["sid"]);
        (await admin.FailureAsync(@"CREATE LOGIN [ELSEWHERE\svc] FROM WINDOWS")).Numbers().ShouldBe([15401]);
        (await admin.FailureAsync("CREATE LOGIN [svc] FROM WINDOWS")).Numbers().ShouldBe([15407]);
        (await admin.FailureAsync(@"CREATE LOGIN [SANDBOX\NEW-SERVER$] FROM WINDOWS")).Numbers().ShouldBe([15025]);
        (await admin.RowsAsync(SqlScript.Text("default-domain"))).Single()["domain_name"].ShouldBe("SANDBOX");
    }

    [Fact]
    public async Task The_domains_accounts_can_be_counted_and_have_one_SID_everywhere()
    {
        await using var first = await ASqlServer.StartAsync(options => options with { WindowsAccounts = [@"SANDBOX\svc"] });
        await using var second = await ASqlServer.StartAsync(options => options with { Name = "NEW-SQL" });
        await using var one = await first.OpenAsync();
        await using var two = await second.OpenAsync();
        foreach (var server in new[] { one, two })
        {
            await server.ExecuteAsync(@"CREATE LOGIN [SANDBOX\svc] FROM WINDOWS; CREATE LOGIN [NT AUTHORITY\SYSTEM] FROM WINDOWS");
        }

        (await one.ScalarAsync(@"SELECT SUSER_SID('SANDBOX\svc')")).ShouldBe(await two.ScalarAsync(@"SELECT SUSER_SID('SANDBOX\svc')"));
        (await one.ScalarAsync(@"SELECT SUSER_SID('NT AUTHORITY\SYSTEM')")).ShouldBe(Convert.FromHexString("010100000000000512000000"));
        (await one.FailureAsync(@"CREATE LOGIN [SANDBOX\other] FROM WINDOWS")).Numbers().ShouldBe([15401]);
    }

    [Fact]
    public async Task A_login_that_is_disabled_or_may_not_connect_stays_outside()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync();

        await admin.ExecuteAsync("ALTER LOGIN octopus DISABLE");
        (await Should.ThrowAsync<SqlException>(() => server.OpenAsync("Octopus", "octopus"))).Number.ShouldBe(18470);
        (await admin.RowsAsync(SqlScript.Text("find-login"), ("@login", "octopus"))).Single()["is_disabled"].ShouldBe(true);
        await admin.ExecuteAsync("ALTER LOGIN octopus ENABLE; DENY CONNECT SQL TO octopus");
        (await Should.ThrowAsync<SqlException>(() => server.OpenAsync("Octopus", "octopus"))).Number.ShouldBe(18456);
        await admin.ExecuteAsync("REVOKE CONNECT SQL FROM octopus");

        await using var octopus = await server.OpenAsync("Octopus", "octopus");
    }

    [Fact]
    public async Task Somebody_who_may_impersonate_sees_what_the_other_could_do()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync("Octopus");
        await admin.ExecuteAsync(@"CREATE LOGIN [SANDBOX\NEW-SERVER$] FROM WINDOWS; CREATE USER [SANDBOX\NEW-SERVER$] FOR LOGIN [SANDBOX\NEW-SERVER$]");
        var prove = SqlScript.Text("prove-as-login", ("login", @"N'SANDBOX\NEW-SERVER$'"));

        (await admin.RowsAsync(prove)).Single().Values.ShouldBe([@"SANDBOX\NEW-SERVER$", 0]);
        await admin.ExecuteAsync(@"ALTER ROLE db_owner ADD MEMBER [SANDBOX\NEW-SERVER$]");
        (await admin.RowsAsync(prove)).Single().Values.ShouldBe([@"SANDBOX\NEW-SERVER$", 1]);
        (await admin.ScalarAsync("SELECT SUSER_SNAME()")).ShouldBe("sa");

        // As somebody else one has that one's rights; ORIGINAL_LOGIN() remembers.
        await admin.ExecuteAsync("EXECUTE AS LOGIN = 'octopus'");
        (await admin.ScalarAsync("SELECT ORIGINAL_LOGIN()")).ShouldBe("sa");
        (await admin.FailureAsync("GRANT VIEW SERVER STATE TO octopus")).Numbers().ShouldBe([4621]);
        (await admin.FailureAsync("USE model")).Numbers().ShouldBe([916]);
        await admin.ExecuteAsync("REVERT");
        await admin.ExecuteAsync("USE model");

        (await admin.FailureAsync("EXECUTE AS LOGIN = 'nobody'")).Numbers().ShouldBe([15406]);
        (await admin.FailureAsync("EXECUTE AS USER = 'nobody'")).Numbers().ShouldBe([15517]);
    }

    [Fact]
    public async Task Impersonation_is_a_right_like_others_and_ends_with_its_module()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync();
        await using var octopus = await server.OpenAsync("master", "octopus");
        (await octopus.FailureAsync("EXECUTE AS LOGIN = 'mover'")).Numbers().ShouldBe([15406]);

        await admin.ExecuteAsync("GRANT IMPERSONATE ON LOGIN::mover TO octopus");

        (await octopus.ScalarAsync("EXECUTE AS LOGIN = 'mover'; SELECT SUSER_SNAME() WHERE @p = 1", ("@p", 1))).ShouldBe("mover");
        (await octopus.ScalarAsync("SELECT SUSER_SNAME()")).ShouldBe("octopus");
    }
}
