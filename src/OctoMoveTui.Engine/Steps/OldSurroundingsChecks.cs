using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>What lies around the old server, days ahead: only looked at, and kept, so that the new server can be held against it. None of it stops a move.</summary>
internal sealed class OldSurroundingsChecks(MoveContext move, CheckRun checks, InstanceConfiguration? configuration)
{
    /// <summary>What was found.</summary>
    internal OldSurroundings Found { get; private set; } = new()
    {
        ListenPrefixes = configuration?.ListenPrefixes ?? "",
        CommunicationsPort = configuration?.CommunicationsPort,
        WebSocketPrefix = configuration?.WebSocketPrefix ?? "",
        ForceSsl = configuration?.ForceSsl,
    };

    internal Task MakeAsync(CancellationToken cancel) => checks.MakeAsync(
        "A1", AroundWords.OldAccount, $"{move.Plan.Old.Sc} qc {move.Plan.Old.Service}", () => AccountAsync(cancel), cancel);

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
}
