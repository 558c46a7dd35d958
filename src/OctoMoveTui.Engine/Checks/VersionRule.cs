using System.Globalization;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q3. A backup restores onto the same or a later major version, never onto an earlier one (error 3169).</summary>
public sealed class VersionRule() : SqlCheck("Q3", SqlCheckWords.VersionRule, Side.Old, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server", "read-database-version"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var server = await sql.ServerAsync();
        if (sql.Side == Side.Old)
        {
            var format = (int)(await sql.AskAsync("read-database-version", row => row.Number("database_version"), ("@db", sql.Database))).Single();
            if (format == 0)
                throw new CannotBeTold(SqlCheckSentences.NothingToLookAt(sql.Database));
            sql.Scene.Keep(found => found with { DatabaseVersion = format });
            return CheckResult.Pass(SqlCheckSentences.FormatOf(format));
        }

        var old = sql.Scene.Old?.SqlVersion ?? throw new CannotBeTold(SqlCheckSentences.OldNotChecked);
        return int.TryParse(old.Split('.')[0], CultureInfo.InvariantCulture, out var major) && major > server.Facts.Major
            ? CheckResult.Fail(SqlCheckSentences.OlderThanOld(old, server.Facts.Version), SqlCheckSentences.NewerServerNeeded) with { Cause = FailureCause.VersionMismatch }
            : CheckResult.Pass(SqlCheckSentences.NewEnough(old, server.Facts.Version));
    }
}
