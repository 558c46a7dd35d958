using System.Globalization;
using Humanizer;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What going back would mean once users work on the new server: said plainly, with how it is done by whoever accepts that.</summary>
internal static class PastReturnWords
{
    internal static MoveFailure NoWayBack(MovePlan plan, DateTimeOffset? left, WorkSince? since) => new(new(
        FailureCause.PastReturn, $"{Passed(plan, left)} octomove does not take it back any more.", Means(plan, since), ByHand(plan)));

    /// <summary>What would be lost, in sentences.</summary>
    internal static string Means(MovePlan plan, WorkSince? since) => plan.Shape.BringsDatabase()
        ? $"{HowMuch(since)} None of it is in the old database; going back would lose it: projects, releases, deployments and what they did, users, variables, certificates. Packages, "
            + "artifacts and task logs that came since lie only in the new directories. Targets were deployed to since, of which the old server knows nothing."
        : "The database is the same one, so nothing in it would be lost by going back. But packages, artifacts and task logs that came since lie only in the new directories: copy them "
            + "to the old ones first, else the database names files that the old server hasn't.";

    /// <summary>How to do it all the same, a sentence each.</summary>
    internal static IReadOnlyList<string> ByHand(MovePlan plan) =>
    [
        "Most likely it is better to put right what is wrong on the new server. If you go back all the same, do it in this order, and by hand:",
        .. plan.Shape.KeepsInstance()
            ? (string[])[$"1. Enter maintenance mode, and stop and disable {plan.New.Service}."]
            : [$"1. Enter maintenance mode on the new server, and stop and disable {plan.New.Service} on {plan.New.Machine}. Never let both run."],
        "2. Copy what came since from the new directories to the old ones.",
        plan.Shape switch
        {
            MoveShape.DatabaseOnly => $"3. ALTER DATABASE [{plan.Old.Database}] SET READ_WRITE; then Octopus.Server database --instance={plan.Old.Instance} --connectionString=… with the old connection string.",
            MoveShape.FoldersOnly => $"3. Octopus.Server path --instance={plan.Old.Instance} with the old places.",
            MoveShape.ServerOnly => $"3. Octopus.Server path --instance={plan.Old.Instance} on {plan.Old.Machine} with the old places.",
            _ => $"3. ALTER DATABASE [{plan.Old.Database}] SET READ_WRITE; on the old SQL Server.",
        },
        $"4. On {plan.Old.Machine}: sc.exe config {plan.Old.Service} start= auto, and start it. Turn maintenance mode off, and stop draining its nodes.",
        "5. Cancel tasks that ran on the new server and are queued on the old one, before you stop draining.",
    ];

    private static string Passed(MovePlan plan, DateTimeOffset? left) => left is { } at
        ? $"Users work on {plan.New.Url} since {at.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}: the point of no return is passed."
        : $"Users were let in to {plan.New.Url}: the point of no return is passed.";

    private static string HowMuch(WorkSince? since) => since is null
        ? "What was done since exists only on the new server; how much it is could not be asked."
        : $"Since then {"task".ToQuantity(since.Tasks)} {(since.Tasks == 1 ? "was" : "were")} queued on the new server, {"deployment".ToQuantity(since.Deployments)} among them"
            + (since.Events is { } events ? $", and {"change".ToQuantity(events)} recorded in the audit log." : ".");
}

/// <summary>What was done on the new server since users were let in.</summary>
/// <param name="Tasks">Tasks that were queued.</param>
/// <param name="Deployments">Deployments and runbook runs among them.</param>
/// <param name="Events">Entries of the audit log; null where they can't be counted.</param>
internal sealed record WorkSince(long Tasks, long Deployments, long? Events);
