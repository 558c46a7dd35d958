using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Journal;

/// <summary>
/// Whether this machine is one that the move knows. A name alone is little: two machines may share one, and one may get another. What counts beside it is the id
/// that its system was installed with and its domain, as the journal has them from each run.
/// </summary>
internal static class MachineFit
{
    /// <summary>Refuses a machine that is neither server, or another one of the same name.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="state">The journal.</param>
    /// <param name="here">This run.</param>
    /// <param name="isNamed">True when the configuration says how this machine is called, and not its host name: then somebody has decided that, and is only told.</param>
    /// <returns>What has to be told.</returns>
    /// <exception cref="MoveFailure">It is the wrong machine.</exception>
    internal static IReadOnlyList<string> Check(MovePlan plan, JournalState state, RunIdentity here, bool isNamed)
    {
        var runs = state.Entries.Where(each => each.Kind == JournalKind.Opened).ToList();
        if (!IsCalled(here.Machine, plan.Old.Machine) && !IsCalled(here.Machine, plan.New.Machine))
            throw MisfitFailures.NeitherServer(plan, here, runs.FindLast(each => IsSameMachine(each, here))?.Machine);

        var told = new List<string>();
        if (runs.FindLast(each => IsCalled(each.Machine, here.Machine) && IsOther(each, here)) is { } twin)
        {
            if (!isNamed)
                throw MisfitFailures.TwoOfOneName(twin, here);
            told.Add(FolderNotes.TwoOfOneName(twin, here));
        }

        if (isNamed && !plan.OneMachine && runs.FindLast(each => !IsCalled(each.Machine, here.Machine) && IsSameMachine(each, here)) is { } other)
            told.Add(FolderNotes.OneOfTwoNames(other, here));
        return told;
    }

    private static bool IsCalled(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string HostOf(JournalEntry run) => run.Host ?? run.Machine;

    private static bool IsSameMachine(JournalEntry run, RunIdentity here) => run.MachineId is not null && run.MachineId == here.MachineId;

    // A journal of an earlier version has neither.
    private static bool IsOther(JournalEntry run, RunIdentity here) =>
        run.MachineId is not null && here.MachineId is not null ? run.MachineId != here.MachineId
            : run.MachineId is null && here.MachineId is null && run.Host is not null && !IsCalled(HostOf(run), here.Host);
}
