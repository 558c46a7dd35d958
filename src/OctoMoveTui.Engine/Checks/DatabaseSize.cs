using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q5. A backup writes what is used, a restore needs what is allocated.</summary>
public sealed class DatabaseSize() : SqlCheck("Q5", SqlCheckWords.Sizes, Side.Old)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-database", "list-files"];

    /// <inheritdoc/>
    public override SqlRight Needs => SqlRight.ReadDatabase;

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var files = await sql.FilesAsync();
        sql.Scene.Keep(found => found with { Files = files });
        return files.FirstOrDefault(each => each.Type is not ("ROWS" or "LOG")) is { } stream
            ? CheckResult.Warn(SqlCheckSentences.HasStreams(sql.Database, stream.Type), SqlCheckSentences.StreamsNeeded)
            : CheckResult.Pass(SqlCheckSentences.Sizes(files));
    }
}
