using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Files;

/// <summary>The failure names the end of the way where the trouble is.</summary>
public sealed class FileCarrierTests
{
    [Fact]
    public async Task A_source_that_cant_be_read_is_named_and_not_the_target()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["backup.bak"], "backup");
        using var alone = new FileStream(folder["backup.bak"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        foreach (var from in (string[])[folder["backup.bak"], folder["nowhere.bak"]])
        {
            var failure = (await Should.ThrowAsync<MoveFailure>(() => FileCarrier.CarryAsync(from, folder["to.bak"], forServers: true, (_, _) => { }, default))).Report;
            failure.What.ShouldBe($"{from} can't be read.");
            failure.ToDo.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task A_target_that_cant_be_written_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["backup.bak"], "backup");

        var failure = (await Should.ThrowAsync<MoveFailure>(() => FileCarrier.CarryAsync(folder["backup.bak"], folder["no/to.bak"], forServers: true, (_, _) => { }, default))).Report;

        failure.What.ShouldBe($"{folder["no/to.bak"]} can't be written.");
    }

    [Fact]
    public void A_damaged_backup_file_is_copied_over_by_a_person_for_no_finished_step_is_repeated()
    {
        var failure = CheckFailures.ForeignBackup(new BackupPlan(@"D:\a.bak", @"E:\a.bak", @"\\old\d\a.bak", @"\\new\e\a.bak"), "it is marked as damaged").Report;
        failure.What.ShouldContain(@"E:\a.bak");
        failure.ToDo[0].ShouldBe(@"Copy \\old\d\a.bak over \\new\e\a.bak again, then Retry.");

        CheckFailures.ForeignBackup(new BackupPlan(@"\\s\a.bak", @"\\s\a.bak", "", ""), "it is marked as damaged").Report.ToDo[^1].ShouldContain("--move");
        CheckFailures.RowsDiffer("dbo.Event", 2, 1).Report.ToDo[^1].ShouldContain("another --move folder");
    }
}
