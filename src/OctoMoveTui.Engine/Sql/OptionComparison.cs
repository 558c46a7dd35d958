namespace OctoMoveTui.Engine.Sql;

/// <summary>One setting of a database, before and after.</summary>
public sealed record ComparedOption(string Option, string Before, string Now)
{
    /// <summary>The same.</summary>
    public bool IsEqual => Before == Now;
}

/// <summary>Which settings of a database RESTORE keeps, and which it resets on another server.</summary>
public static class OptionComparison
{
    /// <summary>Those that travel in the backup.</summary>
    public static IReadOnlyList<ComparedOption> Kept(DatabaseOptions old, DatabaseOptions now) =>
    [
        new("RECOVERY", old.RecoveryModel, now.RecoveryModel),
        new("COLLATE", old.Collation, now.Collation),
        Of("READ_COMMITTED_SNAPSHOT", old.ReadCommittedSnapshot, now.ReadCommittedSnapshot),
        new("ALLOW_SNAPSHOT_ISOLATION", old.SnapshotIsolation, now.SnapshotIsolation),
        new("PAGE_VERIFY", old.PageVerify, now.PageVerify),
        Of("AUTO_CLOSE", old.AutoClose, now.AutoClose),
        Of("AUTO_SHRINK", old.AutoShrink, now.AutoShrink),
    ];

    /// <summary>Those that may rightly be another: reset on another server, or raised to what that server supports at least.</summary>
    public static IReadOnlyList<ComparedOption> Reset(DatabaseOptions old, DatabaseOptions now) =>
    [
        new("COMPATIBILITY_LEVEL", Text(old.CompatibilityLevel), Text(now.CompatibilityLevel)),
        Of("ENABLE_BROKER", old.Broker, now.Broker),
        Of("TRUSTWORTHY", old.Trustworthy, now.Trustworthy),
        Of("DB_CHAINING", old.DbChaining, now.DbChaining),
    ];

    private static ComparedOption Of(string option, bool before, bool now) => new(option, before ? "ON" : "OFF", now ? "ON" : "OFF");

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
