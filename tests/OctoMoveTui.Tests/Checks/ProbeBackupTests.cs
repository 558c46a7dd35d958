using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox.SqlServer;
using OctoMoveTui.Tests.SqlServer;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Checks;

/// <summary>The probe backup: written by the old SQL Server, read by the new one, deleted again; repeated and cut short without harm.</summary>
public sealed class ProbeBackupTests
{
    [Theory]
    [InlineData("sa", "model")]
    [InlineData("octopus", "Octopus")]
    [Proves("Q12")]
    public async Task It_is_written_from_model_or_else_from_the_small_database_itself_and_deleted_again(string user, string database)
    {
        await using var old = await ChecksOf.OldAsync();
        old.User = user;

        (await old.MakeAsync<ProbeWritten>()).ShouldPass().Finding.ShouldContain($"({database})");

        var taken = old.Server.Double.BackupsTaken.ShouldHaveSingleItem();
        taken.Database.ShouldBe(database);
        taken.CopyOnly.ShouldBeTrue();
        taken.Description!.ShouldNotContain("run=", Case.Sensitive, "it must not be taken for the move's own backup");
        Directory.EnumerateFiles(old.Server.Double.BackupFolder).ShouldBeEmpty();
    }

    [Fact]
    [Proves("Q12", "3201")]
    public async Task A_folder_that_the_old_server_can_not_write_fails_with_advice()
    {
        await using var old = await ChecksOf.OldAsync(options => options with { WritableFolders = [] });
        var folder = Directory.CreateTempSubdirectory("octomove-probe-");
        old.Plan = ChecksOf.PlanOf(Path.Combine(folder.FullName, "Octopus-42.bak"));

        (await old.MakeAsync<ProbeWritten>()).ShouldFail("3201").Query.ShouldContain("BACKUP DATABASE N'model'");
        folder.EnumerateFiles().ShouldBeEmpty();
        folder.Delete();
    }

    [Fact]
    [Proves("Q12")]
    public async Task Without_a_right_to_back_anything_up_it_is_unknown()
    {
        await using var old = await ChecksOf.OldAsync();
        old.User = "octopus";
        old.Server.Faults.DenyPermission("octopus", "BACKUP DATABASE");
        (await old.MakeAsync<ProbeWritten>()).ShouldNotKnow("only when the backup is taken").ShouldAdvise("USE model;");
        old.Server.Double.BackupsTaken.ShouldBeEmpty();
    }

    [Fact]
    [Proves("Q12")]
    public async Task The_new_server_reads_what_the_old_one_left_deletes_it_and_knows_that_in_a_second_attempt()
    {
        await using var folders = Shared.Make();
        await using var old = await folders.OldAsync();
        await using var now = await folders.NewAsync();
        old.LeavesProbe = true;
        (await old.MakeAsync<ProbeWritten>()).ShouldPass().Finding.ShouldContain("waits");
        folders.Files.ShouldHaveSingleItem().ShouldBe("Octopus-42-probe.bak");

        now.Old = ChecksOf.OldIs(profile => profile with { Probe = old.Found.Probe });
        (await now.MakeAsync<ProbeRead>()).ShouldPass().Finding.ShouldContain("where it lies");
        folders.Files.ShouldBeEmpty();
        (await now.MakeAsync<ProbeRead>()).ShouldPass().Finding.ShouldContain("earlier attempt");

        // The old server is checked again, on another day: that probe is another one, and is read.
        (await old.MakeAsync<ProbeWritten>()).ShouldPass();
        now.Old = ChecksOf.OldIs(profile => profile with { Probe = old.Found.Probe });
        (await now.MakeAsync<ProbeRead>()).ShouldPass().Finding.ShouldContain("where it lies");
        folders.Files.ShouldBeEmpty();
    }

    [Fact]
    [Proves("Q12", "3201")]
    public async Task A_probe_that_can_not_be_read_fails_and_stays_for_the_next_attempt()
    {
        await using var folders = Shared.Make();
        await using var old = await folders.OldAsync();
        await using var now = await ChecksOf.NewAsync(options => options with { WritableFolders = [], ReadableFolders = [] });
        now.Plan = folders.Plan;
        old.LeavesProbe = true;
        (await old.MakeAsync<ProbeWritten>()).ShouldPass();
        now.Old = ChecksOf.OldIs(profile => profile with { Probe = old.Found.Probe });

        (await now.MakeAsync<ProbeRead>()).ShouldFail("can't read the backup file").ShouldAdvise("Backup:FolderOnOldSql");
        folders.Files.ShouldHaveSingleItem();
        now.User = "stranger";
        (await now.MakeAsync<ProbeRead>()).ShouldNotKnow("may not ask").ShouldAdvise("GRANT CREATE ANY DATABASE TO [stranger];");
        now.Old = null;
        (await now.MakeAsync<ProbeRead>()).ShouldNotKnow("no probe backup to read");
    }

    [Fact]
    [Proves("Q12")]
    public async Task It_is_carried_as_the_backup_will_be_and_every_copy_is_deleted()
    {
        await using var folders = Shared.Make();
        await using var old = await folders.OldAsync();
        await using var now = await ChecksOf.NewAsync(options => options with { WritableFolders = [], ReadableFolders = [] });
        var there = now.Server.Path("Octopus-42.bak");
        now.Plan = folders.Plan with { Backup = new BackupPlan(folders.File, there, folders.File, there) };
        old.LeavesProbe = true;
        (await old.MakeAsync<ProbeWritten>()).ShouldPass();
        now.Old = ChecksOf.OldIs(profile => profile with { Probe = old.Found.Probe });

        (await now.MakeAsync<ProbeRead>()).ShouldPass().Finding.ShouldContain("carried over");

        folders.Files.ShouldBeEmpty();
        Directory.EnumerateFiles(now.Server.Double.BackupFolder).ShouldBeEmpty();
    }

    [Fact]
    [Proves("Q12")]
    public async Task Two_paths_that_are_not_one_place_are_found_out()
    {
        await using var folders = Shared.Make();
        await using var old = await folders.OldAsync();
        await using var now = await folders.NewAsync();
        old.LeavesProbe = true;
        (await old.MakeAsync<ProbeWritten>()).ShouldPass();
        var first = old.Found.Probe;
        (await old.MakeAsync<ProbeWritten>()).ShouldPass();

        // What lies there is a probe, but not the one that was written.
        now.Old = ChecksOf.OldIs(profile => profile with { Probe = first });
        (await now.MakeAsync<ProbeRead>()).ShouldFail("name different places").ShouldAdvise("Backup:FolderOnNewSql");
    }

    [Fact]
    [Proves("Q12")]
    public async Task One_machine_that_reaches_both_servers_writes_it_when_it_is_needed_and_leaves_none_behind()
    {
        await using var folders = Shared.Make();
        await using var old = await folders.OldAsync();
        await using var now = await folders.NewAsync();
        now.OldSql = old.Server;
        now.Old = ChecksOf.OldIs(same => same);

        (await now.MakeAsync<ProbeRead>()).ShouldPass();
        folders.Files.ShouldBeEmpty();

        now.User = "stranger";
        (await now.MakeAsync<ProbeRead>()).ShouldNotKnow("may not ask");
        folders.Files.ShouldBeEmpty("nobody waits for it");
        now.OldSql = null;
    }

    [Fact]
    [Proves("Q12")]
    public async Task Cut_short_it_is_overwritten_by_the_next_attempt()
    {
        await using var folders = Shared.Make();
        await using var old = await folders.OldAsync();
        old.Server.Faults.DropConnectionDuring("BACKUP DATABASE");
        (await old.MakeAsync<ProbeWritten>()).Verdict.ShouldBe(Verdict.Unknown);
        (await old.MakeAsync<ProbeWritten>()).ShouldPass();
        folders.Files.ShouldBeEmpty();
    }

    /// <summary>A folder that both servers see.</summary>
    private sealed class Shared(DirectoryInfo folder) : IAsyncDisposable
    {
        public string File => Path.Combine(folder.FullName, "Octopus-42.bak");

        public MovePlan Plan => ChecksOf.PlanOf(File);

        public IReadOnlyList<string> Files => [.. folder.EnumerateFiles().Select(each => each.Name)];

        public static Shared Make() => new(Directory.CreateTempSubdirectory("octomove-probe-"));

        public async Task<ChecksOf> OldAsync()
        {
            var old = await ChecksOf.OldAsync(Reaching);
            old.Plan = Plan;
            return old;
        }

        public async Task<ChecksOf> NewAsync()
        {
            var now = await ChecksOf.NewAsync(Reaching);
            now.Plan = Plan;
            return now;
        }

        public ValueTask DisposeAsync()
        {
            folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }

        private SqlServerOptions Reaching(SqlServerOptions options) => options with { WritableFolders = [folder.FullName] };
    }
}
