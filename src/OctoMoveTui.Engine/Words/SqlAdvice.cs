using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said about a failure of SQL Server, before the raw text goes below it.</summary>
/// <param name="Cause">The kind of failure: the exit code.</param>
/// <param name="What">What happened, in one sentence, with names.</param>
/// <param name="Why">The most likely reason, or empty.</param>
/// <param name="ToDo">What to do, a sentence each.</param>
internal sealed record SqlAdvice(FailureCause Cause, string What, string Why, params IReadOnlyList<string> ToDo)
{
    private static readonly IReadOnlyList<SqlAdviceFamily> All =
    [
        SqlLoginAdvice.Family, SqlNetworkAdvice.Family, SqlEncryptionAdvice.Family, SqlRightAdvice.Family, SqlDatabaseAdvice.Family,
        SqlDeviceAdvice.Family, SqlMediaAdvice.Family, SqlRestoreAdvice.Family, SqlInUseAdvice.Family, SqlDamageAdvice.Family,
        SqlUserAdvice.Family, SqlEditionAdvice.Family, SqlSpaceAdvice.Family,
    ];

    private static readonly Dictionary<int, Func<SqlTrouble, SqlAdvice>> Table =
        All.SelectMany(each => each.Advice).ToDictionary(each => each.Key, each => each.Value);

    /// <summary>The families, in the order in which a move meets them: docs/sql-server-errors.md is made of them.</summary>
    public static IReadOnlyList<SqlAdviceFamily> Families => All;

    /// <summary>The advice for the first error; the general one for a number nobody has written about.</summary>
    public static SqlAdvice For(SqlTrouble trouble) => trouble switch
    {
        { Reach.Phase: ReachPhase.NoCommonTls } => SqlEncryptionAdvice.NoCommonTls(trouble),
        { IsCertificateRefused: true } => SqlEncryptionAdvice.Certificate(trouble),
        _ => Table.TryGetValue(trouble.Number, out var advice) ? advice(trouble) : General(trouble),
    };

    /// <summary>True when this number says that the way to the server, not the server, is the trouble: then octomove looks at that way itself.</summary>
    public static bool WantsReach(int number) =>
        SqlNetworkAdvice.Family.Advice.ContainsKey(number) || SqlEncryptionAdvice.Family.Advice.ContainsKey(number) || number is 17806;

    /// <summary>True when the advice for this number gets better by knowing whom the SQL Server runs as.</summary>
    public static bool WantsServiceAccount(int number) => number is 3201 or 3202 or 3203 or 3271 or 5133 or 5120 or 5123;

    private static SqlAdvice General(SqlTrouble t) => new(
        FailureCause.SqlStatement,
        t.Doing.Length == 0
            ? $"Connecting to the SQL Server {t.Server} failed (error {t.Number})."
            : $"SQL Server {t.Server} failed a statement (error {t.Number}): {t.Doing}",
        "",
        "The raw text below is what the server said.",
        $"The documentation of SQL Server explains error {t.Number}; its error log on {t.Server} may say more.");
}

/// <summary>Error numbers that belong together, and the advice for each.</summary>
/// <param name="Name">What they are about.</param>
/// <param name="Advice">By error number.</param>
internal sealed record SqlAdviceFamily(string Name, IReadOnlyDictionary<int, Func<SqlTrouble, SqlAdvice>> Advice);

/// <summary>Words that several families need.</summary>
internal static class SqlAdviceWords
{
    /// <summary>"login octopus", "Windows account DOMAIN\me".</summary>
    public static string Who(this SqlTrouble t) =>
        t.Login is { } login ? $"login {login}" : $@"Windows account {Environment.UserDomainName}\{Environment.UserName}";

    /// <summary>The principal in brackets, for a GRANT.</summary>
    public static string Grantee(this SqlTrouble t) => SqlScript.Quote(t.Login ?? $@"{Environment.UserDomainName}\{Environment.UserName}");

    /// <summary>"DOM\sql (the service account of the SQL Server sql01)".</summary>
    public static string AccountOnDisk(this SqlTrouble t) => t.Account is { } account
        ? $"{account.Name} (the service account of the SQL Server {t.Server})"
        : $"the service account of the SQL Server {t.Server}";

    /// <summary>The account that a share on another machine sees.</summary>
    public static string AccountOnNetwork(this SqlTrouble t) => t.Account switch
    {
        { IsMachineBound: true } account => $"{account.OnNetwork} (the SQL Server runs as {account.Name}, which is its machine to others)",
        { } account => account.Name,
        _ => t.AccountOnDisk(),
    };

    /// <summary>The account whose rights count for this path.</summary>
    public static string AccountFor(this SqlTrouble t, string? path) => IsShare(path) ? t.AccountOnNetwork() : t.AccountOnDisk();

    /// <summary>True for \\server\share paths.</summary>
    public static bool IsShare(string? path) => path?.StartsWith(@"\\", StringComparison.Ordinal) == true;

    /// <summary>Who restores should own what was restored, without having a user in it; where that does not hold, a sysadmin makes it so.</summary>
    public static string OwnWhatWasRestored(SqlTrouble t, string database) =>
        $"If it has just been restored with this login, which is no sysadmin: have a sysadmin make it the owner, "
            + $"ALTER AUTHORIZATION ON DATABASE::{SqlScript.Quote(database)} TO {t.Grantee()}; then run again.";

    /// <summary>
    /// The one slot of a single-user database: while another session has it, no ALTER DATABASE works, WITH ROLLBACK IMMEDIATE included (error 5064).
    /// </summary>
    public static string[] FreeTheSlot(SqlTrouble t, string database) =>
    [
        "See who: SELECT session_id, login_name, host_name, program_name FROM sys.dm_exec_sessions WHERE database_id = "
            + $"DB_ID(N'{database.Replace("'", "''", StringComparison.Ordinal)}').",
        $"Close that program; or, on {t.Server}, first KILL that session_id, then at once ALTER DATABASE {SqlScript.Quote(database)} SET MULTI_USER.",
        "Then try again.",
    ];

    /// <summary>The folder of a path in either style.</summary>
    public static string FolderOf(string path) => path.LastIndexOfAny(['/', '\\']) is > 0 and var cut ? path[..cut] : path;

    /// <summary>"12.5 GB".</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GB"),
        >= 1L << 20 => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.0} MB"),
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes:#,0} bytes"),
    };
}
