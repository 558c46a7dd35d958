using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// The nodes of an old cluster on other machines. octomove can't stop them, so it says what to do there and waits until the database shows each
/// of them gone: no session of it, and nothing that it reports any more.
/// </summary>
internal static class OtherNodes
{
    internal const string UsualWatchdog = "Octopus Watchdog OctopusServer";

    /// <summary>What has to be done on the other machines, as far as it is known which there are.</summary>
    internal static IEnumerable<PreviewLine> Preview(MoveContext move)
    {
        foreach (var node in OldNodes.OthersAtWork(move))
        {
            yield return new(PreviewKind.Words, ClusterNotes.WillBeToldOf(node.Name));
            foreach (var command in Commands(move))
                yield return new(PreviewKind.Command, command);
        }
    }

    /// <summary>Waits until no other node works on the old database. Gives all nodes as they stand there then.</summary>
    /// <exception cref="MoveFailure">One still works after <see cref="TimingSettings.OtherNodes"/>, or none of it can be seen.</exception>
    internal static async Task<IReadOnlyList<KnownNode>> WaitUntilGoneAsync(MoveContext move, CancellationToken cancel)
    {
        var own = await OldNodes.OwnNameAsync(move, cancel);
        var look = await LookAsync(move, cancel);
        var watched = look.Nodes.Where(each => !each.IsCalled(own) && (each.IsOnline || OldNodes.WasAtWork(move, each.Name) || look.SessionsOf(each.Name).Any()))
            .Select(each => each.Name).ToList();
        if (watched.Count == 0)
            return look.Nodes;

        TellWhatToDo(move, watched, move.Time.GetUtcNow() + move.Timing.OtherNodes);
        return (await NodeWatch.WaitUntilGoneAsync(
            move, look, watched, () => LookAsync(move, cancel), left => ClusterFailures.StillThere(left, move.Timing.OtherNodes), cancel)).Nodes;
    }

    /// <summary>Asked again before everything that relies on it: no other node of the old cluster has come back to the old database.</summary>
    /// <exception cref="MoveFailure">One has.</exception>
    internal static async Task ProveGoneAsync(MoveContext move, CancellationToken cancel)
    {
        var own = await OldNodes.OwnNameAsync(move, cancel);
        var others = (move.Facts.Find<OldServerStopped>()?.Nodes ?? []).Where(each => !each.IsCalled(own)).ToList();
        if (others.Count == 0)
            return;

        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        var sessions = await session.FindSessionsAsync(move.Plan.Old.Database, cancel);
        if (others.Find(each => sessions.Any(found => NodesLook.IsOf(found, each.Name))) is { } back)
            throw ClusterFailures.CameBack(back.Name, move.Plan.Old.Database);
    }

    private static IEnumerable<string> Commands(MoveContext move) =>
    [
        move.Command(move.Plan.Old.Schtasks, WatchdogTasks.Disable(UsualWatchdog)).Text,
        move.Command(move.Plan.Old.Sc, move.OldService.Disable).Text,
        move.Command(move.OldExe, move.OldExe.StopService).Text,
    ];

    private static void TellWhatToDo(MoveContext move, IReadOnlyList<string> nodes, DateTimeOffset until)
    {
        var commands = Commands(move).ToList();
        foreach (var node in nodes)
            move.Warn(ClusterNotes.StopThere(node, commands));
        move.Warn(ClusterNotes.WaitsUntil(until, move.Timing.NodeSilent));
        OtherMachines.Write(move, [.. nodes.Select(each => (each, (IReadOnlyList<string>)commands))]);
    }

    private static async Task<NodesLook> LookAsync(MoveContext move, CancellationToken cancel) =>
        await NodesLook.AtAsync(await move.OldSqlAsync(cancel), move.Plan.Old.Database, cancel);
}
