using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said of all that lies around a server, outside its database and its directories.</summary>
internal static class AroundWords
{
    internal static readonly CheckWords OldAccount = new(
        "Account of the old service", "the new service will run as the same, and the old one depends on no other service",
        "the new service will run as another, or the old one starts after other services, which is not carried over", Unknown: "there is no such service, or it can't be asked");

    internal static readonly CheckWords NewAccount = new(
        "Account of the new service", "the same as on the old server, or the old server is not known here", "another than on the old server");

    internal static readonly CheckWords OldHttpSys = new(
        "Portal TLS and addresses", "certificate bindings and URL reservations are kept, for comparison", Unknown: "netsh can't be asked");

    internal static readonly CheckWords NewHttpSys = new(
        "Portal TLS and addresses", "each port that the portal listens at with https has a certificate, and what was reserved is",
        "a binding or a reservation of the old machine is missing, or presents another certificate: the commands that make it are told",
        Unknown: "the old server has not been checked, or netsh can't be asked");

    internal static readonly CheckWords Licence = new(
        "Licence", "it has maintenance, and the server keeps to it", "its maintenance has expired or soon will, or the server does not keep to it", Unknown: "the server does not say");

    internal static readonly CheckWords Polling = new(
        "Polling Tentacles", "nobody polls, or the address stays", "Tentacles poll an address that changes: a command for each is written to `polling-tentacles.txt`",
        Unknown: "the server does not list its targets");

    internal static readonly CheckWords ServerUri = new("Server URI", "told, and what becomes of it", Unknown: "the server does not say");

    internal static readonly CheckWords Listening = new(
        "Listening Tentacles", "a sample of them (`Check:Tentacles`) can be reached from the new server", "one can't: most likely a firewall knows the old server only",
        Unknown: "the old server has not been checked");

    internal static readonly CheckWords WakeUp = new(
        "What fires by itself", "triggers and subscriptions are counted", "a machine policy deletes targets that look offline", Unknown: "the server does not list them");

    // How long before its end a licence is told of: a move that fails is begun again later.
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    /// <summary>In the order in which they are made, with the ids that docs/checks.md explains.</summary>
    internal static IReadOnlyList<(string Id, CheckWords Words, Side Side)> All { get; } =
    [
        ("A1", OldAccount, Side.Old),
        ("A2", NewAccount, Side.New),
        ("A3", OldHttpSys, Side.Old),
        ("A4", NewHttpSys, Side.New),
        ("A5", Licence, Side.Old),
        ("A6", Polling, Side.Old),
        ("A7", ServerUri, Side.Old),
        ("A8", Listening, Side.New),
        ("A9", WakeUp, Side.Old),
    ];

    internal const string ApiRefused = "The server can't be asked without the web portal and its API key, see there.";

    internal static string NoService(string service) => $"There is no service {service}.";

    internal static string RunsAs(string service, LogOnAccount account) => $"The service {service} runs as {account}.";

    internal static string WillRunAs(string service, LogOnAccount account, bool knowsPassword) =>
        $"The service {service} will run as {account}." + (account.Kind == LogOnKind.User && !knowsPassword
            ? " create-instance asks for its password, in the outage: have it at hand, or set OCTOMOVE_New__ServicePassword." : "");

    internal static string AnotherAccount(LogOnAccount old, LogOnAccount now) => now.Kind == LogOnKind.LocalSystem
        ? $"The old service runs as {old}, the new one will run as {now}: what {old} may do elsewhere (shares, other servers, SQL Server) the new one may not. "
            + "To keep it, name it in New:ServiceAccount."
        : $"The old service runs as {old}, the new one will run as {now}: look whether it may do elsewhere (shares, other servers, SQL Server) what {old} may.";

    internal static CheckResult Judge(LicenceStanding licence, DateTimeOffset now)
    {
        if (licence is { MaintenanceExpires: null, IsCompliant: null })
            return CheckResult.Unknown("The server says nothing of its licence.");
        var until = licence.MaintenanceExpires is { } expires ? $"Maintenance of the licence {(expires <= now ? "has expired on" : "lasts until")} {expires:yyyy-MM-dd}." : "";
        if (licence.IsCompliant == false)
        {
            return CheckResult.Warn($"The server does not keep to its licence: {licence.Summary} {until}".Trim(),
                "Deployments may be refused on the new server as on the old one. Put it right before the move, or have a temporary licence sent.");
        }

        return licence.MaintenanceExpires is { } end && end <= now + Soon
            ? CheckResult.Warn(until, "The same version goes on working on the new server. Newer ones, and scripts that change the database, are refused: don't upgrade around the move, or renew it first.")
            : CheckResult.Pass($"The server keeps to its licence. {until}".Trim());
    }

    internal static string ServerUriIs(string? uri, MovePlan plan) => uri is null
        ? "No server URI is set: links in mails begin with the address that the server knows itself by."
        : $"Links in mails begin with {uri}. " + (IsOldAddress(uri, plan) ? $"retire-old-server changes that to {plan.New.Url}." : "That is left as it is.");

    /// <summary>True when the address of mails is the old one, and another is planned.</summary>
    internal static bool IsOldAddress(string? uri, MovePlan plan) =>
        plan.Old.Url != plan.New.Url && string.Equals(uri?.TrimEnd('/'), plan.Old.Url.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    internal static string ServerUriChanged(string old, string now) => $"Links in mails begin with {now} now; they began with {old}.";

    internal static string ServerUriLeft(string uri) => $"Links in mails begin with {uri} (Configuration > Nodes > Server URI): see that this is right.";
}
