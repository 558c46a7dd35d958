using OctoMoveTui.Engine.Checks;

namespace OctoMoveTui.Engine.Words;

/// <summary>Sentences about the database itself.</summary>
internal static partial class SqlCheckSentences
{
    internal static string Missing(string database, string server, string login) =>
        $"There is no database {database} on {server}, or {login} may not see it.";

    internal static string[] CheckName(string login) =>
        ["Check the database name in the connection string.", $"A login sees only its own databases without: USE master; GRANT VIEW ANY DATABASE TO {Q(login)};"];

    internal static string NotOnline(string database, string state) => $"The database {database} is {state}.";

    internal static readonly string[] BringOnline = ["Bring it ONLINE, then check again."];

    internal static string IsSnapshot(string database) => $"{database} is a snapshot of another database, which can't be backed up (error 3002).";

    internal static readonly string[] NameTheDatabase = ["Name the database itself in the old connection string."];

    internal static string Online(CheckedDatabase database) =>
        $"{database.Name} is ONLINE, {database.RecoveryModel} recovery, compatibility level {database.CompatibilityLevel}.";

    internal static string NotOpenToAll(CheckedDatabase database) =>
        $"{database.Name} is ONLINE, but {string.Join(" and ", new[] { database.IsReadOnly ? "READ_ONLY" : "", database.UserAccess == "MULTI_USER" ? "" : database.UserAccess }.Where(each => each.Length > 0))}.";

    internal static string[] SetBack(CheckedDatabase database) =>
    [
        .. database.IsReadOnly ? [$"Octopus Server can't work so. If it shall: ALTER DATABASE {Q(database.Name)} SET READ_WRITE WITH ROLLBACK IMMEDIATE;"] : Array.Empty<string>(),
        .. database.UserAccess == "MULTI_USER" ? Array.Empty<string>() : [$"The restored database would be the same: ALTER DATABASE {Q(database.Name)} SET MULTI_USER;"],
    ];

    internal static string Collation(string collation) => $"{collation}, case-insensitive.";

    internal static string CaseSensitive(string database, string collation) =>
        $"The database {database} has the collation {collation}, which is case-sensitive. Octopus Server needs a case-insensitive one.";

    internal static readonly string[] AskOctopus = ["This is no healthy Octopus database: ask Octopus support before moving it."];

    internal static string OneCollation(string collation) => $"All columns are collated {collation}.";

    internal static string OtherCollations(IReadOnlyList<string> columns, string collation, bool isCut) =>
        $"{columns.Count}{(isCut ? " or more" : "")} columns are not collated {collation} as the database is: {string.Join(", ", columns.Take(5))}{(columns.Count > 5 ? ", …" : "")}.";

    internal static readonly string[] CollationsTravel =
        ["They travel as they are and work as they do today; an upgrade of Octopus Server can fail on them (error 468). Show them to Octopus support."];

    internal static string PageVerify(string option) => $"Page verify is {option}.";

    internal static string[] SetPageVerify(string database) =>
        [$"ALTER DATABASE {Q(database)} SET PAGE_VERIFY CHECKSUM; -- counts for pages that are written from then on"];

    internal static string AutoClose(bool isOn) => $"Auto close is {(isOn ? "on" : "off")}.";

    internal static string[] SetAutoClose(string database) => [$"ALTER DATABASE {Q(database)} SET AUTO_CLOSE OFF;"];

    internal static string RowVersions(bool isOn) => $"Read committed snapshot is {(isOn ? "on" : "off")}.";

    internal static string[] SetRowVersions(string database) =>
        [$"Octopus Server sets it itself. Without it readers wait for writers: ALTER DATABASE {Q(database)} SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;"];

    internal const string NotReplicated = "Neither replication nor change capture.";

    internal static string IsPublished(string database) => $"{database} is published by replication, which Octopus Server does not support.";

    internal static string[] RemoveReplication(string database) => [$"EXEC sp_removedbreplication N'{database.Replace("'", "''", StringComparison.Ordinal)}';"];

    internal static string CapturedOrSubscribed(string database, bool isCaptured) =>
        $"{database} {(isCaptured ? "has change data capture on" : "subscribes to a publication")}: the restored database has it no more.";

    internal static readonly string[] SetUpAgain = ["Whoever uses that sets it up again on the new server, after the move."];

    internal static string NotContained(string database) => $"{database} is not contained.";

    internal static string IsContained(string database) => $"{database} is a contained database: the new server has to allow that.";

    internal static string ContainedForbidden(string database, string server) =>
        $"{database} is a contained database, and {server} does not allow such (error 12824).";

    internal static string ContainedAllowed(string server) => $"{server} allows contained databases.";

    internal static readonly string[] AllowContained = ["On the new SQL Server: EXEC sp_configure 'contained database authentication', 1; RECONFIGURE;"];

    internal static string Owner(string owner) => $"It belongs to {owner}.";

    internal static string NoOwner(string database) => $"{database} belongs to a login that is no longer there.";

    internal static string[] GiveToSa(string database) =>
        [$"The restored database gets an owner. If the old one shall, too: ALTER AUTHORIZATION ON DATABASE::{Q(database)} TO [sa];"];

    internal static string Sizes(IReadOnlyList<OldSqlFile> files)
    {
        var (data, log) = (files.Where(each => !each.IsLog).ToList(), files.Where(each => each.IsLog).Sum(each => each.Bytes));
        var used = data.All(each => each.Used is not null) ? $", of which {Size(data.Sum(each => each.Used ?? 0))} used" : "";
        return $"{Size(data.Sum(each => each.Bytes))} data in {Files(data.Count)}{used}; {Size(log)} log. A restore needs {Size(files.Sum(each => each.Bytes))}.";
    }

    internal static string HasStreams(string database, string type) => $"{database} has files of type {type}, which Octopus Server does not use.";

    internal static readonly string[] StreamsNeeded = ["The new SQL Server must have FILESTREAM enabled, or the restore fails."];

    internal static string InNoGroup(string database) => $"{database} is in no availability group and not mirrored.";

    internal static string InGroup(string database) => $"{database} is in an availability group: it can be neither set read-only (error 1468) nor restored over (error 3104).";

    internal static string IsMirrored(string database, string state) =>
        $"{database} is mirrored ({state}): it can be neither set read-only (error 1468) nor restored over (error 3104).";

    internal static string[] LeaveGroup(string database) =>
        [$"On the primary: ALTER AVAILABILITY GROUP [its name] REMOVE DATABASE {Q(database)}; -- the database stays, it only leaves the group"];

    internal static string[] EndMirroring(string database) => [$"On the principal: ALTER DATABASE {Q(database)} SET PARTNER OFF;"];

    internal const string NoSnapshots = "No database snapshots.";

    internal static string HasSnapshots(string database, IReadOnlyList<string> names) => $"{database} has database snapshots: {string.Join(", ", names)}.";

    internal static readonly string[] SnapshotsStay = ["They stay on the old server and do no harm there."];

    internal static string[] DropSnapshots(IReadOnlyList<string> names) => [.. names.Select(each => $"DROP DATABASE {Q(each)};")];

    private static string Files(int count) => count == 1 ? "1 file" : $"{count} files";
}
