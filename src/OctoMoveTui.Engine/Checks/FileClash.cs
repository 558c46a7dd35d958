using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q14. The files that the restore would make: where one is another database's (1834) or left over (3142), it takes another name.</summary>
public sealed class FileClash() : SqlCheck("Q14b", SqlCheckWords.FileClash, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server", "describe-database", "read-rights", "find-clashing-files", "look-at-path"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        // Of an old server that has not been checked yet it is known that there is one data file and one log at least.
        var server = (await sql.ServerAsync()).Facts;
        var files = sql.Scene.Old?.Sql?.Files?.Select(each => new DatabaseFile(each.Name, each.Path, each.IsLog, each.Bytes)).ToList()
            ?? [new DatabaseFile("data", "", IsLog: false, 0), new DatabaseFile("log", "", IsLog: true, 0)];
        var isOurs = await sql.FindDatabaseAsync() is not null;
        var taken = new List<string>();
        var places = await FilePlaces.FindFreeAsync(server, sql.Database, files, async path =>
        {
            if (await WhoseAsync(sql, path, isOurs) is not { } whose)
                return false;
            taken.Add(whose);
            return true;
        });

        var paths = places.Select(each => each.Path).ToList();
        if (taken.Count > 0)
            return CheckResult.Warn(SqlCheckSentences.FilesGoElsewhere(taken, paths), SqlCheckSentences.LeftoversStay);
        return isOurs || (await sql.RightsAsync()).IsSysadmin
            ? CheckResult.Pass(SqlCheckSentences.FilesAreFree(paths))
            : CheckResult.Unknown(SqlCheckSentences.FilesAreFreeAsFarAsSeen(sql.Scene.Login), SqlCheckSentences.RestoreTells);
    }

    // What has the path, in words; null when nothing has. The files of a database that is overwritten are its own.
    private static async Task<string?> WhoseAsync(SqlInquiry sql, string path, bool isOurs)
    {
        var owner = (await sql.AskAsync(
            "find-clashing-files", row => row.Text("database_name"), ("@path", path), ("@db", sql.Database))).FirstRow();
        return owner is not null ? SqlCheckSentences.FileOfAnother(path, owner)
            : !isOurs && (await sql.LookAtAsync(path)).IsFile ? SqlCheckSentences.FileLeftOver(path) : null;
    }
}
