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
    private const string UsualWatchdog = "Octopus Watchdog OctopusServer";

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
        var watched = look.Nodes.Where(each => !each.IsCalled(own) && (each.IsOnline || OldNodes.WasAtWork(move, each.Name) || look.SessionsOf(each).Any()))
            .Select(each => new WatchedNode(each.Name, move.Time)).ToList();
        if (watched.Count == 0)
            return look.Nodes;

        var until = move.Time.GetUtcNow() + move.Timing.OtherNodes;
        TellWhatToDo(move, watched, until);
        var meter = move.Meter(ClusterNotes.WaitingForOthers, ProgressUnit.Items);
        while (true)
        {
            foreach (var node in watched)
            {
                if (node.See(look, move.Timing.NodeSilent))
                    move.Proof(ClusterNotes.Gone(node.Name, look.SeesSessions));
            }

            move.Tell(new NodesSeen(move.Step, [.. watched.Select(each => each.Told)]));
            var left = watched.Where(each => !each.IsGone).Select(each => each.Name).ToList();
            if (left.Count == 0)
                return look.Nodes;
            if (watched.Find(each => !each.IsGone && !each.CanBeSeen) is { } hidden)
                throw ClusterFailures.CannotSee(hidden.Name);
            if (move.Time.GetUtcNow() > until)
                throw ClusterFailures.StillThere(left, move.Timing.OtherNodes);

            meter.Report(watched.Count - left.Count, watched.Count, string.Join(", ", left));
            await move.PauseAsync(cancel);
            look = await LookAsync(move, cancel);
        }
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
        if (others.Find(each => sessions.Any(found => IsOf(found, each.Name))) is { } back)
            throw ClusterFailures.CameBack(back.Name, move.Plan.Old.Database);
    }

    private static IEnumerable<string> Commands(MoveContext move) =>
    [
        move.Command(move.Plan.Old.Schtasks, WatchdogTasks.Disable(UsualWatchdog)).Text,
        move.Command(move.Plan.Old.Sc, move.OldService.Disable).Text,
        move.Command(move.OldExe, move.OldExe.StopService).Text,
    ];

    private static void TellWhatToDo(MoveContext move, IReadOnlyList<WatchedNode> nodes, DateTimeOffset until)
    {
        var commands = Commands(move).ToList();
        foreach (var node in nodes)
            move.Warn(ClusterNotes.StopThere(node.Name, commands));
        move.Warn(ClusterNotes.WaitsUntil(until, move.Timing.NodeSilent));
        OtherMachines.Write(move, [.. nodes.Select(each => (each.Name, (IReadOnlyList<string>)commands))]);
    }

    private static async Task<NodesLook> LookAsync(MoveContext move, CancellationToken cancel)
    {
        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.Old.Database, cancel);
        return new NodesLook(
            await session.ReadNodesAsync(cancel), await session.FindSessionsAsync(move.Plan.Old.Database, cancel),
            (await session.ReadRightsAsync(move.Plan.Old.Database, cancel)).SeesAllSessions);
    }

    // A node is called like its machine unless it was given another name; its sessions have the machine's name, and may have the node's in their
    // program's.
    private static bool IsOf(DatabaseSession session, string node) =>
        string.Equals(session.Host.Split('.')[0], node.Split('.')[0], StringComparison.OrdinalIgnoreCase)
        || session.Program.EndsWith(" " + node, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the database shows at one moment.</summary>
    private sealed record NodesLook(IReadOnlyList<KnownNode> Nodes, IReadOnlyList<DatabaseSession> Sessions, bool SeesSessions)
    {
        internal IEnumerable<DatabaseSession> SessionsOf(KnownNode node) => Sessions.Where(each => IsOf(each, node.Name));
    }

    /// <summary>A node that is watched until it is gone.</summary>
    private sealed class WatchedNode(string name, TimeProvider time)
    {
        private DateTimeOffset? lastSeen;
        private long? since;

        internal string Name => name;

        internal bool IsGone { get; private set; }

        /// <summary>False: it neither reports nor could its sessions be seen.</summary>
        internal bool CanBeSeen { get; private set; } = true;

        internal NodeSeen Told { get; private set; } = new(name, false, "");

        /// <summary>True when it is gone now and wasn't at the last look.</summary>
        internal bool See(NodesLook look, TimeSpan silent)
        {
            // A row that is gone was removed by a person: then its sessions alone can tell.
            var row = look.Nodes.FirstOrDefault(each => each.IsCalled(name));
            var sessions = look.Sessions.Count(each => IsOf(each, name));
            if (since is null || row?.LastSeen != lastSeen)
                (lastSeen, since) = (row?.LastSeen, time.GetTimestamp());

            var (wasGone, quiet) = (IsGone, time.GetElapsedTime(since.Value));
            CanBeSeen = lastSeen is not null || look.SeesSessions;
            IsGone = sessions == 0 && CanBeSeen && (lastSeen is null || quiet >= silent);
            Told = new NodeSeen(name, IsGone, ClusterNotes.Seen(look.SeesSessions || sessions > 0 ? sessions : null, lastSeen, IsGone ? null : silent - quiet));
            return IsGone && !wasGone;
        }
    }
}
