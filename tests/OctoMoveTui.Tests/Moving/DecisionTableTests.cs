using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Moving;

/// <summary>The table of the design, cell by cell.</summary>
public sealed class DecisionTableTests
{
    private static readonly StepProbe Done = new StepProbe.Done(new LeftOut("x"));
    private static readonly StepProbe HalfDone = new StepProbe.HalfDone("x");
    private static readonly StepProbe NotDone = new StepProbe.NotDone();
    private static readonly StepProbe CannotTell = new StepProbe.CannotTell();
    private static readonly StepProbe WantedAgain = new StepProbe.WantedAgain("x");
    private static readonly StepProbe NotNeeded = new StepProbe.NotNeeded("x");

    public static TheoryData<JournalStanding, StepProbe, bool, Decision> Cells => new()
    {
        { JournalStanding.Finished, Done, false, Decision.Skip },
        { JournalStanding.Finished, HalfDone, false, Decision.Refuse },
        { JournalStanding.Finished, NotDone, false, Decision.Refuse },
        { JournalStanding.Finished, NotDone, true, Decision.Refuse },
        { JournalStanding.Finished, CannotTell, false, Decision.Skip },
        { JournalStanding.Finished, NotNeeded, false, Decision.Skip },
        { JournalStanding.Finished, WantedAgain, false, Decision.Run },
        { JournalStanding.Started, Done, false, Decision.Accept },
        { JournalStanding.Started, HalfDone, false, Decision.Run },
        { JournalStanding.Started, NotDone, false, Decision.Run },
        { JournalStanding.Started, CannotTell, false, Decision.Run },
        { JournalStanding.Started, NotNeeded, false, Decision.Accept },
        { JournalStanding.Nothing, Done, true, Decision.Accept },
        { JournalStanding.Nothing, Done, false, Decision.Refuse },
        { JournalStanding.Nothing, HalfDone, false, Decision.Run },
        { JournalStanding.Nothing, NotDone, false, Decision.Run },
        { JournalStanding.Nothing, CannotTell, false, Decision.Run },
        { JournalStanding.Nothing, NotNeeded, false, Decision.Accept },
        { JournalStanding.Started, WantedAgain, false, Decision.Run },
        { JournalStanding.Nothing, WantedAgain, false, Decision.Run },
    };

    [Theory]
    [MemberData(nameof(Cells), DisableDiscoveryEnumeration = true)]
    public void On_resume_the_servers_are_believed_before_the_journal(
        JournalStanding journal, StepProbe servers, bool acceptsWhatWasDoneBefore, Decision decision) =>
        DecisionTable.Decide(journal, servers, acceptsWhatWasDoneBefore).ShouldBe(decision);
}
