using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>What somebody, or a bad stick, does to the folder between the two servers.</summary>
public sealed class CarriedFolderTests
{
    [Fact]
    public async Task What_was_edited_on_the_way_is_refused_with_the_reason_and_the_move_goes_on_when_it_is_put_back()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { MissingBeforeMove = 1 });
        move.Settings.Agreement.MayDrop = 2;
        (move.Settings.Old.Machine, move.Settings.New.Machine) = ("OLD-SERVER", "NEW-SERVER");
        var folder = new MoveFolder(move.World.MoveFolder);

        // The step that is wished for is the other server's: this one does its part and says where to go.
        var first = await RunOnAsync(move, "OLD-SERVER", "restore-database");
        first.Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        first.Sentence.ShouldContain("start octomove on NEW-SERVER");
        var handed = MoveJournal.Read(folder).Entries;
        handed.ShouldAllBe(each => each.Machine == "OLD-SERVER" && each.User == Environment.UserName);
        (handed[^1].Kind, handed[^1].HandedTo).ShouldBe((JournalKind.Closed, "NEW-SERVER"));

        // On a machine that has no part in it, nothing.
        (await RunOnAsync(move, "LAPTOP")).Failure.ShouldNotBeNull().Cause.ShouldBe(FailureCause.WrongServer);

        // A row would be taken for one that had lost its file long ago.
        var list = folder.AgreementOf(Side.Old);
        var lines = await File.ReadAllLinesAsync(list);
        var fault = Array.FindIndex(lines, each => each.Contains("\"line\":\"fault\"", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(list, [.. lines[..fault], lines[fault].Replace("Packages-", "Packages-9", StringComparison.Ordinal), .. lines[fault..]]);
        var edited = (await RunOnAsync(move, "NEW-SERVER")).Failure.ShouldNotBeNull(move.Person.Story);
        edited.What.ShouldContain($"{list} names 4 faults of the old server; it was written with 3");
        await File.WriteAllLinesAsync(list, lines);

        // The files were placed by then. One more that the stick lost:
        var placed = Directory.EnumerateFiles(Path.Combine(move.World.New.Home, "Packages"), "*.zip", SearchOption.AllDirectories).First();
        var staged = folder.StagedDirectory("Packages") + placed[Path.Combine(move.World.New.Home, "Packages").Length..];
        File.Delete(placed);
        var lost = (await RunOnAsync(move, "NEW-SERVER")).Failure.ShouldNotBeNull(move.Person.Story);
        lost.Cause.ShouldBe(FailureCause.Differs);
        File.Exists(staged).ShouldBeTrue();

        // What the re-index is held against, gone when it is needed.
        var second = await RunOnAsync(move, "NEW-SERVER", answers: question =>
        {
            if (question is ConfirmStep { Step: { Word: "reindex-packages" } })
                File.WriteAllLines(folder.PackagesBeforeStart, File.ReadAllLines(folder.PackagesBeforeStart)[1..]);
            return null;
        });
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Warning && each.Text.Contains("only by numbers: no space lists fewer", StringComparison.Ordinal));
        second.Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        (await RunOnAsync(move, "OLD-SERVER")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        MoveJournal.Read(folder).Entries.Where(each => each.Kind == JournalKind.Finished).Select(each => each.Machine).Distinct().ShouldBe(["OLD-SERVER", "NEW-SERVER"]);
        await move.ShouldHaveMovedAsync();
    }

    // What its manifest hides; the others with OCTOMOVE_TEST_ALL.
    public static TheoryData<string> Changes =>
        [.. new[] { "missing with its line", "content", "missing", "more", "a line edited" }.Take(Environment.GetEnvironmentVariable("OCTOMOVE_TEST_ALL") is null ? 1 : 5)];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Staged_files_that_changed_on_the_way_never_reach_a_server_that_runs(string how)
    {
        await using var move = await AMove.OnAsync();
        (move.Settings.Old.Machine, move.Settings.New.Machine) = ("OLD-SERVER", "NEW-SERVER");
        (await RunOnAsync(move, "OLD-SERVER")).Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        var folder = new MoveFolder(move.World.MoveFolder);
        var file = Directory.EnumerateFiles(folder.StagedDirectory("Packages"), "*.zip", SearchOption.AllDirectories).First();
        var (manifest, line) = (await File.ReadAllLinesAsync(folder.ManifestOf("Packages")), Path.GetFileName(file));
        switch (how)
        {
            case "content":
                var (bytes, time) = (await File.ReadAllBytesAsync(file), File.GetLastWriteTimeUtc(file));
                bytes[^1] ^= 1;
                await File.WriteAllBytesAsync(file, bytes);
                File.SetLastWriteTimeUtc(file, time);
                break;
            case "missing":
                File.Delete(file);
                break;
            case "missing with its line":
                File.Delete(file);
                await File.WriteAllLinesAsync(folder.ManifestOf("Packages"), manifest.Where(each => !each.EndsWith(line, StringComparison.Ordinal)));
                break;
            case "a line edited":
                await File.WriteAllLinesAsync(folder.ManifestOf("Packages"), manifest.Select(each => each.EndsWith(line, StringComparison.Ordinal) ? each.Replace("\t20", "\t19", StringComparison.Ordinal) : each));
                break;
            default:
                File.Copy(file, file + ".zip");
                break;
        }

        var failure = (await RunOnAsync(move, "NEW-SERVER")).Failure.ShouldNotBeNull(move.Person.Story);

        failure.What.ShouldContain("Packages");
        failure.Cause.ShouldBe(FailureCause.Differs);
        move.World.New.ServiceChanges.ShouldNotContain(each => each.State == OctoMoveTui.Sandbox.Machines.ServiceState.Running, "the new server has not been started");
    }

    private static async Task<MoveEnded> RunOnAsync(AMove move, string machine, string? until = null, Func<MoveQuestion, MoveAnswer?>? answers = null)
    {
        move.Settings.Machine = machine;
        move.Person = new APerson { Answers = answers ?? (_ => null) };
        return await move.RunAsync(until);
    }
}
