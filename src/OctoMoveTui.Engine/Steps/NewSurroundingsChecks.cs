using System.Net.Sockets;
using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>What lies around the new server, held against what lay around the old one. Only looked at; nothing of it stops a move.</summary>
internal sealed class NewSurroundingsChecks(MoveContext move, CheckRun checks)
{
    private OldSurroundings? Old => move.Facts.Find<OldServerChecked>()?.Surroundings;

    internal async Task MakeAsync(CancellationToken cancel)
    {
        var netsh = move.Plan.New.NetshFile;
        await checks.MakeAsync("A2", AroundWords.NewAccount, move.Plan.New.ServiceAccount, () => Task.FromResult(Account()), cancel);
        await checks.MakeAsync(
            "A4", AroundWords.NewHttpSys, $"{netsh} {string.Join(' ', Netsh.ShowBindings)}\n{netsh} {string.Join(' ', Netsh.ShowReservations)}", () => HttpSysAsync(cancel), cancel);
        await checks.MakeAsync(
            "A8", AroundWords.Listening, string.Join("\n", Old?.Listening.Select(each => each.Uri) ?? []), () => ListeningAsync(cancel), cancel);
    }

    private CheckResult Account()
    {
        var account = move.NewAccount;
        var finding = AroundWords.WillRunAs(move.Plan.New.Service, account, move.Secrets.Find(SecretKind.ServicePassword) is not null);
        return Old is { ServiceAccount.Length: > 0 } old && !account.IsShownAs(old.ServiceAccount)
            ? CheckResult.Warn(finding, AroundWords.AnotherAccount(LogOnAccount.Of(old.ServiceAccount), account))
            : CheckResult.Pass(finding);
    }

    private async Task<CheckResult> HttpSysAsync(CancellationToken cancel)
    {
        if (Old is not { Bindings: not null } old)
            return CheckResult.Unknown(HttpSysWords.OldHttpSysUnknown);
        try
        {
            var (bindings, reservations) = (await move.NewNetsh.ListBindingsAsync(cancel), await move.NewNetsh.ListReservationsAsync(cancel));
            return HttpSysWords.Judge(old, move, bindings, reservations);
        }
        catch (MoveFailure failure)
        {
            return CheckResult.Unknown($"{failure.Report.What} {failure.Report.Why}".Trim()) with { Raw = failure.Report.Raw };
        }
    }

    private async Task<CheckResult> ListeningAsync(CancellationToken cancel)
    {
        if (Old is not { } old)
            return CheckResult.Unknown(TentacleWords.OldTargetsUnknown);
        if (old.Listening.Count == 0)
            return CheckResult.Pass(TentacleWords.NobodyListens(old.ListeningCount));
        var answers = await Task.WhenAll(old.Listening.Select(async each => (Target: each, Trouble: await FindTroubleAsync(each.Uri, cancel))));
        var silent = answers.Where(each => each.Trouble is not null).Select(each => (each.Target, each.Trouble!)).ToList();
        return silent.Count == 0
            ? CheckResult.Pass(TentacleWords.AllReached(old.Listening.Count, old.ListeningCount))
            : CheckResult.Warn(TentacleWords.NotReached(silent, old.Listening.Count), TentacleWords.FirewallToDo(move.Plan.New.Machine));
    }

    // Only whether the port answers: what a Tentacle says to whom it trusts is between it and Octopus Server.
    private async Task<string?> FindTroubleAsync(string address, CancellationToken cancel)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Port <= 0)
            return TentacleWords.NoAddress(address);
        using var limit = new CancellationTokenSource(move.Checking.TentacleAnswers, move.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(uri.Host, uri.Port, either.Token);
            return null;
        }
        catch (SocketException error)
        {
            return error.Message;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return TentacleWords.NoAnswer(move.Checking.TentacleAnswers);
        }
    }
}
