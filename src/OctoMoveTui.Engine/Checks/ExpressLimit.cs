using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>
/// Q18. Express takes 10 GB of data files a database, 50 GB since 2025 (Microsoft's table of editions); allocated, not used, and without the
/// log. A restore of more is error 1827.
/// </summary>
public sealed class ExpressLimit() : SqlCheck("Q18", SqlCheckWords.ExpressLimit, Side.New)
{
    private const long Gigabyte = 1024L * 1024 * 1024;
    private const int Sql2025 = 17;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var server = await sql.ServerAsync();
        if (server.IsLocalDb)
            return CheckResult.Fail(SqlCheckSentences.IsLocalDb, SqlCheckSentences.UseExpress);
        if (!server.IsExpress)
            return CheckResult.Pass(SqlCheckSentences.NoLimit);

        var (data, limit) = (sql.Old(old => old.DataBytes, "how large its files are"), (server.Facts.Major >= Sql2025 ? 50 : 10) * Gigabyte);
        if (data > limit)
            return CheckResult.Fail(SqlCheckSentences.AboveLimit(data, limit, server.Facts.Edition), SqlCheckSentences.ShrinkOrUpgrade);
        return data > limit / 10 * 9
            ? CheckResult.Warn(SqlCheckSentences.BelowLimit(data, limit, server.Facts.Edition), SqlCheckSentences.ShrinkOrUpgrade)
            : CheckResult.Pass(SqlCheckSentences.BelowLimit(data, limit, server.Facts.Edition));
    }
}
