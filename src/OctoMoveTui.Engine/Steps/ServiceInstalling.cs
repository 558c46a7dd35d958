using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// The Windows service of the new instance: installed with its account while the database is attached, started only behind the gate. Until then it
/// starts on demand alone, for a machine that is rebooted meanwhile must not bring it up.
/// </summary>
internal static class ServiceInstalling
{
    internal static IEnumerable<PreviewLine> Preview(MoveContext move)
    {
        var account = move.NewAccount;
        yield return new(PreviewKind.Words, ServiceNotes.Installs(account, move.Plan.New.Service));
        yield return move.Command(move.NewExe, move.NewExe.InstallService);
        if (account.Kind is LogOnKind.BuiltIn or LogOnKind.Managed)
            yield return move.Command(move.Plan.New.Sc, move.NewService.LogOnAs(account));
        yield return move.Command(move.Plan.New.Sc, move.NewService.StartOnDemand);
    }

    /// <summary>Whether it is as this move wants it before the start.</summary>
    internal static bool IsReady(MoveContext move, ServiceStanding? standing) =>
        standing is { StartType: ServiceStanding.OnDemand } && move.NewAccount.IsShownAs(standing.Account);

    /// <summary>Installs it, or puts right what is there; safe to run again.</summary>
    internal static async Task InstallAsync(MoveContext move, CancellationToken cancel)
    {
        var (service, account) = (move.NewService, move.NewAccount);
        var standing = await service.QueryAsync(cancel);
        if (standing is { IsStopped: false })
            throw ServiceFailures.RunsEarly(service.Service);
        if (standing is null || !account.IsShownAs(standing.Account))
            await SetAsync(move, cancel);

        await service.RunAsync(service.StartOnDemand, cancel);
        await ProveAsync(move, cancel);
    }

    /// <summary>Gives the service its account, and its password where it has one.</summary>
    internal static async Task SetAsync(MoveContext move, CancellationToken cancel)
    {
        var (service, account) = (move.NewService, move.NewAccount);
        if (account.Kind == LogOnKind.User)
        {
            var password = await move.SecretAsync(SecretKind.ServicePassword, ServiceNotes.WhyPassword(account), cancel);
            await move.NewExe.RunAsync(move.NewExe.InstallService, ServiceVariables.Of(account, password), cancel);
            return;
        }

        await move.NewExe.RunAsync(move.NewExe.InstallService, cancel);
        if (await service.QueryAsync(cancel) is { } installed && !account.IsShownAs(installed.Account))
            await service.RunAsync(service.LogOnAs(account), cancel);
    }

    /// <summary>By what the service controller shows.</summary>
    private static async Task ProveAsync(MoveContext move, CancellationToken cancel)
    {
        var service = move.NewService;
        var standing = await service.QueryAsync(cancel) ?? throw OctopusFailures.ServiceMissing(service.Service);
        if (!move.NewAccount.IsShownAs(standing.Account))
            throw ServiceFailures.WrongAccount(service.Service, move.NewAccount, standing.Account);
        if (!standing.IsStopped)
            throw ServiceFailures.RunsEarly(service.Service);
        if (standing.DependsOn.Count > 0)
            move.Warn(ServiceNotes.DependsOn(service.Service, standing.DependsOn));
        move.Proof(ServiceNotes.Installed(service.Service, move.NewAccount));
    }

    /// <summary>The gate: it has not run, and will run as planned. Moves begun by an earlier version install it only when they start it.</summary>
    internal static async Task ProveNotStartedAsync(MoveContext move, CancellationToken cancel)
    {
        var service = move.NewService;
        if (await service.QueryAsync(cancel) is not { } standing)
            return;
        if (!standing.IsStopped)
            throw ServiceFailures.RunsEarly(service.Service);
        if (!move.NewAccount.IsShownAs(standing.Account))
            throw ServiceFailures.WrongAccount(service.Service, move.NewAccount, standing.Account);
        move.Proof(ServiceNotes.StillStopped(service.Service, move.NewAccount));
    }
}
