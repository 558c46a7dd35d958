using System.Text;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Crash;

/// <summary>A journal that a crash, or the disk, has cut off: at every byte it is read as what its whole lines say.</summary>
public sealed class JournalCutTests(ITestOutputHelper output)
{
    private const int LastLines = 3;

    // What a move has written by then. At every stage: `dotnet cake --target=Crash`.
    private static readonly string[] Stages = ["copy-directories-ahead"];

    [Fact]
    public async Task Cut_at_any_byte_of_its_last_lines_it_is_read_and_goes_on_being_written()
    {
        await using var move = await AMove.OnAsync(KilledMove.World);
        var (cuts, lines) = (0, 0);
        foreach (var stage in KillRun.IsWhole ? TheMove.Steps.Select(each => each.Id.Word) : Stages)
        {
            (await move.RunAsync(until: stage)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
            var plan = MovePlan.FromJson(await File.ReadAllTextAsync(new MoveFolder(move.World.MoveFolder).PlanFile));
            var journal = await File.ReadAllBytesAsync(new MoveFolder(move.World.MoveFolder).JournalFile);
            var whole = Encoding.UTF8.GetString(journal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            using var folder = new TemporaryFolder();
            var cut = new MoveFolder(folder.Path);
            for (var length = journal.Length - 1; length >= journal.Length - whole[^LastLines..].Sum(each => Encoding.UTF8.GetByteCount(each) + 1); length--)
            {
                File.Delete(cut.JournalTipFile); // of the cut before
                await File.WriteAllBytesAsync(cut.JournalFile, journal[..length]);
                var kept = journal.AsSpan(0, length).Count((byte)'\n');
                MoveJournal.Read(cut).Entries.Count.ShouldBe(kept, $"{stage}, cut to {length} bytes");
                if (length % 64 == 0)
                {
                    using (var again = MoveJournal.Open(cut, plan, Mover.Version, new Redactor(), TimeProvider.System))
                        again.Started(new StepId("check-old-server"));
                    MoveJournal.Read(cut).Entries.Count.ShouldBe(kept + 3, "opened, started, closed");
                }

                cuts++;
            }

            lines += LastLines;
        }

        cuts.ShouldBeGreaterThan(500);
        Numbers.Say(output, FormattableString.Invariant($"Journals cut at each byte of the last lines: {cuts} of {cuts} cuts in {lines} lines read as what was whole"));
    }

    // A line that is lost was either not relied on, or the servers know what it said; where they don't, going on is refused, with the reason.
    [Fact]
    public async Task A_move_goes_on_from_a_journal_that_has_lost_its_last_lines_or_refuses_with_the_reason()
    {
        var (went, refused) = (0, new List<string>());
        foreach (var (stage, lost) in Losses())
        {
            await using var move = await AMove.OnAsync(KilledMove.World);
            (await move.RunAsync(until: stage)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
            var file = new MoveFolder(move.World.MoveFolder).JournalFile;
            File.Delete(new MoveFolder(move.World.MoveFolder).JournalTipFile); // written at a run's end: one that is killed leaves none that reaches so far
            var whole = (await File.ReadAllTextAsync(file)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

            // The line "closed" goes first; then what the last step has written, and half of the line before that.
            await File.WriteAllTextAsync(file, string.Concat(whole[..^(lost + 1)].Select(each => each + "\n")) + whole[^(lost + 1)][..(whole[^(lost + 1)].Length / 2)]);
            move.Person = new APerson();
            var ended = await move.RunAsync();
            if (ended.Outcome == MoveOutcome.Finished)
            {
                await move.ShouldHaveMovedAsync();
                move.BackupsTaken.Count.ShouldBe(1, stage);
                went++;
                continue;
            }

            var failure = ended.Failure.ShouldNotBeNull($"{stage}, {lost} lines lost");
            failure.Cause.ShouldNotBe(FailureCause.Defect, move.Person.Story);
            failure.ToDo.ShouldNotBeEmpty();
            move.World.Watch.Seen.ShouldBeEmpty();
            refused.Add($"{stage} without its last {lost} lines: {failure.What}");
        }

        foreach (var each in refused)
            output.WriteLine(each);
        Numbers.Say(output, FormattableString.Invariant($"Moves from a journal that lost its last lines: {went} went on to the end, {refused.Count} refused with the reason, {went + refused.Count} of {Losses().Count()} lost nothing"));
    }

    private static IEnumerable<(string Stage, int Lost)> Losses() => KillRun.IsWhole
        ? TheMove.Steps.Where(each => each.Id.Word is not ("install-octopus-server" or "bring-backup-over" or "add-further-nodes")).SelectMany(each => (int[])[1, 2, 3], (each, lost) => (each.Id.Word, lost))
        : [("restore-database", 1)];
}
