using OctoMoveTui.Sandbox.Machines;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>Which version of Octopus Server a database belongs to, and who may open it.</summary>
internal static class OctopusVersions
{
    public static async Task<string> ReadInstalledAsync(OctopusDatabase database, CancellationToken cancel)
    {
        var rows = await database.QueryAsync("SELECT TOP (1) [Version] AS version FROM dbo.OctopusServerInstallationHistory ORDER BY Installed DESC;", cancel);
        return rows.Count > 0 ? rows[0].Text("version") : throw new ControlledFailure(
            $"The database {database.Name} holds no Octopus Server installation.");
    }

    /// <summary>Faithful as far as the tables tell: the journal of scripts grows and the history names the new version; nothing else changes shape.</summary>
    public static async Task UpgradeAsync(OctopusDatabase database, OctopusMachine machine, CancellationToken cancel)
    {
        await database.ExecuteAsync(
            "INSERT INTO dbo.SchemaVersions (Id, ScriptName, Applied) SELECT MAX(Id) + 1, @script, @now FROM dbo.SchemaVersions;",
            cancel, ("@script", $"Octopus.Core.UpgradeScripts.Script9001 - {machine.Version}.sql"), ("@now", machine.Options.Time.GetUtcNow().UtcDateTime));
        await WriteInstalledAsync(database, machine, cancel);
    }

    private static Task WriteInstalledAsync(OctopusDatabase database, OctopusMachine machine, CancellationToken cancel) =>
        database.ExecuteAsync(
            "INSERT INTO dbo.OctopusServerInstallationHistory ([Version], Node, Installed, JSON) VALUES (@version, @node, @now, N'{}');",
            cancel, ("@version", machine.Version), ("@node", machine.Name), ("@now", machine.Options.Time.GetUtcNow()));

    /// <summary>Numbers first, a pre-release tag after the '-' before none.</summary>
    public static int Compare(string one, string other)
    {
        var (numbers, tag) = Split(one);
        var (otherNumbers, otherTag) = Split(other);
        return numbers.CompareTo(otherNumbers) is not 0 and var order ? order
            : tag == otherTag ? 0
            : tag.Length == 0 ? 1
            : otherTag.Length == 0 ? -1
            : string.CompareOrdinal(tag, otherTag);
    }

    public static void RefuseNewerDatabase(string ours, string installed)
    {
        if (Compare(ours, installed) < 0)
        {
            throw new ControlledFailure(
                $"Octopus Server {ours} has been stopped to protect your data. The database was designed for Octopus Server {installed}, which is newer. "
                + "Install that version, or restore a database backup of this one. (--skipDatabaseCompatibilityCheck skips this check: use with caution.)");
        }
    }

    public static void RefuseOlderDatabase(string ours, string installed)
    {
        if (Compare(ours, installed) > 0)
        {
            throw new ControlledFailure(
                $"The database was designed for Octopus Server {installed} and needs a schema upgrade for {ours}. Run 'database --upgrade' after a backup.");
        }
    }

    private static (Version Numbers, string Tag) Split(string version)
    {
        var plus = version.Split('+')[0];
        var dash = plus.IndexOf('-', StringComparison.Ordinal);
        return (System.Version.Parse(dash < 0 ? plus : plus[..dash]), dash < 0 ? "" : plus[(dash + 1)..]);
    }
}
