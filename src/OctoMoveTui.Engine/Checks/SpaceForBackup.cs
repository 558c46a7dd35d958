using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>
/// Q13. A full disk shows itself late in a backup (3202, operating system error 112). Compressed Octopus databases take 20 to 40 % of what is
/// used; SQL Server allocates more at first, so 0.6 times is asked for, and 1.1 times where the edition can't compress.
/// </summary>
public sealed class SpaceForBackup() : SqlCheck("Q13a", SqlCheckWords.BackupSpace, Side.Old)
{
    private const double Compressed = 0.6;
    private const double Uncompressed = 1.1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server", "describe-database", "list-files", "read-free-space", "read-drives"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var server = await sql.ServerAsync();
        var used = (await sql.FilesAsync()).Where(each => !each.IsLog).Sum(each => each.Used ?? each.Bytes);
        var needed = (long)(used * (server.Facts.CanCompressBackups ? Compressed : Uncompressed));
        var file = sql.Plan.Backup.FileOnOldSql;
        if (BackupDevices.IsUrl(file) || file.StartsWith(@"\\", StringComparison.Ordinal))
            return CheckResult.Unknown(SqlCheckSentences.SpaceOnShare(ServerPath.BareFolderOf(file)), SqlCheckSentences.NeedsAbout(needed));

        if ((await sql.VolumesAsync(server)).Of(file) is not { } volume)
            return CheckResult.Unknown(SqlCheckSentences.VolumeUnknown(ServerPath.BareFolderOf(file)), SqlCheckSentences.NeedsAbout(needed));
        if (volume.Free >= needed)
            return CheckResult.Pass(SqlCheckSentences.EnoughSpace(volume.Path, volume.Free, needed));
        return !server.Facts.CanCompressBackups && volume.Free < used
            ? CheckResult.Fail(SqlCheckSentences.NoSpaceForBackup(volume.Path, volume.Free, used), SqlCheckSentences.FreeSpace) with { Cause = FailureCause.Files }
            : CheckResult.Warn(SqlCheckSentences.LittleSpace(volume.Path, volume.Free, needed), SqlCheckSentences.FreeSpace);
    }
}
