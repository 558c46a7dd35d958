using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q14. The files that the restore would make: of another database (1834), or left over from one that is gone (3142).</summary>
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
        var paths = FilePlaces.Of(server, sql.Database, files).Select(each => each.Path).ToList();
        var isTaken = await sql.FindDatabaseAsync() is not null;
        foreach (var path in paths)
        {
            var owner = (await sql.AskAsync(
                "find-clashing-files", row => row.Text("database_name"), ("@path", path), ("@db", sql.Database))).FirstRow();
            if (owner is not null)
                return CheckResult.Failed(CheckFailures.ClashingFile(path, owner));

            // The files of a database that is overwritten are its own.
            if (!isTaken && (await sql.LookAtAsync(path)).IsFile)
                return CheckResult.Fail(SqlCheckSentences.FileLeftOver(path), SqlCheckSentences.MoveLeftover) with { Cause = FailureCause.InTheWay };
        }

        return isTaken || (await sql.RightsAsync()).IsSysadmin
            ? CheckResult.Pass(SqlCheckSentences.FilesAreFree(paths))
            : CheckResult.Unknown(SqlCheckSentences.FilesAreFreeAsFarAsSeen(sql.Scene.Login), SqlCheckSentences.RestoreTells);
    }
}
