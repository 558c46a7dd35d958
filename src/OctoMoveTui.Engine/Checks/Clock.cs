using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q20. msdb has local times; they are compared between the servers and with this machine.</summary>
public sealed class Clock() : SqlCheck("Q20", SqlCheckWords.Clock, Side.Old, Side.New)
{
    private const double Tolerated = 60;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["read-clock"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var (utc, offset) = (await sql.AskAsync("read-clock", row => (row.TimeOrNull("utc") ?? default, (int)row.Number("offset_minutes")))).Single();
        var ahead = (utc - sql.Scene.Time.GetUtcNow().UtcDateTime).TotalSeconds;
        sql.Scene.Keep(found => found with { SecondsAhead = ahead, UtcOffsetMinutes = offset });
        if (Math.Abs(ahead) > Tolerated)
            return CheckResult.Warn(SqlCheckSentences.ClockDiffers(ahead, "this machine's"), SqlCheckSentences.SetClocks);

        // Both were held against the clock of a machine that octomove ran on; those follow one time server more often than not.
        var fromOld = sql.Side == Side.New && sql.Scene.Old?.Sql?.SecondsAhead is { } old ? ahead - old : 0;
        return Math.Abs(fromOld) > Tolerated
            ? CheckResult.Warn(SqlCheckSentences.ClockDiffers(fromOld, "the old server's"), SqlCheckSentences.SetClocks)
            : CheckResult.Pass(SqlCheckSentences.ClockFits(utc.AddMinutes(offset), offset));
    }
}
