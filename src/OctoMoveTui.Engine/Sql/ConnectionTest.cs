using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Sql;

/// <summary>What the Test button does: really connects with the string of the new Octopus Server, and says what it found.</summary>
public static class ConnectionTest
{
    /// <summary>Tries the connection string; never throws for expected trouble, that is a finding too.</summary>
    public static async Task<IReadOnlyList<Finding>> TryAsync(string connectionString, string oldServer, string oldDatabase, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        try
        {
            var sql = new SqlServer(connectionString, _ => { }, () => { });
            if (sql.Database.Length == 0)
                return [new Finding(Verdict.Fail, "It names no database. Add Database=NAME.")];
            if (IsSame(sql.Name, oldServer) && string.Equals(sql.Database, oldDatabase, StringComparison.OrdinalIgnoreCase))
                return [new Finding(Verdict.Fail, "It names the old database itself. Name the new SQL Server, or another database name.")];

            findings.AddRange(ConnectionStrings.Notices(connectionString).Select(each => new Finding(Verdict.Warn, each)));

            // The database does not exist before the restore, so the login is tried against master.
            await using var session = await sql.OpenMasterAsync(cancel);
            var server = await session.DescribeServerAsync(cancel);
            findings.Add(new Finding(Verdict.Pass, $"Connected to {server.ServerName}: SQL Server {server.Year} ({server.Version}), {server.Edition}."));
            findings.Add(await session.FindDatabaseAsync(sql.Database, cancel) is { } row
                ? new Finding(Verdict.Warn, $"A database {row.Name} exists there (created {row.CreatedAt:yyyy-MM-dd HH:mm}, owner {row.Owner ?? "unknown"}). "
                    + "The restore will ask for its name before it overwrites it.")
                : new Finding(Verdict.Pass, $"The database name {sql.Database} is free."));
        }
        catch (MoveFailure failure)
        {
            findings.Add(new Finding(Verdict.Fail, $"{failure.Report.What} {failure.Report.Why}".Trim()));
            findings.AddRange(failure.Report.ToDo.Select(each => new Finding(Verdict.Fail, each) { IsAdvice = true }));
        }

        return findings;
    }

    private static bool IsSame(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
