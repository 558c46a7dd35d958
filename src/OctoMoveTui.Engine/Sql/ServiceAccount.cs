using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Effects;

namespace OctoMoveTui.Engine.Sql;

/// <summary>The account that a SQL Server runs as: its rights on folders and shares count, not those of whoever asks.</summary>
/// <param name="Name">As the server tells it: DOMAIN\account, NT SERVICE\MSSQLSERVER, LocalSystem, mssql.</param>
/// <param name="Machine">The machine the SQL Server runs on.</param>
/// <param name="Domain">That machine's domain, or null when it is in none.</param>
public sealed record ServiceAccount(string Name, string? Machine, string? Domain)
{
    private static readonly string[] OfTheMachine = ["LocalSystem", "Local System", @".\LocalSystem"];

    /// <summary>True for accounts that exist on one machine only and go over the network as that machine.</summary>
    public bool IsMachineBound =>
        OfTheMachine.Contains(Name, StringComparer.OrdinalIgnoreCase)
        || Name.StartsWith(@"NT SERVICE\", StringComparison.OrdinalIgnoreCase) || Name.StartsWith(@"NT AUTHORITY\", StringComparison.OrdinalIgnoreCase);

    /// <summary>Who it is to a share on another machine.</summary>
    public string OnNetwork => IsMachineBound ? $@"{Domain ?? "DOMAIN"}\{Machine ?? "HOST"}$" : Name;

    /// <summary>
    /// Asks on an open connection, after a statement failed there. Best effort: without the right to know (VIEW SERVER STATE), or on a
    /// connection that is gone, the answer is null, and the failure that is being explained stays what it was.
    /// </summary>
    internal static async Task<ServiceAccount?> FindAsync(SqlConnection connection, CancellationToken cancel)
    {
        if (await FirstAsync(connection, "read-service-name", row => row.Text("service_account"), cancel) is not { Length: > 0 } name)
            return null;
        var place = await FirstAsync(
            connection, "default-domain", row => Tuple.Create(row.TextOrNull("machine_name"), row.TextOrNull("domain_name")), cancel);
        return new ServiceAccount(name, place?.Item1, place?.Item2);
    }

    private static async Task<T?> FirstAsync<T>(SqlConnection connection, string script, Func<SqlRow, T> map, CancellationToken cancel)
        where T : class
    {
        if (connection.State != System.Data.ConnectionState.Open)
            return null;
        try
        {
            await using var command = connection.CreateCommand();
            command.CommandText = SqlScript.Text(script);
            command.CommandTimeout = 5;
            using var effect = Effect.Of(EffectKind.Statement, command.CommandText, connection.Database);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            return await reader.ReadAsync(cancel) ? map(new SqlRow(reader)) : null;
        }
        catch (Exception error) when (error is SqlException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
