using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Waits until server nodes on other machines are gone from a database: no session of them, and nothing that they report any more.</summary>
internal static class NodeWatch
{
    /// <summary>Waits; what has to be done on their machines was told before.</summary>
    /// <returns>What the database shows when all are gone.</returns>
    /// <exception cref="MoveFailure">One still works after <see cref="TimingSettings.OtherNodes"/>, or none of it can be seen.</exception>
    internal static async Task<NodesLook> WaitUntilGoneAsync(
        MoveContext move, NodesLook first, IReadOnlyList<string> names, Func<Task<NodesLook>> lookAgain, Func<IReadOnlyList<string>, MoveFailure> stillThere,
        CancellationToken cancel)
    {
        var (look, began, watched) = (first, move.Time.GetTimestamp(), names.Select(each => new WatchedNode(each, move.Time)).ToList());
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
                return look;
            if (watched.Find(each => !each.IsGone && !each.CanBeSeen) is { } hidden)
                throw ClusterFailures.CannotSee(hidden.Name);
            if (move.Time.GetElapsedTime(began) > move.Timing.OtherNodes)
                throw stillThere(left);

            meter.Report(watched.Count - left.Count, watched.Count, string.Join(", ", left));
            await move.PauseAsync(cancel);
            look = await lookAgain();
        }
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
            var sessions = look.SessionsOf(name).Count();
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

/// <summary>What a database shows of its server nodes at one moment.</summary>
internal sealed record NodesLook(IReadOnlyList<KnownNode> Nodes, IReadOnlyList<DatabaseSession> Sessions, bool SeesSessions)
{
    /// <summary>Looks.</summary>
    internal static async Task<NodesLook> AtAsync(SqlServer sql, string database, CancellationToken cancel)
    {
        await using var session = await sql.OpenAsync(database, cancel);
        return new NodesLook(
            await session.ReadNodesAsync(cancel), await session.FindSessionsAsync(database, cancel), (await session.ReadRightsAsync(database, cancel)).SeesAllSessions);
    }

    /// <summary>
    /// A node is called like its machine unless it was given another name; its sessions have the machine's name, and may have the node's in their
    /// program's.
    /// </summary>
    internal static bool IsOf(DatabaseSession session, string node) =>
        string.Equals(session.Host.Split('.')[0], node.Split('.')[0], StringComparison.OrdinalIgnoreCase)
        || session.Program.EndsWith(" " + node, StringComparison.OrdinalIgnoreCase);

    internal IEnumerable<DatabaseSession> SessionsOf(string node) => Sessions.Where(each => IsOf(each, node));
}
