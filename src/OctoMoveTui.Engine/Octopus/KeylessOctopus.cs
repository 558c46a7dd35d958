using System.Text.Json;
using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// An Octopus Server of which nobody has an API key: what its API says without one (who answers), and for the rest its command line, its database and
/// the hands of a person. It takes the place of the API, so that the steps read the same. What a person did is looked at wherever that can be.
/// </summary>
public sealed partial class KeylessOctopus : OctopusApi
{
    private readonly MoveContext move;
    private readonly Side side;
    private bool? maintenanceByWord;

    /// <summary>Nothing is asked until it has to be.</summary>
    internal KeylessOctopus(MoveContext move, Side side)
        : base(move.Plan.Of(side).Url, null, move.ApiPatience, move.Detail, () => { }) => (this.move, this.side) = (move, side);

    /// <inheritdoc/>
    public override bool HasKey => false;

    private OctopusServerExe Exe => side == Side.Old ? move.OldExe : move.NewExe;

    private ServerPlan Plan => move.Plan.Of(side);

    /// <inheritdoc/>
    public override Task<string> ProveAdministratorAsync(CancellationToken cancel) => Task.FromResult("");

    /// <inheritdoc/>
    public override async Task<bool> IsInMaintenanceModeAsync(CancellationToken cancel)
    {
        if (await FindMaintenanceModeAsync(cancel) is { } said)
            return said;

        // It travels in the database: unless somebody says otherwise it stands as it was left.
        return maintenanceByWord ?? (side == Side.New && move.Facts.Find<MaintenanceModeEntered>() is { DrainOnly: false });
    }

    /// <inheritdoc/>
    public override async Task<bool> SetMaintenanceModeAsync(bool isOn, CancellationToken cancel)
    {
        if (await FindMaintenanceModeAsync(cancel) == isOn)
            return true;
        var question = new DoByHand(ByHandWords.Maintenance(isOn, Plan.Url), ByHandWords.HowToMaintenance(isOn)) { Otherwise = isOn ? ByHandWords.DrainOnly : null };
        return await HaveDoneAsync(question, async () =>
        {
            var found = await FindMaintenanceModeAsync(cancel);
            if (found is null)
            {
                maintenanceByWord = isOn;
                move.Warn(ByHandWords.OnYourWord);
            }

            return found is null || found == isOn ? null : ByHandWords.MaintenanceUnchanged(isOn);
        }, cancel);
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ServerNode>> ListNodesAsync(CancellationToken cancel) =>
        [.. (await AskAsync(sql => sql.ReadNodesAsync(cancel), cancel)).Select(each => new ServerNode(each.Name, each.Name, !each.IsOnline, each.IsDraining)
        {
            LastSeen = each.LastSeen, TaskCap = each.TaskCap,
        })];

    /// <inheritdoc/>
    public override async Task SetDrainAsync(string node, bool isDraining, CancellationToken cancel)
    {
        var named = (await ListNodesAsync(cancel)).First(each => each.Id == node);
        if (await IsOwnAsync(named, cancel) && await TryDrainAsync(isDraining, cancel) && await IsAsync(isDraining))
            return;
        var question = new DoByHand(ByHandWords.Drain(named.Name, isDraining), ByHandWords.HowToDrain(named.Name, isDraining)) { Otherwise = ByHandWords.NotDrained(named.Name, isDraining) };
        await HaveDoneAsync(question, async () => await IsAsync(isDraining) ? null : ByHandWords.DrainUnchanged(named.Name, isDraining), cancel);

        async Task<bool> IsAsync(bool wanted) => (await ListNodesAsync(cancel)).FirstOrDefault(each => each.Id == node)?.IsDraining == wanted;
    }

    /// <inheritdoc/>
    public override async Task<bool> RemoveNodeAsync(string node, CancellationToken cancel)
    {
        var name = (await ListNodesAsync(cancel)).First(each => each.Id == node).Name;
        var question = new DoByHand(ByHandWords.RemoveNode(name, Plan.Url), ByHandWords.HowToRemoveNode(name)) { Otherwise = ByHandWords.NodeStays(name), IsLeftOutUnattended = true };
        return await HaveDoneAsync(
            question, async () => (await ListNodesAsync(cancel)).Any(each => each.Id == node) ? ByHandWords.NodeStillThere(name) : null, cancel);
    }

    /// <inheritdoc/>
    public override Task<IReadOnlyList<RunningTask>> ListActiveTasksAsync(CancellationToken cancel) => AskAsync(sql => sql.ListTasksAsync(cancel), cancel);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<OctopusSpace>> ListSpacesAsync(CancellationToken cancel) => AskAsync(sql => sql.ListSpacesAsync(cancel), cancel);

    /// <inheritdoc/>
    public override Task<long> CountPackagesAsync(string space, CancellationToken cancel) => AskAsync(sql => sql.CountPackagesAsync(space, cancel), cancel);

    /// <inheritdoc/>
    public override Task<long> CountPollingTentaclesAsync(string space, CancellationToken cancel) =>
        AskAsync(sql => sql.CountPollingTentaclesAsync(space, cancel), cancel);

    /// <inheritdoc/>
    public override async Task<(string State, string Error)> GetTaskAsync(string id, CancellationToken cancel) =>
        await AskAsync(sql => sql.FindTaskAsync(id, cancel), cancel) ?? ("", "");

    /// <summary>The newest of each space; when it was queued is not asked for, so that only one that is at work counts.</summary>
    public override async Task<IReadOnlyList<ReindexTaskSeen>> ListReindexTasksAsync(CancellationToken cancel)
    {
        var found = new List<ReindexTaskSeen>();
        foreach (var space in await ListSpacesAsync(cancel))
        {
            if (await AskAsync(sql => sql.FindNewestTaskAsync(ReindexTask, space.Id, cancel), cancel) is { } id)
                found.Add(new ReindexTaskSeen(id, space.Id, (await GetTaskAsync(id, cancel)).State, null));
        }

        return found;
    }

    /// <inheritdoc/>
    public override async Task<string?> ReindexAsync(string space, CancellationToken cancel)
    {
        var name = (await ListSpacesAsync(cancel)).FirstOrDefault(each => each.Id == space)?.Name ?? space;
        var before = await FindReindexAsync();
        var begun = before;
        var question = new DoByHand(ByHandWords.Reindex(name), ByHandWords.HowToReindex(name)) { Otherwise = ByHandWords.NotReindexed(name), IsLeftOutUnattended = true };
        var isDone = await HaveDoneAsync(question, async () =>
        {
            begun = await FindReindexAsync();
            return begun == before ? ByHandWords.NoReindexSeen(name) : null;
        }, cancel);
        return isDone ? begun : null;

        Task<string?> FindReindexAsync() => AskAsync(sql => sql.FindNewestTaskAsync(ReindexTask, space, cancel), cancel);
    }

    /// <inheritdoc/>
    public override Task<string?> FindTaskFinishedBeforeAsync(DateTimeOffset moment, CancellationToken cancel)
    {
        move.Warn(ByHandWords.ReadALog(Plan.Url));
        return Task.FromResult<string?>(null);
    }

    /// <inheritdoc/>
    public override async Task<string> GetThumbprintAsync(CancellationToken cancel)
    {
        // The text form is that of the sibling agent; what looks like a thumbprint is one, whatever stands around it.
        if (Thumbprint().Match(await Exe.RunAsync(Exe.ShowThumbprint, cancel)) is { Success: true } printed)
            return printed.Value.ToUpperInvariant();
        return await FindInDocumentAsync("certificate-global", "Thumbprint", cancel) ?? throw OctopusFailures.Unreadable(Exe.File, "show-thumbprint");
    }

    /// <inheritdoc/>
    public override Task<IReadOnlyList<KindCount>?> FindCountsAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<KindCount>?>(null);

    /// <inheritdoc/>
    public override Task<bool?> FindPotentialCloneAsync(CancellationToken cancel) => Task.FromResult<bool?>(null);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<string>> ListSpaceIdsAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<StoredContent>> ListFinishedTasksAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<StoredContent>>([]);

    /// <inheritdoc/>
    public override Task<(string? Task, string Refusal)> CheckIntegrityAsync(CancellationToken cancel) =>
        Task.FromResult<(string?, string)>((null, ByHandWords.NoApiKey));

    // Null: this version tells nowhere.
    private async Task<bool?> FindMaintenanceModeAsync(CancellationToken cancel) =>
        (await Exe.ShowConfigurationAsync(cancel)).IsInMaintenanceMode
        ?? (await FindInDocumentAsync("maintenance", "IsInMaintenanceMode", cancel) is { } text && bool.TryParse(text, out var isOn) ? isOn : null);

    private async Task<string?> FindInDocumentAsync(string id, string property, CancellationToken cancel)
    {
        if (await AskAsync(sql => sql.ReadConfigurationAsync(id, cancel), cancel) is not { } text)
            return null;
        using var document = LenientJson.Find(text);
        return document?.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(property, out var value) ? value.ToString() : null;
    }

    // The command line drains the node of its own machine only.
    private async Task<bool> IsOwnAsync(ServerNode node, CancellationToken cancel) =>
        string.Equals(node.Name, (await Exe.ShowConfigurationAsync(cancel)).NodeName, StringComparison.OrdinalIgnoreCase)
        || await FindNodeAsync(cancel) == node.Name;

    // Never with a wait: above five minutes it could end early and call a busy node drained (#9561), and some builds of 2019 failed in it (#5410).
    private async Task<bool> TryDrainAsync(bool isDraining, CancellationToken cancel)
    {
        try
        {
            await Exe.RunAsync(isDraining ? Exe.Drain : Exe.Undrain, cancel);
            return true;
        }
        catch (MoveFailure failure) when (failure.Report.Cause is FailureCause.OctopusCommand or FailureCause.VersionMismatch)
        {
            move.Warn(failure.Report.What);
            return false;
        }
    }

    private async Task<bool> HaveDoneAsync(DoByHand question, Func<Task<string?>> findProblem, CancellationToken cancel)
    {
        while (true)
        {
            switch (await move.AskAsync(question, cancel))
            {
                case Skip when question.Otherwise is { } otherwise:
                    move.Warn(otherwise);
                    return false;
                case Go when await findProblem() is { } problem:
                    question = question with { Problem = problem };
                    break;
                case Go:
                    return true;
            }
        }
    }

    private async Task<T> AskAsync<T>(Func<SqlSession, Task<T>> ask, CancellationToken cancel)
    {
        var sql = side == Side.Old ? await move.OldSqlAsync(cancel) : await move.NewSqlAsOctopusAsync(cancel);
        await using var session = await sql.OpenAsync(Plan.Database, cancel);
        return await ask(session);
    }

    [GeneratedRegex(@"\b[0-9A-Fa-f]{40}\b")]
    private static partial Regex Thumbprint();
}
