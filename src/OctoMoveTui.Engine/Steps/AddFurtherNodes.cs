using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// After the first node of a new cluster is verified: the others join it. octomove can't reach their machines, so it says what to do there and
/// waits until each is on the list of nodes, online, with the same version.
/// </summary>
public sealed class AddFurtherNodes : MoveStep<FurtherNodesAdded>
{
    /// <inheritdoc/>
    public override StepId Id => new("add-further-nodes");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.AddFurtherNodes;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = new UndoAddFurtherNodes();

    /// <inheritdoc/>
    public override bool IsOptional => true;

    /// <inheritdoc/>
    public override bool AcceptsWhatWasDoneBefore => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) => move.Plan.New.FurtherNodes.Count == 0
        ? [new(PreviewKind.Words, ClusterNotes.NoFurtherNodes)]
        :
        [
            new(PreviewKind.Words, ClusterNotes.HowToJoin(move.Plan.New.FurtherNodes, move.KeyFilePath, $"{move.NewAccount}")),
            .. Commands(move).Select(each => new PreviewLine(PreviewKind.Command, each)),
            new(PreviewKind.Request, OctopusApi.Shown.Nodes),
        ];

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        if (move.Plan.New.FurtherNodes.Count == 0)
            return new StepProbe.NotNeeded(ClusterNotes.NoFurtherNodes);
        if (move.Journalled.Standing == Journal.JournalStanding.Finished)
            return new StepProbe.CannotTell();
        using var api = await move.NewApiAsync(cancel);
        return (await LookAsync(move, api, cancel)).All(each => each.IsSettled)
            ? new StepProbe.Done(new FurtherNodesAdded(move.Plan.New.FurtherNodes)) : new StepProbe.NotDone();
    }

    /// <inheritdoc/>
    public override async Task<FurtherNodesAdded> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var (names, began) = (move.Plan.New.FurtherNodes, move.Time.GetTimestamp());
        var commands = Commands(move).ToList();
        foreach (var name in names)
            move.Warn(ClusterNotes.JoinThere(name, commands));
        move.Info(ClusterNotes.HowToJoin(names, move.KeyFilePath, $"{move.NewAccount}"));
        OtherMachines.Write(move, [.. names.Select(each => (each, (IReadOnlyList<string>)commands))]);
        move.Info(ClusterNotes.JoinUntil(move.Time.GetUtcNow() + move.Timing.OtherNodes));

        using var api = await move.NewApiAsync(cancel);
        var meter = move.Meter(ClusterNotes.WaitingForFurther, ProgressUnit.Items);
        var joined = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            var seen = await LookAsync(move, api, cancel);
            move.Tell(new NodesSeen(move.Step, seen));
            foreach (var node in seen.Where(each => each.IsSettled && joined.Add(each.Name)))
                move.Proof(ClusterNotes.Joined(node.Name, node.Note));
            var left = seen.Where(each => !each.IsSettled).ToList();
            if (left.Count == 0)
                return new FurtherNodesAdded(names);
            if (move.Time.GetElapsedTime(began) > move.Timing.OtherNodes)
                throw ClusterFailures.DidNotJoin(left, move.Timing.OtherNodes);
            meter.Report(joined.Count, names.Count, string.Join(", ", left.Select(each => each.Name)));
            await move.PauseAsync(cancel);
        }
    }

    /// <summary>The planned nodes that have not joined: the step was left out, or one has gone again.</summary>
    internal static async Task<IReadOnlyList<string>> FindMissingAsync(MoveContext move, OctopusApi api, CancellationToken cancel) =>
        move.Plan.New.FurtherNodes.Count == 0 ? []
        : [.. (await LookAsync(move, api, cancel)).Where(each => !each.IsSettled).Select(each => each.Name)];

    // The same instance and home on each machine; never --create, and the key and password are typed in by whoever runs them.
    private static IEnumerable<string> Commands(MoveContext move)
    {
        var (exe, connection) = (move.NewExe, move.Plan.New.ConnectionString);
        var masked = ConnectionStrings.LacksPassword(connection) ? connection + ";Password=" + Secret.Mask : connection;
        foreach (var arguments in new[]
        {
            exe.CreateInstance(move.Plan.New.ConfigFile, move.Plan.New.Home), exe.AttachDatabase(Secret.Mask, masked), exe.InstallService, exe.StartService,
        })
            yield return move.Command(exe, arguments).Text;
    }

    private static async Task<IReadOnlyList<NodeSeen>> LookAsync(MoveContext move, OctopusApi api, CancellationToken cancel)
    {
        var (nodes, version) = (await api.ListNodesAsync(cancel), move.Facts.Find<OldServerChecked>()?.Version ?? "");
        return [.. move.Plan.New.FurtherNodes.Select(name =>
        {
            var node = nodes.FirstOrDefault(each => each.Known.IsCalled(name));
            var isThere = node is { IsOffline: false } && OldNodes.Lives(move, node);
            var isOther = isThere && version.Length > 0 && node!.Version.Length > 0 && node.Version != version;
            return new NodeSeen(name, isThere && !isOther, ClusterNotes.SeenJoining(node, isThere, isOther ? version : null));
        })];
    }
}
