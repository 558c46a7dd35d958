using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>Old and new server don't see each other's insides: the move folder goes from one to the other and back.</summary>
public sealed class TwoMachinesTests
{
    [Fact]
    public async Task The_move_folder_is_handed_from_the_old_server_to_the_new_one_and_back()
    {
        await using var move = await AMove.OnAsync();
        move.Settings.Old.Machine = "OLD-SERVER";
        move.Settings.New.Machine = "NEW-SERVER";

        // A share that is open to all, as shares are.
        Directory.CreateDirectory(move.World.MoveFolder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(move.World.MoveFolder, (UnixFileMode)0x1FF);

        var first = await RunOnAsync(move, "OLD-SERVER");
        move.Person.Events.OfType<Logged>().Count(each => each.Kind == LogKind.Warning && each.Text.Contains("may write in the move folder"))
            .ShouldBe(OperatingSystem.IsWindows() ? 0 : 1);
        first.Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        first.ExitCode.ShouldBe(ExitCodes.HandedOver);
        first.Sentence.ShouldContain("start octomove on NEW-SERVER");
        move.World.New.Services.All.ShouldBeEmpty();
        Directory.Exists(Path.Combine(move.World.MoveFolder, "files", "Packages")).ShouldBeTrue("the directories travel through the move folder");

        // The new server knows no secret of the old one: the key is asked for, and proven before it is used.
        move.Settings.MasterKey = null;
        var answers = new Queue<string>(["5qJcW9E6B99teMmrOzaYNA==", move.World.Secrets.MasterKey]);
        var second = await RunOnAsync(
            move, "NEW-SERVER", question => question is GiveSecret { Kind: SecretKind.MasterKey } ? new SecretGiven(new Secret(answers.Dequeue())) : null);
        second.Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        move.Person.Questions.OfType<GiveSecret>().Count().ShouldBe(2, "the wrong key was refused and asked for again");
        second.Sentence.ShouldContain("start octomove on OLD-SERVER");

        var third = await RunOnAsync(move, "OLD-SERVER");
        third.Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await move.ShouldHaveMovedAsync();
        move.ShouldHaveWrittenNoSecret();
        move.ShouldHaveClosedItsFiles();
    }

    [Fact]
    public async Task A_check_on_the_wrong_machine_says_where_to_start_octomove()
    {
        await using var move = await AMove.OnAsync();
        move.Settings.New.Machine = "NEW-SERVER";

        var failure = (await move.CheckAsync(Side.New)).Failure.ShouldNotBeNull();
        failure.Cause.ShouldBe(FailureCause.WrongServer);
        failure.ToDo.ShouldContain(each => each.Contains("NEW-SERVER", StringComparison.Ordinal));
    }

    private static async Task<MoveEnded> RunOnAsync(AMove move, string machine, Func<MoveQuestion, MoveAnswer?>? answers = null)
    {
        move.Settings.Machine = machine;
        move.Person = new APerson { Answers = answers ?? (_ => null) };
        return await move.RunAsync();
    }
}
