using System.Collections.Concurrent;

namespace OctoMoveTui.Sandbox.SqlServer.Security;

/// <summary>What was said about one principal with GRANT and DENY; what REVOKE takes back again. Objects' permissions are "SELECT ON dbo.backupset".</summary>
internal sealed class Rights
{
    private readonly ConcurrentDictionary<string, bool> said = new(StringComparer.OrdinalIgnoreCase);

    public Rights(IEnumerable<string> granted) => granted.ToList().ForEach(permission => said[permission] = true);

    public IEnumerable<(string Permission, bool Granted)> All => said.Select(one => (one.Key, one.Value));

    public bool IsGranted(string permission) => said.TryGetValue(permission, out var granted) && granted;

    public bool IsDenied(string permission) => said.TryGetValue(permission, out var granted) && !granted;

    public void Set(string permission, bool granted) => said[permission] = granted;

    public void Revoke(string permission) => said.TryRemove(permission, out _);
}

/// <summary>A permission: what implies it, in its own scope and from the server's, and which fixed roles have it (documentation: "Permissions", fixed roles).</summary>
internal sealed record Permission(string Name, string? ImpliedBy, string? ImpliedByServer, params string[] Roles)
{
    /// <summary>The major version that has it first.</summary>
    public int Since { get; init; }
}
