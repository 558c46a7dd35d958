using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>What lies around the old server, days ahead: only looked at, and kept, so that the new server can be held against it. None of it stops a move.</summary>
/// <param name="move">The move.</param>
/// <param name="checks">Tells what is found.</param>
/// <param name="configuration">What the instance says of itself; null when it could not be asked.</param>
/// <param name="canAsk">The API answered and took the key: a refused one must not be asked for once more for each of these.</param>
internal sealed class OldSurroundingsChecks(MoveContext move, CheckRun checks, InstanceConfiguration? configuration, bool canAsk)
{
    /// <summary>What was found.</summary>
    internal OldSurroundings Found { get; private set; } = new()
    {
        ListenPrefixes = configuration?.ListenPrefixes ?? "",
        CommunicationsPort = configuration?.CommunicationsPort,
        WebSocketPrefix = configuration?.WebSocketPrefix ?? "",
        ForceSsl = configuration?.ForceSsl,
    };

    internal async Task MakeAsync(CancellationToken cancel)
    {
        var plan = move.Plan.Old;
        await MakeAsync("A1", AroundWords.OldAccount, $"{plan.Sc} qc {plan.Service}", AccountAsync, cancel);
        await MakeAsync("A3", AroundWords.OldHttpSys, $"{plan.NetshFile} {string.Join(' ', Netsh.ShowBindings)}\n{plan.NetshFile} {string.Join(' ', Netsh.ShowReservations)}", HttpSysAsync, cancel);
        await MakeAsync("A5", AroundWords.Licence, "GET /api/serverstatus\nGET /api/licenses/licenses-current-status", LicenceAsync, cancel);
        await MakeAsync("A6", AroundWords.Polling, "GET /api/{space}/machines, /api/{space}/workers", TargetsAsync, cancel);
        await MakeAsync("A7", AroundWords.ServerUri, "GET /api/serverconfiguration", ServerUriAsync, cancel);
        await MakeAsync("A9", AroundWords.WakeUp, "GET /api/{space}/projecttriggers, /api/{space}/subscriptions, /api/{space}/machinepolicies", WakeUpAsync, cancel);
    }

    // What can't be asked is unknown here, never a failure: nothing of it is worth stopping a move.
    private Task MakeAsync(string id, CheckWords words, string asks, Func<CancellationToken, Task<CheckResult>> look, CancellationToken cancel) => checks.MakeAsync(id, words, asks, async () =>
    {
        try
        {
            return await look(cancel);
        }
        catch (MoveFailure failure)
        {
            return CheckResult.Unknown($"{failure.Report.What} {failure.Report.Why}".Trim()) with { Raw = failure.Report.Raw };
        }
    }, cancel);

    private async Task<CheckResult> AccountAsync(CancellationToken cancel)
    {
        if (await move.OldService.QueryAsync(cancel) is not { } standing)
            return CheckResult.Unknown(AroundWords.NoService(move.OldService.Service));
        Found = Found with { ServiceAccount = standing.Account, DependsOn = standing.DependsOn };

        var advice = new List<string>();
        if (!move.NewAccount.IsShownAs(standing.Account))
            advice.Add(AroundWords.AnotherAccount(LogOnAccount.Of(standing.Account), move.NewAccount));
        if (standing.DependsOn.Count > 0)
            advice.Add(ServiceNotes.NotCarriedOver(standing.DependsOn));
        var finding = AroundWords.RunsAs(move.OldService.Service, LogOnAccount.Of(standing.Account));
        return advice.Count == 0 ? CheckResult.Pass(finding) : CheckResult.Warn(finding, advice);
    }

    private async Task<CheckResult> HttpSysAsync(CancellationToken cancel)
    {
        Found = Found with { Bindings = await move.OldNetsh.ListBindingsAsync(cancel), Reservations = await move.OldNetsh.ListReservationsAsync(cancel) };
        return CheckResult.Pass(HttpSysWords.HttpSysKept(HttpSysDifferences.PortalBindings(Found), Found.Reservations!.Count));
    }

    private async Task<CheckResult> LicenceAsync(CancellationToken cancel)
    {
        if (!canAsk)
            return CheckResult.Unknown(AroundWords.ApiRefused);
        using var api = await move.OldApiAsync(cancel);
        if (!api.HasKey)
            return CheckResult.Unknown(ByHandWords.NoApiKey);
        return AroundWords.Judge(await api.GetLicenceAsync(cancel), move.Time.GetUtcNow());
    }

    private async Task<CheckResult> TargetsAsync(CancellationToken cancel)
    {
        if (!canAsk)
            return CheckResult.Unknown(AroundWords.ApiRefused);
        using var api = await move.OldApiAsync(cancel);
        if (!api.HasKey)
            return CheckResult.Unknown(ByHandWords.NoApiKey);
        var targets = await api.ListTargetsAsync(cancel);
        var listening = targets.Where(each => each is { Listens: true, IsDisabled: false } && each.Uri.Length > 0).ToList();
        Found = Found with
        {
            Polling = [.. targets.Where(each => each.Polls || each.IsKubernetesAgent)],
            Listening = Spread(listening, move.Checking.Tentacles),
            ListeningCount = listening.Count,
        };

        if (Found.Polling.Count == 0)
            return CheckResult.Pass(TentacleWords.NobodyPolls);
        if (!PollingTentacles.AddressChanges(move.Plan))
            return CheckResult.Pass(TentacleWords.PollingStays(Found.Polling, new Uri(move.Plan.New.Url).Host, Found.WebSocketPrefix));
        var file = move.IsJournalled ? PollingTentacles.Write(move, Found) : null;
        return CheckResult.Warn(TentacleWords.PollingMoves(Found.Polling), TentacleWords.PollingToDo(move.Plan, file, Found.WebSocketPrefix, Found.Polling));
    }

    private async Task<CheckResult> ServerUriAsync(CancellationToken cancel)
    {
        if (!canAsk)
            return CheckResult.Unknown(AroundWords.ApiRefused);
        using var api = await move.OldApiAsync(cancel);
        if (!api.HasKey)
            return CheckResult.Unknown(ByHandWords.NoApiKey);
        Found = Found with { ServerUri = await api.FindServerUriAsync(cancel) };
        return CheckResult.Pass(AroundWords.ServerUriIs(Found.ServerUri, move.Plan));
    }

    private async Task<CheckResult> WakeUpAsync(CancellationToken cancel)
    {
        if (!canAsk)
            return CheckResult.Unknown(AroundWords.ApiRefused);
        using var api = await move.OldApiAsync(cancel);
        if (!api.HasKey)
            return CheckResult.Unknown(ByHandWords.NoApiKey);
        var found = await api.FindWakeUpAsync(cancel);
        return found.CleanUps.Count > 0 ? CheckResult.Warn(WakeUpWords.WillFire(found), WakeUpWords.CleanUpToDo(found.CleanUps)) : CheckResult.Pass(WakeUpWords.WillFire(found));
    }

    // Not the first ones: these are often of one kind, in one network.
    private static IReadOnlyList<OctopusTarget> Spread(IReadOnlyList<OctopusTarget> all, int count) =>
        all.Count <= count ? all : [.. Enumerable.Range(0, Math.Max(0, count)).Select(i => all[(int)((long)i * all.Count / count)])];
}
