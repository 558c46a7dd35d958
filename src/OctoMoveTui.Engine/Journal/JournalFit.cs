using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Journal;

/// <summary>Whether a journal, the plan beside it and this octomove belong together.</summary>
internal static class JournalFit
{
    /// <summary>For a run that goes on with it.</summary>
    /// <exception cref="MoveFailure">They don't; it says which does not fit, and to what.</exception>
    internal static void Check(MoveFolder folder, JournalState state, MovePlan plan, string program)
    {
        CheckProgram(folder, state, program);
        CheckPlan(folder, state, plan);
    }

    /// <summary>Plan and journal are of one move, and neither was changed since.</summary>
    /// <exception cref="MoveFailure">They are not.</exception>
    internal static void CheckPlan(MoveFolder folder, JournalState state, MovePlan plan)
    {
        if (state.Plan is not { } journalled || plan.Fingerprint == journalled)
            return;
        var line = state.Entries.FindIndex(each => each.Plan == journalled);
        throw MisfitFailures.PlanChanged(folder, plan.Fingerprint, journalled, line + 1, state.Entries[line]);
    }

    /// <summary>This octomove may go on with what the last one wrote.</summary>
    /// <exception cref="MoveFailure">It is of another version.</exception>
    internal static void CheckProgram(MoveFolder folder, JournalState state, string program)
    {
        var last = state.Entries.FindLastIndex(each => each.Program is not null);
        if (last >= 0 && !ProgramVersion.GoesOnWith(state.Entries[last].Program!, program))
            throw MisfitFailures.OtherProgram(folder, last + 1, state.Entries[last], program);
    }
}
