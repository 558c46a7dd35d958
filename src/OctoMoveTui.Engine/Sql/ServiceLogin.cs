using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

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
    internal static string Of(ServerPlan octopus, string domain, string machine) => LogOnAccount.Of(octopus.ServiceAccount) switch
    {
        { IsOfTheMachine: false } named => named.Name,
        var own when IsHere(octopus, machine) => own.Kind == LogOnKind.LocalSystem ? LocalSystem : own.Name,
        _ => $@"{domain}\{octopus.Machine.ToUpperInvariant()}$",
    };

    /// <summary>Whether SQL Server runs on the machine of the new Octopus Server.</summary>
    internal static bool IsHere(ServerPlan octopus, string machine) => machine.Equals(octopus.Machine, StringComparison.OrdinalIgnoreCase);
}
