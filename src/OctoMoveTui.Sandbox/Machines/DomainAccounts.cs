using System.Collections.Concurrent;

namespace OctoMoveTui.Sandbox.Machines;

/// <summary>The Windows accounts that services of one machine can log on as: its own, those of the domain, and the managed ones, whose password nobody knows.</summary>
public sealed class DomainAccounts
{
    private static readonly string[] OfTheMachine = ["LocalSystem", @"NT AUTHORITY\NetworkService", @"NT AUTHORITY\NETWORK SERVICE", @"NT AUTHORITY\LocalService"];

    private readonly ConcurrentDictionary<string, string?> accounts = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string name, string password) => accounts[name] = password;

    /// <summary>A group managed service account that this machine may use: <c>DOMAIN\name$</c>.</summary>
    public void AddManaged(string name) => accounts[name] = null;

    internal static bool IsLocalSystem(string name) => name.Equals("LocalSystem", StringComparison.OrdinalIgnoreCase);

    internal bool MayLogOn(WindowsService service) =>
        OfTheMachine.Contains(service.Account, StringComparer.OrdinalIgnoreCase)
        || (accounts.TryGetValue(service.Account, out var password) && (password is null || password == service.Password));

    internal bool Knows(string name) => OfTheMachine.Contains(name, StringComparer.OrdinalIgnoreCase) || accounts.ContainsKey(name);
}
