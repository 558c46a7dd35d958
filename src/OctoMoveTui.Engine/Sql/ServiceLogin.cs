using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Sql;

/// <summary>As whom the service of the new Octopus Server comes to the new SQL Server, with Windows authentication.</summary>
internal static class ServiceLogin
{
    private const string LocalSystem = @"NT AUTHORITY\SYSTEM";

    /// <summary>
    /// The account that is named, else Local System's, which is the machine's own account for everybody but the machine itself (DOMAIN\HOST$).
    /// </summary>
    /// <param name="octopus">The new Octopus Server.</param>
    /// <param name="domain">The domain of the SQL Server's machine.</param>
    /// <param name="machine">The SQL Server's machine.</param>
    internal static string Of(ServerPlan octopus, string domain, string machine) => octopus.ServiceAccount switch
    {
        { Length: > 0 } named => named.Equals("LocalSystem", StringComparison.OrdinalIgnoreCase) ? LocalSystem : named,
        _ when machine.Equals(octopus.Machine, StringComparison.OrdinalIgnoreCase) => LocalSystem,
        _ => $@"{domain}\{octopus.Machine.ToUpperInvariant()}$",
    };
}
