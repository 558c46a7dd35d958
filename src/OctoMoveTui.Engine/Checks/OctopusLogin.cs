using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>
/// Q9. The login of the new Octopus Server must exist before the outage. Its database does not exist yet, so it is tried against master; and it
/// has to lead to the server that restores. With Windows authentication it is the service's account that needs the login, not ours: that ours
/// is refused says nothing.
/// </summary>
public sealed class OctopusLogin() : SqlCheck("Q9f", SqlCheckWords.OctopusLogin, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server", "default-domain"];

    /// <inheritdoc/>
    public override bool IsFor(MoveShape shape) => shape != MoveShape.FoldersOnly;

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var server = (await sql.ServerAsync()).Facts;
        var octopus = sql.Scene.AsOctopus ?? sql.Scene.Sql;
        var login = octopus.Login ?? Environment.UserName;
        if (octopus.Login is null && LogOnAccount.Of(sql.Plan.New.ServiceAccount) is { IsOfTheMachine: true } own)
        {
            var (_, elsewhere) = (await sql.AskAsync("default-domain", row => (row.Text("domain_name"), row.Text("machine_name")))).FirstRow();
            if (elsewhere is { Length: > 0 } && !ServiceLogin.IsHere(sql.Plan.New, elsewhere))
                return CheckResult.Failed(ServiceFailures.MachineAccount(own, elsewhere, sql.Plan.New.Machine));
        }

        SqlServerFacts its;
        try
        {
            its = await sql.AsAsync(octopus, "describe-server", SqlScript.Readable(SqlScript.Text("describe-server")), session => session.DescribeServerAsync(sql.Cancel));
        }
        catch (MoveFailure failure) when (octopus.Login is null)
        {
            return CheckResult.Warn(SqlCheckSentences.OwnAccountNotLetIn(failure.Report.What), await ServiceAsync(sql)) with { Raw = failure.Report.Raw };
        }
        catch (MoveFailure failure)
        {
            return CheckResult.Failed(SqlFailures.NumberOf(failure) == SqlFailures.LoginRefused ? CheckFailures.LoginUnknown(login, octopus.Name, failure) : failure);
        }

        if (!string.Equals(its.ServerName, server.ServerName, StringComparison.OrdinalIgnoreCase))
            return CheckResult.Failed(OctopusFailures.TwoSqlServers(its.ServerName, server.ServerName));
        return octopus.Login is null ? CheckResult.Warn(Notes.WindowsLogin, await ServiceAsync(sql)) : CheckResult.Pass(Notes.LoginWorks(login, octopus.Name));
    }

    private static async Task<string[]> ServiceAsync(SqlInquiry sql)
    {
        var (domain, machine) = (await sql.AskAsync("default-domain", row => (row.Text("domain_name"), row.Text("machine_name")))).FirstRow();
        return SqlCheckSentences.MakeServiceLogin(ServiceLogin.Of(sql.Plan.New, domain ?? "", machine ?? ""), sql.Database);
    }
}
