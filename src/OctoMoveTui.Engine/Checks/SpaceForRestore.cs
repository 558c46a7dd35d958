using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q13. A restore makes every file as large as it was, used or not, and the log with it (error 3257 when that does not fit).</summary>
public sealed class SpaceForRestore() : SqlCheck("Q13b", SqlCheckWords.RestoreSpace, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server", "describe-database", "read-free-space", "read-drives"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var files = sql.Old(old => old.Files, "how large its files are");
        var server = await sql.ServerAsync();
        var volumes = await sql.VolumesAsync(server);
        CheckResult? worst = null;
        var placed = FilePlaces.Of(server.Facts, sql.Database, [.. files.Select(each => new DatabaseFile(each.Name, each.Path, each.IsLog, each.Bytes))]);
        foreach (var group in placed.GroupBy(each => volumes.Of(each.Path)))
        {
            var needed = group.Sum(each => each.File.Bytes);
            if (group.Key is not { } volume)
                return CheckResult.Unknown(SqlCheckSentences.VolumeUnknown(ServerPath.BareFolderOf(group.First().Path)), SqlCheckSentences.NeedsAbout(needed));
            if (volume.Free >= needed)
            {
                worst ??= CheckResult.Pass(SqlCheckSentences.EnoughSpace(volume.Path, volume.Free, needed));
                continue;
            }

            // What a database of that name takes now is given back when it is overwritten.
            if (await sql.FindDatabaseAsync() is not { } inTheWay)
                return CheckResult.Fail(SqlCheckSentences.NoSpace(volume.Path, volume.Free, needed), SqlCheckSentences.FreeSpaceForRestore) with { Cause = FailureCause.Files };
            worst = CheckResult.Warn(SqlCheckSentences.MakesRoom(volume.Path, volume.Free, needed, inTheWay.Name), SqlCheckSentences.FreeSpaceForRestore);
        }

        return worst ?? throw new CannotBeTold(SqlCheckSentences.OldUnknown("which files its database has"));
    }
}
