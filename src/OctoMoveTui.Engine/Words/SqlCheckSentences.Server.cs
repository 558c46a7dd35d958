using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>Sentences about the servers themselves.</summary>
internal static partial class SqlCheckSentences
{
    internal static readonly string[] UpgradeSql =
        ["Use SQL Server 2022 or later for the new server: Octopus Server needs 2016 or later, and wants two years of Microsoft's support ahead."];

    internal static string Version(CheckedServer server, DateOnly? supportEnds, DateOnly today) => $"{server.Described}{supportEnds switch
    {
        null => ".",
        { } ends when ends < today => $"; Microsoft's support ended on {ends:yyyy-MM-dd}.",
        { } ends => $"; Microsoft supports it until {ends:yyyy-MM-dd}.",
    }}";

    internal static string TooOld(CheckedServer server) => $"{server.Described} is older than SQL Server 2016, which Octopus Server needs.";

    internal const string OwnServer = "A SQL Server of its own.";

    internal static string IsCloud(string server, string service) => $"{server} is {service}, which has no BACKUP or RESTORE of files.";

    internal static readonly string[] AzureDatabaseInstead =
    [
        "Move the database with Azure's own means: a database copy, a geo-restore, or export and import of a .bacpac.",
        "Then move the server by itself and let the new one use that database (the guide \"Move the server\").",
    ];

    internal static readonly string[] ManagedInstanceInstead =
    [
        "On the old side: BACKUP DATABASE … TO URL = 'https://…' WITH COPY_ONLY (with a credential for the container; not with service-managed TDE).",
        "On the new side: RESTORE DATABASE … FROM URL = 'https://…' without further options.",
        "Then move the server by itself and let the new one use that database (the guide \"Move the server\").",
    ];

    internal static readonly string[] RdsInstead =
    [
        "On the old side: EXEC msdb.dbo.rds_backup_database @source_db_name = '…', @s3_arn_to_backup_to = 'arn:aws:s3:::…';",
        "On the new side: EXEC msdb.dbo.rds_restore_database @restore_db_name = '…', @s3_arn_to_restore_from = 'arn:aws:s3:::…';",
        "Then move the server by itself and let the new one use that database (the guide \"Move the server\").",
    ];

    internal static string WindowsLoginsOnly(string server, string login) =>
        $"{server} allows Windows logins only, and the new connection string has the SQL login {login}.";

    internal static readonly string[] AllowSqlLogins =
    [
        "In the server's properties, Security: choose \"SQL Server and Windows Authentication mode\", and restart the service.",
        "Or use a connection string with Integrated Security=True.",
    ];

    internal static string LoginModeFits(bool windowsOnly, string? login) =>
        !windowsOnly ? "SQL logins and Windows logins are allowed." : login is null ? "Windows logins only; no SQL login is used." : "";

    internal static string Platform(string platform, string detail) => detail.Length == 0 ? $"{platform}." : $"{platform} ({detail}).";

    internal static string ByItsPaths(bool isLinux) => isLinux ? "Linux, by the way it writes paths." : "Windows, by the way it writes paths.";

    internal static string NewEnough(string oldVersion, string newVersion) => $"From {oldVersion} to {newVersion}: a restore works in this direction.";

    internal static string FormatOf(int version) => $"The database has format {version}.";

    internal static string OlderThanOld(string oldVersion, string newVersion) =>
        $"The new SQL Server ({newVersion}) is older than the old one ({oldVersion}): a backup never restores onto an older version (error 3169).";

    internal static readonly string[] NewerServerNeeded = ["Use a SQL Server at least as new as the old one."];

    internal const string NoFeatures = "Nothing in the database needs a higher edition.";

    internal static string UsesFeatures(IEnumerable<string> features) => $"The database uses {string.Join(", ", features)}.";

    internal static string EditionLacks(IEnumerable<string> features, string edition) =>
        $"The database uses {string.Join(", ", features)}, and {edition} has no such thing: the restore fails at its end (error 909).";

    internal static string EditionMayLack(IEnumerable<string> features, string edition) =>
        $"The database uses {string.Join(", ", features)}; see to it that {edition} has that.";

    internal static readonly string[] HigherEdition = ["Use an edition that has it, or have the feature taken out of the old database first."];

    internal static string SameServerCollation(string collation) => $"{collation}.";

    internal static string OtherServerCollation(string old, string now) =>
        $"The new server is collated {now}, the old one {old}: comparing with temporary tables can fail (error 468).";

    internal static readonly string[] SameCollation = ["Best: install the new SQL Server with the old one's collation. The database keeps its own either way."];

    internal const string NoServiceListed = "The server lists no service of its own.";

    internal static string ServiceAccount(string account, bool? instantFiles) =>
        $"The service runs as {account}{(instantFiles is false ? "; without instant file initialization a restore first writes zeros" : "")}.";

    internal static string KnownAsMachine(string account, string machine, string folder) =>
        $"The service runs as {account}, which the network knows as the machine: on {folder} the account DOMAIN\\{machine}$ needs the rights.";

    internal static string[] RightsForMachine(string machine) =>
        [$"Give DOMAIN\\{machine}$ Modify on the share and in the file system; or let the service run under a domain account."];

    internal static string ClockFits(DateTime local, int offsetMinutes) => $"{local:yyyy-MM-dd HH:mm:ss} there, {Offset(offsetMinutes)}.";

    internal static string ClockDiffers(double seconds, string from) =>
        $"The server's clock is {Math.Abs(seconds):0} seconds {(seconds > 0 ? "ahead of" : "behind")} {from}.";

    internal static readonly string[] SetClocks = ["Have both machines follow one time server: logs and backup times are compared."];

    private static string Offset(int minutes) => minutes == 0 ? "UTC" : $"UTC{(minutes < 0 ? "-" : "+")}{Math.Abs(minutes) / 60:00}:{Math.Abs(minutes) % 60:00}";
}
