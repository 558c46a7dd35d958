using Microsoft.Data.SqlClient;
using OctoMoveTui.Sandbox;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.OctopusServer;

namespace OctoMoveTui.Tests.SandboxOctopus;

/// <summary>A new instance on the new machine, attached to the database: what works, and what the real one refuses.</summary>
public sealed class AttachTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    private const string Instance = "--instance=OctopusServer";
    private const string WrongKey = "AAAAAAAAAAAAAAAAAAAAAA==";

    private SandboxWorld World => shared.World;

    private string RightConnectionString => new Instance(World.Old, World.Old.Instances.All[0]).ConnectionString;

    private async Task CreateInstanceAsync()
    {
        // A file that another test left would be taken over, key and all.
        Directory.CreateDirectory(World.New.Home);
        File.Delete(Path.Combine(World.New.Home, "OctopusServer.config"));
        (await World.New.OctopusAsync("create-instance", Instance, "--config", Path.Combine(World.New.Home, "OctopusServer.config"), "--home", World.New.Home)).ExitCode.ShouldBe(0);
    }

    private Task<Said> AttachAsync(string key, string connectionString) => World.New.OctopusAsync("database", Instance, "--masterKey", key, "--connectionString", connectionString);

    private string Change(Action<SqlConnectionStringBuilder> change)
    {
        var builder = new SqlConnectionStringBuilder(RightConnectionString);
        change(builder);
        return builder.ConnectionString;
    }

    [Fact]
    public async Task A_key_that_does_not_fit_is_tried_and_not_kept()
    {
        await CreateInstanceAsync();
        var said = await AttachAsync(WrongKey, RightConnectionString);
        said.ExitCode.ShouldBe(1);
        said.Errors.ShouldContain("'certificate-global'");
        said.Errors.ShouldContain("Padding is invalid and cannot be removed");
        (await World.New.OctopusAsync("show-master-key", Instance)).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_that_is_no_key_is_refused_before_anything_is_asked()
    {
        await CreateInstanceAsync();
        (await AttachAsync("no base64!", RightConnectionString)).Errors.ShouldContain("not a valid Base-64 string");
        (await AttachAsync("c2hvcnQ=", RightConnectionString)).Errors.ShouldContain("wrong length");
    }

    [Fact]
    public async Task A_wrong_password_and_a_wrong_database_name_fail_with_the_words_of_sql_server()
    {
        await CreateInstanceAsync();
        (await AttachAsync(World.Secrets.MasterKey, Change(each => each.Password = "wrong"))).Errors.ShouldContain("Login failed for user 'octopus'.");
        (await AttachAsync(World.Secrets.MasterKey, Change(each => each.InitialCatalog = "Octopu"))).Errors.ShouldContain("Cannot open database \"Octopu\"");
    }

    [Fact]
    public async Task Attached_with_its_key_the_new_instance_is_the_same_server()
    {
        await CreateInstanceAsync();
        (await AttachAsync(World.Secrets.MasterKey, RightConnectionString)).ExitCode.ShouldBe(0);
        (await World.New.OctopusAsync("show-thumbprint", Instance)).Output.ShouldBe((await World.Old.OctopusAsync("show-thumbprint")).Output);
        (await World.New.OctopusAsync("show-master-key", Instance)).Output.Trim().ShouldBe(World.Secrets.MasterKey);

        var node = await World.New.OctopusAsync("node", Instance, "--drain=true");
        node.ExitCode.ShouldBe(1);
        node.Errors.ShouldContain("has not been registered");
    }

    [Fact]
    public async Task Absolute_directories_still_name_the_old_machine_until_path_is_run()
    {
        await CreateInstanceAsync();
        (await AttachAsync(World.Secrets.MasterKey, RightConnectionString)).ExitCode.ShouldBe(0);
        var shown = (await World.New.OctopusAsync("show-configuration", Instance, "--format=json")).Output;
        shown.ShouldContain($"\"Octopus.Folders.ArtifactsDirectory\": \"{Path.Combine(World.Old.Home, "Artifacts")}\"");
        shown.ShouldContain($"\"Octopus.Folders.PackagesDirectory\": \"{Path.Combine(World.New.Home, "Packages")}\"");
        World.New.Sees(Path.Combine(World.Old.Home, "Artifacts")).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_version_refuses_to_start_on_this_database()
    {
        await CreateInstanceAsync();
        (await AttachAsync(World.Secrets.MasterKey, RightConnectionString)).ExitCode.ShouldBe(0);
        (await World.New.OctopusAsync("service", Instance, "--install")).ExitCode.ShouldBe(0);
        try
        {
            World.New.Version = "2025.4.1";
            (await World.New.OctopusAsync("service", Instance, "--start")).Errors.ShouldContain("has been stopped to protect your data");
            World.New.Version = "2026.3.1";
            (await World.New.OctopusAsync("service", Instance, "--start")).Errors.ShouldContain("needs a schema upgrade");
            World.New.Services.All[0].State.ShouldBe(ServiceState.Stopped);
        }
        finally
        {
            World.New.Version = World.Old.Version;
            await World.New.OctopusAsync("service", Instance, "--uninstall");
        }
    }

    [Fact]
    public async Task A_server_whose_key_was_set_by_hand_to_another_does_not_start()
    {
        await CreateInstanceAsync();
        (await AttachAsync(World.Secrets.MasterKey, RightConnectionString)).ExitCode.ShouldBe(0);
        (await World.New.OctopusAsync("set-master-key", Instance, "--masterKey", WrongKey)).ExitCode.ShouldBe(0);
        var said = await World.New.OctopusAsync("service", Instance, "--install", "--start");
        said.ExitCode.ShouldBe(1);
        said.Errors.ShouldContain("Padding is invalid and cannot be removed");
        (await World.New.ScAsync("query", "OctopusDeploy")).Output.ShouldContain("1067");
        await World.New.OctopusAsync("service", Instance, "--uninstall");
    }
}
