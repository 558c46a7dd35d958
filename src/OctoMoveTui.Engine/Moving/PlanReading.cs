using System.Text.Json;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// Reads plan.json. It decides which programs run and where files go, so that what octomove would not have written is refused before anything is made of
/// it; that somebody wrote another plan altogether no check can tell (docs/security.md).
/// </summary>
internal static class PlanReading
{
    // SQL Server writes to at most so many devices at once.
    private const int MostStripes = 64;

    private static readonly IReadOnlySet<string> Kinds = new HashSet<string>(StringComparer.Ordinal)
    {
        OctopusDirectories.Artifacts, OctopusDirectories.TaskLogs, OctopusDirectories.Packages, OctopusDirectories.EventExports, OctopusDirectories.Imports,
        OctopusDirectories.Telemetry, OctopusDirectories.ClusterShared,
    };

    /// <summary>Reads it.</summary>
    /// <exception cref="JsonException">It isn't a plan of octomove.</exception>
    internal static MovePlan Read(string text)
    {
        var plan = StrictJson.Read<MovePlan>(text);
        var directories = plan.Directories.Concat(plan.RePointed ?? []).ToList();

        // The kind is in the names of files in the move folder.
        if (directories.FirstOrDefault(each => !Kinds.Contains(each.Kind)) is { } unknown)
            throw new JsonException($"It names a directory \"{unknown.Kind}\", which no Octopus Server has.");
        if (directories.GroupBy(each => each.Kind).FirstOrDefault(each => each.Count() > 1) is { } twice)
            throw new JsonException($"It names the directory {twice.Key} twice.");
        if (plan.Backup.Stripes is < 0 or > MostStripes)
            throw new JsonException($"It has the backup written into {plan.Backup.Stripes} files; SQL Server takes up to {MostStripes}.");
        if (plan.Backup.Stripes > 1 && BackupFiles(plan.Backup).Any(each => each.Length > 0 && !each.Contains('.', StringComparison.Ordinal)))
            throw new JsonException("It has the backup written into several files whose name has no ending.");
        if (BackupFiles(plan.Backup).Any(each => each.Length > 0 && each[(each.LastIndexOfAny(['/', '\\']) + 1)..] is "" or "." or ".."))
            throw new JsonException("It has the backup written into a directory, not into a file.");
        if (directories.SelectMany(each => new[] { each.From, each.To }).Concat(BackupFiles(plan.Backup)).Concat(Texts(plan.Old)).Concat(Texts(plan.New))
            .Append(plan.MoveId).Any(each => each.Any(char.IsControl)))
            throw new JsonException("A path, name or address in it holds control characters.");
        return plan;
    }

    private static IEnumerable<string> BackupFiles(BackupPlan backup) => [backup.FileOnOldSql, backup.FileOnNewSql, backup.CarryFrom, backup.CarryTo];

    private static IEnumerable<string> Texts(ServerPlan server) =>
    [
        server.Machine, server.Instance, server.OctopusServer, server.Sc, server.Schtasks, server.Tasklist, server.Reg ?? "", server.InstanceRecords ?? "",
        server.OctopusVersion ?? "", server.Msiexec, server.InstallerFolder, server.Url, server.Home, server.ConnectionString, server.AdminConnectionString,
        server.Database, server.NetshFile, server.IcaclsFile, server.ServiceAccount, server.NodeName, .. server.FurtherNodes,
    ];
}
