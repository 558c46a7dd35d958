using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q19. Services that look like a SQL Server and don't back up to, or restore from, files.</summary>
public sealed class Cloud() : SqlCheck("Q19", SqlCheckWords.Cloud, Side.Old, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server", "recognise-cloud"];

    /// <inheritdoc/>
    public override bool EndsTheRest => true;

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var server = (await sql.ServerAsync()).Facts;

        // The numbers of SERVERPROPERTY('EngineEdition').
        switch (server.EngineEdition)
        {
            case 2 or 3 or 4:
                break;
            case 5:
                return CheckResult.Fail(SqlCheckSentences.IsCloud(server.ServerName, "an Azure SQL Database"), SqlCheckSentences.AzureDatabaseInstead);
            case 8:
                return CheckResult.Fail(SqlCheckSentences.IsCloud(server.ServerName, "an Azure SQL Managed Instance"), SqlCheckSentences.ManagedInstanceInstead);
            case 6 or 11:
                return CheckResult.Fail(SqlCheckSentences.IsCloud(server.ServerName, "Azure Synapse Analytics"), SqlCheckSentences.AzureDatabaseInstead);
            case 9:
                return CheckResult.Fail(SqlCheckSentences.IsCloud(server.ServerName, "Azure SQL Edge"), SqlCheckSentences.UpgradeSql);
            default:
                return CheckResult.Fail(
                    SqlCheckSentences.IsCloud(server.ServerName, $"a service of Azure SQL (engine edition {server.EngineEdition})"), SqlCheckSentences.AzureDatabaseInstead);
        }

        var isRds = (await sql.AskAsync("recognise-cloud", row => row.Flag("is_rds"))).Single();
        return isRds
            ? CheckResult.Fail(SqlCheckSentences.IsCloud(server.ServerName, "an Amazon RDS for SQL Server"), SqlCheckSentences.RdsInstead)
            : CheckResult.Pass(SqlCheckSentences.OwnServer);
    }
}
