using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>What RESTORE checks before it touches anything: a refusal here leaves everything as it was.</summary>
internal sealed class RestorePlan(Execution execution, string name, MediaSet media, RestoreOptions options)
{
    private const int FirstThatNamesDatabaseVersions = 16,
        FirstWithLargeExpress = 17;
    private const long Megabyte = 1024 * 1024,
        ExpressBytes = 10240 * Megabyte,
        LargeExpressBytes = 51200 * Megabyte;

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
        CheckVersion();
        media.DemandCertificate(Server.Secrets, Header, contentToo: true);
        if (Header.IsDamaged && !options.ContinueAfterError)
        {
            throw BackupErrors.DamagedWhenSaved();
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
        CheckEdition();
        var files = Header.Files.Select(file => Server.FileAt(file.Id, file.IsLog, file.LogicalName, PathFor(file))).ToList();
        var problems = FileProblems(files).ToList();
        return problems.Count > 0 ? throw BackupErrors.Planning(problems) : files;
    }

    private void CheckVersion()
    {
        var ours = ServerProperties.InternalVersion(Server);
        if (int.Parse(Header.ProductVersion.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture) > Server.Options.Major)
        {
            throw Server.Options.Major >= FirstThatNamesDatabaseVersions
                ? BackupErrors.NewerDatabase(Header.InternalVersion, ours)
                : BackupErrors.NewerVersion(Padded(Header.ProductVersion), Padded(Server.Options.ProductVersion));
        }
    }

    /// <summary>Express holds so much data and no more, by what is allocated; and it knows no transparent data encryption.</summary>
    private void CheckEdition()
    {
        if (Server.Options.EngineEdition != 4)
        {
            return;
        }
        if (Header.DatabaseKey is { IsEncrypted: true })
        {
            throw BackupErrors.NoEncryptionHere();
        }
        var limit = Server.Options.ExpressLimitBytes ?? (Server.Options.Major >= FirstWithLargeExpress ? LargeExpressBytes : ExpressBytes);
        if (Header.Files.Where(file => !file.IsLog).Sum(file => file.Bytes) > limit)
        {
            throw BackupErrors.OverLicensedSize(limit / Megabyte);
        }
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
                : File.Exists(file.RealPath) && !options.Replace && existing?.Files.Any(other => Same(other.Path, path)) != true
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

    private bool Same(string a, string b) => a.Equals(b, Server.Paths.Comparison);

    /// <summary>Error 3169 spells versions as 16.00.4236.</summary>
    private static string Padded(string version)
    {
        var parts = version.Split('.');
        return $"{parts[0]}.{parts[1].PadLeft(2, '0')}.{parts[2]}";
    }
}
