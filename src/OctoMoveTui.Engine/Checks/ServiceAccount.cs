using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q10. Files and shares are opened by the account of the service, not by the login. Advice on paths names it.</summary>
public sealed class ServiceAccount() : SqlCheck("Q10", SqlCheckWords.ServiceAccount, Side.Old, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server", "read-service-account", "read-service-name"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var found = await FindAsync(sql);
        if (found.Count == 0)
            throw new CannotBeTold(SqlCheckSentences.NoServiceListed);

        var (account, instantFiles) = found[0];
        sql.Scene.Keep(profile => profile with { ServiceAccount = account });
        var machine = (await sql.ServerAsync()).Machine;
        var folder = sql.Side == Side.Old ? sql.Plan.Backup.FileOnOldSql : sql.Plan.Backup.FileOnNewSql;
        return folder.StartsWith(@"\\", StringComparison.Ordinal) && IsLocalOnly(account)
            ? CheckResult.Warn(SqlCheckSentences.KnownAsMachine(account, machine, folder), SqlCheckSentences.RightsForMachine(machine))
            : CheckResult.Pass(SqlCheckSentences.ServiceAccount(account, sql.Side == Side.New ? instantFiles : null));
    }

    private static async Task<IReadOnlyList<(string Account, bool? InstantFiles)>> FindAsync(SqlInquiry sql)
    {
        try
        {
            return await sql.AskAsync("read-service-account", row => (
                row.Text("service_account"),
                row.IsNull("instant_file_initialization_enabled") ? (bool?)null : row.Text("instant_file_initialization_enabled") == "Y"));
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) == SqlFailures.NoSuchColumn)
        {
            return await sql.AskAsync("read-service-name", row => (row.Text("service_account"), (bool?)null));
        }
    }

    // Virtual accounts and the built-in ones go over the network as the machine.
    private static bool IsLocalOnly(string account) =>
        account.StartsWith(@"NT SERVICE\", StringComparison.OrdinalIgnoreCase) || account.StartsWith(@"NT AUTHORITY\", StringComparison.OrdinalIgnoreCase)
        || account.Equals("LocalSystem", StringComparison.OrdinalIgnoreCase);
}
