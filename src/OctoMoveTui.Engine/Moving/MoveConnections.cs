using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>Puts passwords into the plan's connection strings: from memory, from the old instance's config file, or by asking.</summary>
public sealed class MoveConnections
{
    /// <summary>The old database.</summary>
    public Task<string> OldAsync(MoveContext move, CancellationToken cancel) => WithOldPasswordAsync(move, move.Plan.Old.ConnectionString, cancel);

    private static async Task<string> WithOldPasswordAsync(MoveContext move, string text, CancellationToken cancel)
    {
        if (ConnectionStrings.LacksPassword(text) && move.Secrets.Find(SecretKind.OldSqlPassword) is null && move.IsHere(Side.Old))
        {
            var instances = await move.OldExe.ListInstancesAsync(cancel);
            if (instances.FirstOrDefault(each => each.Name == move.Plan.Old.Instance) is { } record
                && InstanceConfigFile.FindConnectionString(record.ConfigFile) is { } stored
                && ConnectionStrings.Read(stored) with { Password = "" } == ConnectionStrings.Read(text))
            {
                move.Secrets.Remember(SecretKind.OldSqlPassword, ConnectionStrings.Read(stored).Password);
            }
        }

        // "(local)" in the old server's configuration means the old server.
        if (!move.IsHere(Side.Old))
            text = ConnectionStrings.FromElsewhere(text, move.Plan.Old.Machine);
        return await WithPasswordAsync(move, text, SecretKind.OldSqlPassword, Notes.WhyOldPassword(text), cancel);
    }

    /// <summary>The new database, with the login that Octopus Server will use.</summary>
    public Task<string> NewAsync(MoveContext move, CancellationToken cancel) =>
        !move.Plan.Shape.BringsDatabase() && ConnectionStrings.Read(move.Plan.New.ConnectionString).Login == ConnectionStrings.Read(move.Plan.Old.ConnectionString).Login
            ? WithOldPasswordAsync(move, move.Plan.New.ConnectionString, cancel)
            : WithPasswordAsync(move, move.Plan.New.ConnectionString, SecretKind.NewSqlPassword, Notes.WhyNewPassword(move.Plan.New.ConnectionString), cancel);

    /// <summary>The new SQL Server, with the login that restores.</summary>
    public Task<string> NewAdminAsync(MoveContext move, CancellationToken cancel) =>
        move.Plan.New.AdminConnectionString == move.Plan.New.ConnectionString
            ? NewAsync(move, cancel)
            : WithPasswordAsync(move, move.Plan.New.AdminConnectionString, SecretKind.NewAdminPassword,
                Notes.WhyAdminPassword(move.Plan.New.AdminConnectionString), cancel);

    private static async Task<string> WithPasswordAsync(MoveContext move, string text, SecretKind kind, string why, CancellationToken cancel) =>
        ConnectionStrings.LacksPassword(text)
            ? ConnectionStrings.WithPassword(text, (await move.SecretAsync(kind, why, cancel)).Reveal())
            : text;
}
