using OctoMoveTui.Engine.Journal;

namespace OctoMoveTui.Engine.Moving;

/// <summary>What the runner does about a step, once journal and servers have been asked.</summary>
public enum Decision
{
    /// <summary>Nothing to do.</summary>
    Skip,

    /// <summary>The servers say that it is done: write that down and go on.</summary>
    Accept,

    /// <summary>Journal and servers disagree in a way that could lose data.</summary>
    Refuse,

    /// <summary>Run it.</summary>
    Run,
}

/// <summary>The table of the design: on resume the servers are believed before the journal.</summary>
public static class DecisionTable
{
    /// <summary>Decides; <paramref name="acceptsWhatWasDoneBefore"/> is the step's word on the one cell that depends on it.</summary>
    public static Decision Decide(JournalStanding journal, StepProbe servers, bool acceptsWhatWasDoneBefore) => (journal, servers) switch
    {
        (JournalStanding.Finished, StepProbe.NotDone or StepProbe.HalfDone) => Decision.Refuse,
        (JournalStanding.Finished, StepProbe.WantedAgain) => Decision.Run,
        (JournalStanding.Finished, _) => Decision.Skip,
        (_, StepProbe.NotNeeded) => Decision.Accept,
        (JournalStanding.Started, StepProbe.Done) => Decision.Accept,
        (JournalStanding.Nothing, StepProbe.Done) => acceptsWhatWasDoneBefore ? Decision.Accept : Decision.Refuse,
        _ => Decision.Run,
    };
}
