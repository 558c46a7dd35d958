using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q1. Octopus Server needs SQL Server 2016 since 2020.2, and asks for two more years of Microsoft's support (Octopus's documentation).</summary>
public sealed class ServerVersion() : SqlCheck("Q1", SqlCheckWords.Version, Side.Old, Side.New)
{
    private const int Sql2016 = 13;

    // The end of extended support, from Microsoft's lifecycle pages (from memory; the year is what matters here).
    private static readonly Dictionary<int, DateOnly> SupportEnds = new()
    {
        [11] = new(2022, 7, 12),
        [12] = new(2024, 7, 9),
        [13] = new(2026, 7, 14),
        [14] = new(2027, 10, 12),
        [15] = new(2030, 1, 8),
        [16] = new(2033, 1, 11),
        [17] = new(2036, 1, 6),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server"];

    /// <inheritdoc/>
    public override bool IsFor(MoveShape shape) => true;

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var server = await sql.ServerAsync();
        sql.Scene.Keep(found => found with { ServerName = server.Facts.ServerName, Version = server.Facts.Version, EngineEdition = server.Facts.EngineEdition });
        DateOnly? ends = SupportEnds.TryGetValue(server.Facts.Major, out var day) ? day : null;
        var today = DateOnly.FromDateTime(sql.Scene.Time.GetUtcNow().UtcDateTime);
        var sentence = SqlCheckSentences.Version(server, ends, today);
        var isNew = sql.Side == Side.New;
        if (server.Facts.Major < Sql2016)
        {
            return isNew
                ? CheckResult.Fail(SqlCheckSentences.TooOld(server), SqlCheckSentences.UpgradeSql) with { Cause = FailureCause.VersionMismatch }
                : CheckResult.Warn(SqlCheckSentences.TooOld(server), SqlCheckSentences.UpgradeSql);
        }

        return isNew && ends < today.AddYears(2) ? CheckResult.Warn(sentence, SqlCheckSentences.UpgradeSql) : CheckResult.Pass(sentence);
    }
}
