using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>What lies around the new server, held against what lay around the old one. Only looked at.</summary>
internal sealed class NewSurroundingsChecks(MoveContext move, CheckRun checks)
{
    private OldSurroundings? Old => move.Facts.Find<OldServerChecked>()?.Surroundings;

    internal Task MakeAsync(CancellationToken cancel) => checks.MakeAsync(
        "A2", AroundWords.NewAccount, move.Plan.New.ServiceAccount, () => Task.FromResult(Account()), cancel);

    private CheckResult Account()
    {
        var account = move.NewAccount;
        var finding = AroundWords.WillRunAs(move.Plan.New.Service, account, move.Secrets.Find(SecretKind.ServicePassword) is not null);
        return Old is { ServiceAccount.Length: > 0 } old && !account.IsShownAs(old.ServiceAccount)
            ? CheckResult.Warn(finding, AroundWords.AnotherAccount(LogOnAccount.Of(old.ServiceAccount), account))
            : CheckResult.Pass(finding);
    }
}
