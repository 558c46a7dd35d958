using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>What RESTORE checks before it touches anything: a refusal here leaves everything as it was.</summary>
internal sealed class RestorePlan(Execution execution, string name, MediaSet media, RestoreOptions options)
{
    private SqlServerInstance Server => execution.Server;
    private BackupHeader Header { get; } = media.Header(options.Position);

    /// <summary>The files of the database to be, or the reason why not.</summary>
    public IReadOnlyList<DatabaseFile> Check()
    {
        media.DemandAllStripes();
        if (options.Checksum && !Header.Checksums)
        {
            throw BackupErrors.NoChecksums();
        }
        var ours = Server.Options.ProductVersion;
        if (int.Parse(Header.ProductVersion.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture) > Server.Options.Major)
        {
            throw BackupErrors.NewerVersion(Padded(Header.ProductVersion), Padded(ours));
        }
        if (
            options
                .Moves.Select(move => move.Logical)
                .FirstOrDefault(logical =>
                    Header.Files.All(file => !file.LogicalName.Equals(logical, StringComparison.OrdinalIgnoreCase))
                ) is
            { } unknown
        )
        {
            throw BackupErrors.UnknownLogicalFile(unknown, name);
        }
        CheckExisting();
        var files = Header.Files.Select(file => Server.FileAt(file.Id, file.IsLog, file.LogicalName, PathFor(file))).ToList();
        var problems = FileProblems(files).ToList();
        return problems.Count > 0 ? throw BackupErrors.Planning(problems) : files;
    }

    private string PathFor(BackedUpFile file) =>
        options
            .Moves.Where(move => move.Logical.Equals(file.LogicalName, StringComparison.OrdinalIgnoreCase))
            .Select(move => move.Path)
            .LastOrDefault()
        ?? file.Path;

    private void CheckExisting()
    {
        if (Server.Find(name) is not { } existing || options.Replace)
        {
            return;
        }
        // A half-restored database has no family of its own yet: only REPLACE (or dropping it) helps.
        if (existing.FamilyGuid != Header.FamilyGuid)
        {
            throw BackupErrors.OtherDatabase(name);
        }
        // The trap: in SIMPLE recovery the same family is overwritten without a word.
        if (existing.Settings.RecoveryModel != "SIMPLE" && existing.Status == DatabaseStatus.Online)
        {
            throw BackupErrors.TailNotBackedUp(name);
        }
    }

    private IEnumerable<SqlMessage> FileProblems(List<DatabaseFile> files)
    {
        var existing = Server.Find(name);
        long needed = 0;
        for (var i = 0; i < files.Count; i++)
        {
            var (file, path) = (files[i], files[i].Path);
            var owner = Server.Databases.FirstOrDefault(database =>
                database != existing && database.Files.Any(other => Same(other.Path, path))
            );
            var twin = files.FindIndex(other => Same(other.Path, path));
            var refusal =
                owner is not null ? BackupErrors.FileOfOther(path, owner.Name, file.LogicalName)
                : twin < i ? BackupErrors.ClaimedTwice(path, Header.Files[twin], Header.Files[i])
                : Server.Disk.WhyNotWritable(path) is { } why ? BackupErrors.NoDirectory(path, why, file.LogicalName)
                : File.Exists(path) && !options.Replace && existing?.Files.Any(other => Same(other.Path, path)) != true
                    ? BackupErrors.FileExists(path, file.LogicalName)
                : [];
            foreach (var message in refusal)
            {
                yield return message;
            }
            needed += Header.Files[i].Bytes;
        }
        if (Server.Options.FreeBytes is { } free && needed > free)
        {
            yield return BackupErrors.NoSpace(Server.Disk.VolumeOf(Server.DataFolder), needed, free);
        }
    }

    private static bool Same(string a, string b) =>
        a.Equals(b, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    /// <summary>Error 3169 spells versions as 16.00.4236.</summary>
    private static string Padded(string version)
    {
        var parts = version.Split('.');
        return $"{parts[0]}.{parts[1].PadLeft(2, '0')}.{parts[2]}";
    }
}
