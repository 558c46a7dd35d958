using Humanizer;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>What the steps say while they work: the lines of the log, and why a secret is asked for.</summary>
internal static class Notes
{
    internal const string GoesOnAfterCutOff =
        "Nothing of it is lost: the servers are asked now how far it got. What is done is accepted, and what is half done is done again.";

    internal const string CutOffBetweenSteps = "between two steps";

    internal static string CutOff(Journal.CutOffRun run, IReadOnlyList<string> steps) =>
        $"The last run did not end in order: process {run.Process} ({run.User} on {run.Machine}), begun {run.Since:u}, was cut off after {run.LastSign:u}, "
        + (steps.Count == 0 ? CutOffBetweenSteps : "in the middle of " + steps.Select(each => $"\"{each}\"").Listed()) + ".";

    internal const string WhyMasterKey = "The master key of the old server's database: typed, or from the key file that it was saved to. Without it every "
        + "password and certificate in the database is lost.";

    internal const string KeyTypedAgain = "The master key was typed again: a copy of it is saved.";
    internal const string NothingTyped = "Nothing was typed.";
    internal const string KeyTakenFromEnvironment = "The key in OCTOMOVE_MasterKey is the old server's: that is your saved copy.";
    internal const string MaintenanceModeOn = "Maintenance mode is on: users are locked out, administrators are not.";
    internal const string MaintenanceModeOff = "Maintenance mode is off: users can work on the new server.";
    internal const string Fenced = "The old database is read-only: nothing can be written after the backup.";
    internal const string KeyStored = "The new instance holds the proven master key.";
    internal const string NobodyElse = "Nobody is connected to the old database any more.";
    internal const string RetryWithoutCompression = "This edition of SQL Server can't compress backups; going on without.";
    internal const string VerifiedLater = "This login may not run RESTORE VERIFYONLY here; the new SQL Server verifies the backup set before it restores.";
    internal const string CopyGoesOn = "The copy was cut short; it goes on where it stopped.";
    internal const string RestoreCutShort = "A restore of this move was cut short; it starts again from the same backup set.";
    internal const string NoCheckDatabase = "This login may not run DBCC CHECKDB; have a SQL Server administrator run it.";
    internal const string BackupVerified = "The backup set is whole: checksums verified.";
    internal const string CheckDatabaseClean = "DBCC CHECKDB found nothing wrong in the restored database.";
    internal const string SchedulerSilent = "The task scheduler can't be asked: check by hand that no task \"Octopus Watchdog …\" starts the old server again.";
    internal const string Restoring = "Restoring";
    internal const string Recovering = "all read; the database is being brought up (redo, undo, upgrade of its format)";
    internal const string NobodyElseAsFarAsSeen =
        "Nobody else was seen on the old database, but this login sees its own sessions only. Look for other server nodes yourself.";

    internal const string WindowsLogin =
        "The new connection string logs in with a Windows account: octomove tries it with its own, the new service will use another. "
        + "See to it that the service's account is db_owner in the database.";

    internal static string BegunAt(DateTimeOffset at) => $"begun at {at.ToLocalTime():yyyy-MM-dd HH:mm}, not finished";

    internal static string? ListensByName(string prefixes)
    {
        var names = prefixes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(each => Uri.TryCreate(each.Replace("+", "localhost", StringComparison.Ordinal).Replace("*", "localhost", StringComparison.Ordinal), UriKind.Absolute, out var uri)
                && !uri.IsLoopback).ToList();
        return names.Count == 0 ? null
            : $"The portal listens at {string.Join(", ", names)}; that travels in the database. If the new machine has no such name, or TLS binding, "
                + "the new server will not answer: prepare both, or set them with Octopus.Server configure --webListenPrefixes.";
    }

    internal static string AttachedTo(string database) => $"The new instance is attached to {database}.";

    internal static string OldServerSilent(string url, string machine) =>
        $"From here only this can be told of the old server: its node does not answer at {url}. That its service is still stopped and disabled was proven "
        + $"on {machine}; make sure that nobody has started it since.";

    internal static string QueuedStartNow(IReadOnlyList<string> tasks) =>
        $"{"task".ToQuantity(tasks.Count)} that travelled in the database will start now, before users are let in: {string.Join("; ", tasks.Take(10))}. "
        + "What must not run has to be cancelled first, on the new server's task page.";

    internal static string TypedAnother(string name) => $"That is not \"{name}\". Type it exactly, or stop.";

    internal static string WhyOldPassword(string connection) => $"The password of {Who(connection)}: the old database.";

    internal static string WhyNewPassword(string connection) => $"The password of {Who(connection)}: the new Octopus Server will use it.";

    internal static string WhyAdminPassword(string connection) => $"The password of {Who(connection)}: octomove restores the database with it.";

    internal static string FoundOctopus(string version, string file) => $"Octopus Server {version} at {file}.";

    internal static string SameVersion(string version) => $"Octopus Server {version} on both machines.";

    internal static string LoginWorks(string login, string server) => $"{login} can log in to {server}.";

    internal static string OverwriteConsequence(DatabaseRow row, string server) =>
        $"The database {row.Name} on {server} (owner {row.Owner ?? "unknown"}, created {row.CreatedAt:yyyy-MM-dd HH:mm}, {row.StateText}) and "
        + "everything in it will be destroyed. There is no way back.";

    internal static string PointOfNoReturn(string server) =>
        $"Users begin to work on {server}. Going back to the old server afterwards loses what they do from now on.";

    internal static string FullRecovery(string database) =>
        $"{database} is in FULL recovery: without log backups on the new SQL Server its log file grows for ever.";

    internal static string KeyProven(string by) => $"The master key decrypts {by}.";

    internal static string KeyFileSaved(string file) =>
        $"The master key is saved to {file}: the file was read back and opened with its passphrase. Keep a copy of it, and the passphrase apart from it, "
        + "where neither of the two servers is needed to get at them.";

    internal static string KeyFileOpened(string file, string fingerprint) => $"The key file {file} was opened; it holds the master key {fingerprint}.";

    internal static string UnreadableValues(int count) => $"{count} sensitive value(s) can't be decrypted; they were broken before this move.";

    internal static string Drained(string node) => $"Node {node} takes no new tasks.";

    internal static string Undrained(string node) => $"Node {node} takes tasks again.";

    internal static string WatchdogOff(string task) => $"The scheduled task \"{task}\" is disabled.";

    internal static string ServiceStopped(string service) => $"{service} is stopped, its process is gone, and it is disabled.";

    internal static string BackedUp(string file, long bytes) => $"Backed up to {file}, {Size(bytes)}.";

    internal const string Confirmed = "confirmed";

    internal const string UndoCutShort = "taking it back was cut short";

    internal static string BackupReadable(string server, string file) => $"{server} reads the backup set in {file}.";

    internal static string BackupCarried(long bytes, string hash) => $"Carried {Size(bytes)} over, XxHash128 {hash} on both ends.";

    internal static string RowsEqual(int tables, long rows) => $"All {tables} tables have the same number of rows on both servers ({rows} in all).";

    internal static string DirectoryCopied(string kind, long files, long bytes, long copied) =>
        $"{kind}: {"file".ToQuantity(files)}, {Size(bytes)} ({copied} copied now).";

    internal static string DirectoryCopiedBy(string tool, string kind, long files, long bytes, string to) =>
        $"{kind}: {"file".ToQuantity(files)}, {Size(bytes)}, hashed here and copied by {tool} to {to}.";

    internal static string CopiedAgainBy(string tool, string kind, int files, string from) =>
        $"{kind}: {"file".ToQuantity(files)} copied again by {tool} from {from}.";

    internal static string WantedAgain(string tool, IReadOnlyList<string> kinds) =>
        $"The new server found files of {string.Join(", ", kinds)} missing or damaged: {tool} copies exactly these again.";

    internal static string NoLimit(string tool) => $"{tool} can't keep to a limit when it copies with several threads: Copy:BytesPerSecond is not kept to.";

    internal static string HashedThenCopied(string tool) =>
        $"octomove reads every file once and writes down its hash; {tool} carries the files over. The destination has to be empty, or filled by this move. "
        + $"{tool} is never told to remove anything. What arrived is held against the hashes before the new server starts.";

    internal static string PlacedAlready(string tool) =>
        $"{tool} has put the files to their places already. What vanished on the old server since it was copied is removed: only what the list of files knows.";

    internal static string Settled(string kind, int removed) =>
        $"{kind}: {"file".ToQuantity(removed)} removed that had vanished on the old server, or were left half copied.";

    internal static string DirectoryEqual(string kind, long files, VerifyDepth depth) =>
        $"{kind}: all {"file".ToQuantity(files)} equal, by {(depth == VerifyDepth.Contents ? "content" : "size and time")}.";

    internal static string PathsAreRight(int count) => $"The database names the new paths of all {count} directories.";

    internal static string ThumbprintEqual(string thumbprint) => $"The server certificate is the same on both: {thumbprint}. Tentacles keep their trust.";

    internal static string InstallationEqual(string id) => $"The installation id is the same on both: {id}.";

    internal static string OldServerStillDown(string service) => $"{service} on the old server is stopped and disabled; its database is read-only.";

    internal static string Answers(string url, string version) => $"Octopus Server {version} answers at {url}.";

    internal static string Reindexed(string space, long packages) => $"{space}: {"package".ToQuantity(packages)} listed after the re-index.";

    internal static string TaskLogReadable(string task, int characters) => $"The log of {task} can be read ({characters} characters).";

    internal static string NodeRemoved(string node) => $"The old server's node {node} is removed.";

    internal static string PollingTentacles(long count) =>
        $"{"polling Tentacle".ToQuantity(count)} know the server by its address: point that DNS name at the new server, or run "
        + "Tentacle poll-server on each.";

    internal static string PointDns(string oldUrl, string newUrl) => $"Point users, DNS and load balancers from {oldUrl} to {newUrl}.";

    internal static string ReportWritten(string file) => $"What was done, how long it took and what is left: {file}";

    internal static string Size(long bytes) => bytes.Bytes().ToString("0.#", System.Globalization.CultureInfo.InvariantCulture);

    private static string Who(string connection)
    {
        var read = ConnectionStrings.Read(connection);
        return $"the login {read.Login} on {read.Server}";
    }
}
