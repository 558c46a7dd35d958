using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// The schema of an Octopus database, as Octopus Server keeps account of it in <c>SchemaVersions</c> and <c>OctopusServerInstallationHistory</c>. A
/// newer server upgrades it, some versions without a word.
/// </summary>
/// <param name="Version">The version of Octopus Server that last ran on it; empty where no account is kept (before 2018).</param>
/// <param name="Scripts">How many scripts made it.</param>
/// <param name="NewestScript">The newest of them.</param>
public sealed record OctopusSchema(string Version, long Scripts, string NewestScript)
{
    /// <summary>True when not one script was added, and no other version ran on it.</summary>
    public bool IsSameAs(OctopusSchema other) =>
        Scripts == other.Scripts && NewestScript == other.NewestScript && (Version == other.Version || OctopusVersion.AreSame(Version, other.Version));
}

/// <summary>Reads it.</summary>
public static class OctopusSchemaQueries
{
    /// <summary>The schema of the database the session is in; null when that keeps no account of it.</summary>
    public static async Task<OctopusSchema?> ReadSchemaAsync(this SqlSession sql, CancellationToken cancel)
    {
        try
        {
            var schema = await sql.FirstAsync(
                SqlScript.Text("read-schema-versions"), row => new OctopusSchema("", row.Number("scripts"), row.Text("newest_script")), cancel);
            return schema is null ? null : schema with { Version = await sql.FindInstalledVersionAsync(cancel) ?? "" };
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) == SqlFailures.NoSuchTable)
        {
            return null;
        }
    }

    /// <summary>The version of Octopus Server that last ran on the database the session is in; null when that keeps no account of it.</summary>
    public static async Task<string?> FindInstalledVersionAsync(this SqlSession sql, CancellationToken cancel)
    {
        try
        {
            return await sql.FirstAsync(SqlScript.Text("read-installed-version"), row => row.Text("version"), cancel);
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) == SqlFailures.NoSuchTable)
        {
            return null;
        }
    }
}
