using Microsoft.Extensions.Time.Testing;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Journal;

public sealed class MoveFolderAccessTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly MoveFolder folder;
    private readonly FakeTimeProvider time = new();

    public MoveFolderAccessTests() => folder = new MoveFolder(temporary["move"]);

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void A_folder_that_octomove_makes_is_for_its_owner_only()
    {
        folder.Create();
        FolderAccess.Warning(folder).ShouldBeNull();
        foreach (var each in new[] { folder.Path, folder.Files, folder.Logs })
        {
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(each).ShouldBe(AMove.OwnersFolder, each);
        }
    }

    [Fact]
    public void Of_a_folder_that_was_there_it_is_told_who_else_may_write_and_what_ends_it()
    {
        folder.Create();
        if (OperatingSystem.IsWindows())
            return;

        File.SetUnixFileMode(folder.Path, AMove.OwnersFolder | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        var told = FolderAccess.Warning(folder).ShouldNotBeNull();
        told.ShouldStartWith("Everybody on this machine may write");
        told.ShouldContain($"chmod 700 '{folder.Path}'");

        File.SetUnixFileMode(folder.Path, AMove.OwnersFolder | UnixFileMode.GroupWrite);
        FolderAccess.Warning(folder).ShouldNotBeNull().ShouldStartWith("All members of the folder's group");

        File.SetUnixFileMode(folder.Path, AMove.OwnersFolder | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        FolderAccess.Warning(folder).ShouldBeNull("reading alone decides nothing, and the files in it are for their owner only");
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("journal.jsonl")]
    public async Task A_link_in_place_of_lock_or_journal_ends_the_run_with_its_name_and_leaves_what_it_leads_to(string name)
    {
        folder.Create();
        File.WriteAllText(temporary["precious"], "as it was");
        File.CreateSymbolicLink(Path.Combine(folder.Path, name), temporary["precious"]);

        using var conversation = new Conversation(new APerson(), new Redactor(), time);
        var failure = await Should.ThrowAsync<MoveFailure>(async () =>
        {
            await using var held = await FolderLock.TakeAsync(folder, RunIdentity.Here("OLD01", "1.0"), conversation, new TimingSettings(), time, default);
            using var journal = MoveJournal.Open(folder, SamplePlan.Make(), "1.0", new Redactor(), time);
        });

        failure.Report.What.ShouldContain(Path.Combine(folder.Path, name));
        failure.Report.ToDo[0].ShouldContain("remove it");
        File.ReadAllText(temporary["precious"]).ShouldBe("as it was");
    }
}
