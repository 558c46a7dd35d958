using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q2. Windows or Linux decides how paths are written. The view is there since 2017 and some may not read it: then the paths tell.</summary>
public sealed class Platform() : SqlCheck("Q2", SqlCheckWords.Platform, Side.Old, Side.New)
{
    private const int NoSuchView = 208;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server", "describe-platform"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var server = await sql.ServerAsync();
        try
        {
            var found = (await sql.AskAsync("describe-platform", row => (Platform: row.Text("host_platform"), Detail: row.Text("host_distribution")))).Single();
            return CheckResult.Pass(SqlCheckSentences.Platform(found.Platform, found.Detail));
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) == NoSuchView || LackOfRight.Is(failure))
        {
            return CheckResult.Pass(SqlCheckSentences.ByItsPaths(server.IsLinux));
        }
    }
}
