using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said of all that lies around a server, outside its database and its directories.</summary>
internal static class AroundWords
{
    internal static readonly CheckWords OldAccount = new(
        "Account of the old service", "the new service will run as the same, and the old one depends on no other service",
        "the new service will run as another, or the old one starts after other services, which is not carried over", Unknown: "there is no such service");

    internal static readonly CheckWords NewAccount = new(
        "Account of the new service", "the same as on the old server, or the old server is not known here", "another than on the old server");

    /// <summary>In the order in which they are made, with the ids that docs/checks.md explains.</summary>
    internal static IReadOnlyList<(string Id, CheckWords Words, Side Side)> All { get; } =
    [
        ("A1", OldAccount, Side.Old),
        ("A2", NewAccount, Side.New),
    ];

    internal static string NoService(string service) => $"There is no service {service}.";

    internal static string RunsAs(string service, LogOnAccount account) => $"The service {service} runs as {account}.";

    internal static string WillRunAs(string service, LogOnAccount account, bool knowsPassword) =>
        $"The service {service} will run as {account}." + (account.Kind == LogOnKind.User && !knowsPassword
            ? " create-instance asks for its password, in the outage: have it at hand, or set OCTOMOVE_New__ServicePassword." : "");

    internal static string AnotherAccount(LogOnAccount old, LogOnAccount now) => now.Kind == LogOnKind.LocalSystem
        ? $"The old service runs as {old}, the new one will run as {now}: what {old} may do elsewhere (shares, other servers, SQL Server) the new one may not. "
            + "To keep it, name it in New:ServiceAccount."
        : $"The old service runs as {old}, the new one will run as {now}: look whether it may do elsewhere (shares, other servers, SQL Server) what {old} may.";
}
