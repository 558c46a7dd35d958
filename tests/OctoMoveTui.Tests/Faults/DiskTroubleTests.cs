using System.Globalization;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Faults;

/// <summary>Disks and shares in the middle of a move: full, read-only, gone, and files on them that are not any more what was written.</summary>
public sealed class DiskTroubleTests(ITestOutputHelper output)
{
    /// <param name="Name">What happens.</param>
    /// <param name="Step">When that step begins; after it for the backup file.</param>
    /// <param name="Happen">Makes it happen.</param>
    /// <param name="PutRight">What the person does about it.</param>
    /// <param name="Says">What has to be in the failure.</param>
    private sealed record DiskTrouble(string Name, string Step, Func<Task> Happen, Func<Task> PutRight, string Says);

    [Fact]
    public async Task Whatever_happens_to_disks_and_files_is_named_and_the_move_goes_on_when_it_is_put_right()
    {
        await using var move = await AMove.OnAsync();
        await using var folder = await ASmallDisk.MountAsync(move.World.MoveFolder, "20m");
        await using var home = await ASmallDisk.MountAsync(move.Settings.New.Home, "20m");
        Assert.SkipWhen(folder is null || home is null, "this needs root, Linux, and the right to mount");
        byte[] whole = [];
        var left = new Queue<DiskTrouble>(
        [
            new("the disk of the new server is full", "copy-directories-ahead", Do(home.Fill), Do(home.MakeRoom), "doesn't fit"),
            new("the move folder is full", "compare-before-outage", Do(folder.Fill), Do(folder.MakeRoom), "disk is full"),
            new("the move folder is gone", "back-up-database", folder.GoAwayAsync, folder.ComeBackAsync, "is gone"),
            new("a bit of the backup has flipped", "bring-backup-over", Do(() => Spoil(bytes => bytes[bytes.Length / 2] ^= 1)), Do(Restore), "damaged"),
            new("the backup was cut short", "restore-database", Do(() => Cut()), Do(Restore), "backup"),
        ]);
        var (happened, complaints) = (new List<string>(), new List<string>());
        DiskTrouble? now = null;
        move.Person.On = happening =>
        {
            if (now is null && left.TryPeek(out var next) && happening is StepChanged { State: StepState.Probing or StepState.Running } begun && begun.Step.Word == next.Step)
            {
                now = left.Dequeue();
                now.Happen().GetAwaiter().GetResult();
                happened.Add(now.Name);
            }
        };
        move.Person.Answers = question =>
        {
            if (question is not RetryOrStop retry)
                return null;
            return PutRight(retry.Failure) ? new Retry() : new StopHere();
        };

        // A folder that somebody writes in can't be made read-only under them: it is so from the start.
        now = new DiskTrouble("the move folder is read-only", "", folder.ForbidWritingAsync, folder.AllowWritingAsync, move.World.MoveFolder);
        await now.Happen();
        happened.Add(now.Name);

        MoveEnded ended;
        do
            ended = await move.RunAsync();
        while (ended.Outcome != MoveOutcome.Finished && PutRight(ended.Failure.ShouldNotBeNull(move.Person.Story)));

        complaints.ShouldBeEmpty();
        ended.Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        left.ShouldBeEmpty();
        await move.ShouldHaveMovedAsync();
        move.ShouldHaveWrittenNoSecret();
        Numbers.Say(output, string.Create(CultureInfo.InvariantCulture, $"Troubles with disks, shares and files in the middle of one move: {happened.Count} of {happened.Count} survived"));

        bool PutRight(FailureReport report)
        {
            if (now is not { } what)
            {
                complaints.Add($"nothing is wrong, and yet: {report}");
                return false;
            }

            if (report.Cause == FailureCause.Defect || report.ToDo.Count == 0 || !$"{report.What} {report.Why} {report.Raw}".Contains(what.Says, StringComparison.OrdinalIgnoreCase))
                complaints.Add($"{what.Name}: {report}");
            output.WriteLine($"{what.Name}: {report.Cause}: {report.What} {report.Why} {string.Join(' ', report.ToDo)}");
            what.PutRight().GetAwaiter().GetResult();
            now = null;
            return true;
        }

        string Backup() => Directory.EnumerateFiles(move.World.Share, "*.bak").Single();

        void Spoil(Action<byte[]> how)
        {
            whole = File.ReadAllBytes(Backup());
            var spoilt = (byte[])whole.Clone();
            how(spoilt);
            File.WriteAllBytes(Backup(), spoilt);
        }

        void Cut()
        {
            whole = File.ReadAllBytes(Backup());
            File.WriteAllBytes(Backup(), whole[..(whole.Length / 2)]);
        }

        void Restore() => File.WriteAllBytes(Backup(), whole);
    }

    private static Func<Task> Do(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };
}
