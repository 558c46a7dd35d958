using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>Pain point 4: the key is saved to a file on the old server and opened from it on the new one.</summary>
public sealed class KeyFileMoveTests
{
    private const string Passphrase = "four words in a row";

    [Fact]
    public async Task A_key_saved_to_a_file_on_the_old_server_is_opened_on_the_new_one_and_passphrase_and_key_are_written_nowhere()
    {
        await using var move = await AMove.OnAsync();
        (move.Settings.Old.Machine, move.Settings.New.Machine, move.Settings.Machine) = ("OLD-SERVER", "NEW-SERVER", "OLD-SERVER");
        move.Settings.MasterKey = null;
        var passphrases = new Queue<string>(["tiny-9", Passphrase]);
        move.Person.Answers = question => question is ProveMasterKeySaved proof ? new KeyFileGiven(proof.KeyFile, new Secret(passphrases.Dequeue())) : null;
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        move.Person.Story.ShouldContain("read back and opened with its passphrase");
        move.Person.Questions.OfType<ProveMasterKeySaved>().Last().Problem.ShouldNotBeNull().ShouldContain("too short");

        move.Settings.Machine = "NEW-SERVER";
        passphrases = new Queue<string>(["four words in a raw", Passphrase]);
        move.Person.Answers = question => question is GiveSecret { Kind: SecretKind.MasterKey } key
            ? new KeyFileGiven(key.KeyFile!, new Secret(passphrases.Dequeue())) : null;
        (await move.RunAsync(until: "create-instance")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.Person.Questions.OfType<GiveSecret>().Last().Problem.ShouldNotBeNull().ShouldContain("does not open");
        passphrases.ShouldBeEmpty();
        ShouldHaveHidden(move, Passphrase);
    }

    [Fact]
    public async Task The_environment_saves_the_key_and_opens_it_on_the_new_server_without_a_question()
    {
        await using var move = await AMove.OnAsync();
        (move.Settings.Old.Machine, move.Settings.New.Machine, move.Settings.Machine) = ("OLD-SERVER", "NEW-SERVER", "OLD-SERVER");
        (move.Settings.MasterKey, move.Settings.KeyFilePassphrase) = (null, Passphrase);
        move.Settings.KeyFile = Path.Combine(Path.GetDirectoryName(move.World.MoveFolder)!, "vault.octomove");
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        File.Exists(move.Settings.KeyFile).ShouldBeTrue();

        (move.Settings.Machine, move.Settings.KeyFilePassphrase) = ("NEW-SERVER", "four words in a raw");
        (await move.RunAsync(until: "create-instance")).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);
        move.Person.Questions.OfType<GiveSecret>().ShouldHaveSingleItem().Problem.ShouldNotBeNull().ShouldContain("does not open");
        move.World.New.Services.All.ShouldBeEmpty();

        move.Settings.KeyFilePassphrase = Passphrase;
        move.Person = new APerson();
        (await move.RunAsync(until: "create-instance")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.Person.Questions.ShouldAllBe(each => each is ConfirmStep, "nobody has to be there");
        ShouldHaveHidden(move, Passphrase);
    }

    [Fact]
    [Proves("P4")]
    public async Task A_lost_key_stops_the_new_server_and_says_what_that_means()
    {
        await using var move = await AMove.OnAsync();
        (move.Settings.Old.Machine, move.Settings.New.Machine, move.Settings.Machine) = ("OLD-SERVER", "NEW-SERVER", "OLD-SERVER");
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);

        (move.Settings.Machine, move.Settings.MasterKey) = ("NEW-SERVER", null);
        move.Person.Answers = question => question is GiveSecret { Kind: SecretKind.MasterKey } ? new MasterKeyLost() : null;
        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(FailureCause.MasterKey);
        failure.What.ShouldContain("lost");
        failure.ToDo.ShouldAllBe(each => !each.Contains("lost-master-key"));
        move.World.New.Services.All.ShouldBeEmpty();
    }

    private static void ShouldHaveHidden(AMove move, string secret)
    {
        move.ShouldHaveWrittenNoSecret();
        move.Person.Heard.ShouldNotContain(secret);
        foreach (var file in Directory.EnumerateFiles(move.World.MoveFolder, "*", SearchOption.AllDirectories))
            File.ReadAllText(file).ShouldNotContain(secret, Case.Sensitive, file);
    }
}
