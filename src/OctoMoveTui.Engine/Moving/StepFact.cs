using System.Text.Json.Serialization;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// What a finished step found out or brought about: written into the journal with "finished", and asked for by later steps with
/// <see cref="MoveFacts.Require{T}"/>. Never a secret.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(OldServerChecked), "old-server-checked")]
[JsonDerivedType(typeof(OctopusServerInstalled), "octopus-server-installed")]
[JsonDerivedType(typeof(NewServerChecked), "new-server-checked")]
[JsonDerivedType(typeof(MasterKeySaved), "master-key-saved")]
[JsonDerivedType(typeof(DirectoriesCopiedAhead), "directories-copied-ahead")]
[JsonDerivedType(typeof(DatabaseAndFilesCompared), "database-and-files-compared")]
[JsonDerivedType(typeof(MaintenanceModeEntered), "maintenance-mode-entered")]
[JsonDerivedType(typeof(TasksFinished), "tasks-finished")]
[JsonDerivedType(typeof(StockTaken), "stock-taken")]
[JsonDerivedType(typeof(OldServerStopped), "old-server-stopped")]
[JsonDerivedType(typeof(BackupSet), "backup-set")]
[JsonDerivedType(typeof(BackupWithinReach), "backup-within-reach")]
[JsonDerivedType(typeof(RestoredDatabase), "restored-database")]
[JsonDerivedType(typeof(DatabaseUsersFixed), "database-users-fixed")]
[JsonDerivedType(typeof(DatabaseMuted), "database-muted")]
[JsonDerivedType(typeof(DatabaseAttached), "database-attached")]
[JsonDerivedType(typeof(TasksLetRun), "tasks-let-run")]
[JsonDerivedType(typeof(InstanceCreated), "instance-created")]
[JsonDerivedType(typeof(DirectoriesCopied), "directories-copied")]
[JsonDerivedType(typeof(DirectoriesPlaced), "directories-placed")]
[JsonDerivedType(typeof(ProvenBeforeStart), "proven-before-start")]
[JsonDerivedType(typeof(NewServerStarted), "new-server-started")]
[JsonDerivedType(typeof(PackagesReindexed), "packages-reindexed")]
[JsonDerivedType(typeof(NewServerVerified), "new-server-verified")]
[JsonDerivedType(typeof(FurtherNodesAdded), "further-nodes-added")]
[JsonDerivedType(typeof(MaintenanceModeLeft), "maintenance-mode-left")]
[JsonDerivedType(typeof(OldServerRetired), "old-server-retired")]
[JsonDerivedType(typeof(LeftOut), "left-out")]
public abstract record StepFact
{
    /// <summary>What is shown beside the step when it is done.</summary>
    [JsonIgnore]
    public abstract string Summary { get; }
}

/// <summary>An exact row count.</summary>
public sealed record TableCount(string Table, long Rows);

/// <summary>What was copied of one directory.</summary>
/// <param name="Kind">Artifacts, TaskLogs, …</param>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">How many bytes.</param>
/// <param name="ContentHash">One hash over path, size, time and content of all files.</param>
public sealed record CopiedDirectory(string Kind, long Files, long Bytes, string ContentHash);

/// <summary>The old server as it was before anything changed.</summary>
public sealed record OldServerChecked(
    string Version, string SqlVersion, string Database, long DatabaseBytes, string Thumbprint, string InstallationId) : StepFact
{
    /// <summary>What the old SQL Server calls itself: connection strings can name one server in many ways.</summary>
    public string SqlServer { get; init; } = "";

    /// <summary>What lies around the old server; null in a journal of an earlier version.</summary>
    public Octopus.OldSurroundings? Surroundings { get; init; }

    /// <summary>What the new SQL Server is held against; null in a journal of an earlier version.</summary>
    public Checks.OldSqlProfile? Sql { get; init; }

    /// <summary>The server nodes that the database knew, the machine's own among them; empty in a journal of an earlier version.</summary>
    public IReadOnlyList<KnownNode> Nodes { get; init; } = [];

    /// <summary>The name of the node on the machine that octomove ran on; empty in a journal of an earlier version.</summary>
    public string OwnNode { get; init; } = "";

    /// <inheritdoc/>
    public override string Summary => $"Octopus {Version}, SQL Server {SqlVersion}";
}

/// <summary>Octopus Server was installed on the new server, in the version of the old one.</summary>
/// <param name="Version">The version of the installed program.</param>
/// <param name="Package">The installer.</param>
/// <param name="WantsRestart">True when Windows has to be restarted before all of it is in place.</param>
public sealed record OctopusServerInstalled(string Version, string Package, bool WantsRestart) : StepFact
{
    /// <inheritdoc/>
    public override string Summary => WantsRestart ? $"Octopus {Version}, Windows wants a restart" : $"Octopus {Version}";
}

/// <summary>The new server is ready.</summary>
public sealed record NewServerChecked(string Version, string SqlVersion) : StepFact
{
    /// <inheritdoc/>
    public override string Summary => $"Octopus {Version}, SQL Server {SqlVersion}";
}

/// <summary>The master key is proven and saved.</summary>
public sealed record MasterKeySaved(string Fingerprint, string ProvenBy) : StepFact
{
    /// <summary>The key file that it was saved to and opened from again, as the old server sees it; null when it was typed again.</summary>
    public string? KeyFile { get; init; }

    /// <summary>What it was proven by, in numbers; null in a journal of an earlier version.</summary>
    public KeyEvidence? Evidence { get; init; }

    /// <inheritdoc/>
    public override string Summary => $"key {Fingerprint}";
}

/// <summary>The bulk of the directories was copied while Octopus worked.</summary>
public sealed record DirectoriesCopiedAhead(IReadOnlyList<CopiedDirectory> Directories) : StepFact
{
    /// <inheritdoc/>
    public override string Summary => $"{Directories.Sum(each => each.Files)} files";
}

/// <summary>Which rows had no file on the old server before the outage: the base line. The list itself is in the move folder.</summary>
/// <param name="At">When it was begun.</param>
/// <param name="Kinds">Packages, task logs, artifacts.</param>
/// <param name="Packages">The packages, space by space.</param>
public sealed record DatabaseAndFilesCompared(
    DateTimeOffset At, IReadOnlyList<Agreement.KindAgreement> Kinds, IReadOnlyList<Agreement.SpacePackages> Packages) : StepFact
{
    /// <summary>So many packages without a file may be dropped by a re-index: accepted by a typed word, or by the settings.</summary>
    public long MayBeDropped { get; init; }

    /// <inheritdoc/>
    public override string Summary => Kinds.Sum(each => each.Missing + each.Different) is var faults and > 0
        ? $"{faults} {(faults == 1 ? "row" : "rows")} without the right file"
        : "they agree";
}

/// <summary>Maintenance mode is on: the outage began.</summary>
public sealed record MaintenanceModeEntered(DateTimeOffset Since, IReadOnlyList<string> DrainedNodes) : StepFact
{
    /// <summary>True when, without an API key, somebody decided to go on with drained nodes and without maintenance mode.</summary>
    public bool DrainOnly { get; init; }

    /// <inheritdoc/>
    public override string Summary => $"since {Since.ToLocalTime():HH:mm}";
}

/// <summary>No task is executing any more, but those that somebody decided to leave behind.</summary>
public sealed record TasksFinished(int StillQueued) : StepFact
{
    /// <summary>What is queued and will start on the new server.</summary>
    public IReadOnlyList<string> Queued { get; init; } = [];

    /// <summary>Tasks that were executing, or waited for a person, when somebody decided to go on over them.</summary>
    public IReadOnlyList<RunningTask> LeftExecuting { get; init; } = [];

    /// <summary>Tasks that somebody had cancelled, by id.</summary>
    public IReadOnlyList<string> Cancelled { get; init; } = [];

    /// <inheritdoc/>
    public override string Summary => (StillQueued, LeftExecuting.Count) switch
    {
        (0, 0) => "none left",
        (_, 0) => $"{StillQueued} queued, will start on the new server",
        (0, _) => $"{LeftExecuting.Count} left unfinished",
        _ => $"{StillQueued} queued, {LeftExecuting.Count} left unfinished",
    };
}

/// <summary>What the old server had when its last task had ended: the new one is held against it.</summary>
/// <param name="At">When it was asked.</param>
/// <param name="Counts">How many documents of each kind; empty where its version doesn't tell.</param>
/// <param name="Samples">What was read through its API, one of each kind that it has.</param>
public sealed record StockTaken(DateTimeOffset At, IReadOnlyList<KindCount> Counts, IReadOnlyList<SampleRead> Samples) : StepFact
{
    /// <inheritdoc/>
    public override string Summary => Counts.Count + Samples.Count == 0 ? "it did not tell" : $"{Counts.Count} kinds, {Samples.Count} files";
}

/// <summary>A file that the old server gave through its API.</summary>
/// <param name="Content">Which.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Hash">The SHA-256 of its content.</param>
public sealed record SampleRead(StoredContent Content, long Bytes, string Hash);

/// <summary>The old server is stopped, disabled, and its database read-only.</summary>
public sealed record OldServerStopped(string Service, string StartTypeBefore, IReadOnlyList<string> WatchdogsDisabled) : StepFact
{
    /// <summary>The process that its service had; null when it had none, or nobody said.</summary>
    public int? Process { get; init; }

    /// <summary>
    /// The server nodes as they stood in the old database when it was set read-only: a node that reports later than that reports to the new one.
    /// </summary>
    public IReadOnlyList<KnownNode> Nodes { get; init; } = [];

    /// <inheritdoc/>
    public override string Summary => $"{Service} stopped and disabled";
}

/// <summary>
/// The finished backup set, and how many rows each table had when it was taken. A login without any right to look it up leaves
/// <see cref="SetId"/> empty: then the new SQL Server's header tells it, found by the id of the move.
/// </summary>
public sealed record BackupSet(
    Guid SetId, string File, int Position, long Bytes, DateTime FinishedAt, string SqlVersion, IReadOnlyList<TableCount> Rows) : StepFact
{
    /// <summary>Family and log sequence numbers; null when msdb could not be asked.</summary>
    public BackupIdentity? Identity { get; init; }

    /// <summary>The database's settings when it was backed up.</summary>
    public DatabaseOptions? Options { get; init; }

    /// <summary>Its schema when it was backed up, as Octopus Server keeps account of it; null where it doesn't, and in a journal of an earlier version.</summary>
    public OctopusSchema? Schema { get; init; }

    /// <summary>When the files travel through the move folder: what each was when it was put there, in the order of the stripes.</summary>
    public IReadOnlyList<CarriedFile> Staged { get; init; } = [];

    /// <inheritdoc/>
    public override string Summary => $"{Rows.Count} tables";
}

/// <summary>A file that octomove carried.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Hash">XxHash128 over the hashes of its blocks, the same on both ends.</param>
public sealed record CarriedFile(long Bytes, string Hash);

/// <summary>The new SQL Server can read the backup set.</summary>
public sealed record BackupWithinReach(string FileOnNewSql, bool Carried) : StepFact
{
    /// <summary>What was carried, in the order of the stripes.</summary>
    public IReadOnlyList<CarriedFile> Files { get; init; } = [];

    /// <inheritdoc/>
    public override string Summary => Carried ? "carried over" : "read where it lies";
}

/// <summary>The restored database.</summary>
public sealed record RestoredDatabase(string Database, Guid SetId) : StepFact
{
    /// <summary>What the file's header said of the backup set that it was restored from.</summary>
    public BackupIdentity? Identity { get; init; }

    /// <summary>When its SQL Server says that it was created, by that server's clock: another restore has another. Null in a journal of an earlier version.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <inheritdoc/>
    public override string Summary => Database;
}

/// <summary>The login that Octopus Server will use is db_owner.</summary>
public sealed record DatabaseUsersFixed(string Login, IReadOnlyList<string> Remapped) : StepFact
{
    /// <summary>Logins that were made on the new SQL Server as they are on the old one.</summary>
    public IReadOnlyList<string> Copied { get; init; } = [];

    /// <inheritdoc/>
    public override string Summary => $"{Login} is db_owner";
}

/// <summary>The scratch database of a rehearsal can't act on anything outside of it.</summary>
/// <param name="InstallationId">Its own installation id; empty when the database does not hold one where octomove looks.</param>
public sealed record DatabaseMuted(string InstallationId) : StepFact
{
    /// <inheritdoc/>
    public override string Summary => InstallationId.Length > 0 ? $"installation {InstallationId}" : "mute";
}

/// <summary>The new instance, attached to the restored database with the master key.</summary>
public sealed record InstanceCreated(string Instance, string ConfigFile) : StepFact
{
    /// <summary>Its Windows service, installed and not started; empty in a journal of an earlier version, which installed it with the start.</summary>
    public string Service { get; init; } = "";

    /// <summary>The account that the service logs on as.</summary>
    public string Account { get; init; } = "";

    /// <inheritdoc/>
    public override string Summary => Account.Length > 0 ? $"{Instance}, as {Account}" : Instance;
}

/// <summary>The node takes tasks again.</summary>
public sealed record TasksLetRun(string Node) : StepFact
{
    /// <inheritdoc/>
    public override string Summary => Node;
}

/// <summary>The existing instance works on the restored database.</summary>
public sealed record DatabaseAttached(string Instance, string Database) : StepFact
{
    /// <inheritdoc/>
    public override string Summary => Database;
}

/// <summary>All directories are copied.</summary>
public sealed record DirectoriesCopied(IReadOnlyList<CopiedDirectory> Directories) : StepFact
{
    /// <inheritdoc/>
    public override string Summary => $"{Directories.Sum(each => each.Files)} files";
}

/// <summary>The directories are where the new server looks for them.</summary>
public sealed record DirectoriesPlaced(IReadOnlyList<string> RePointed) : StepFact
{
    /// <inheritdoc/>
    public override string Summary => RePointed.Count == 0 ? "original paths" : "re-pointed";
}

/// <summary>Database, key, paths and files are proven; the new server may start.</summary>
public sealed record ProvenBeforeStart(string KeyProvenBy, int TablesEqual, long FilesEqual) : StepFact
{
    /// <summary>What the key stored in the new instance was proven by, in the restored database; null in a journal of an earlier version.</summary>
    public KeyEvidence? Evidence { get; init; }

    /// <summary>How database and files of the new server agree; empty in a journal of an earlier version.</summary>
    public IReadOnlyList<Agreement.KindAgreement> Agreement { get; init; } = [];

    /// <summary>So many packages without a file may be dropped by a re-index.</summary>
    public long MayBeDropped { get; init; }

    /// <summary>What a re-index will find, space by space.</summary>
    public IReadOnlyList<Agreement.SpacePackages> Packages { get; init; } = [];

    /// <inheritdoc/>
    public override string Summary => $"key, {TablesEqual} tables, {FilesEqual} files";
}

/// <summary>The new server answers, locked by maintenance mode.</summary>
public sealed record NewServerStarted(string Version, string InstallationId) : StepFact
{
    /// <summary>Right before it was started, by the clock of its machine; null when octomove did not see it start.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <inheritdoc/>
    public override string Summary => $"Octopus {Version}";
}

/// <summary>The built-in package repository is re-indexed, space by space; or it still is being, by tasks that were left running.</summary>
public sealed record PackagesReindexed(IReadOnlyList<string> Tasks) : StepFact
{
    /// <summary>What was found afterwards in the spaces that are done.</summary>
    public IReadOnlyList<SpaceReindexed> Spaces { get; init; } = [];

    /// <summary>The tasks that were left running.</summary>
    public IReadOnlyList<RunningReindex> StillRunning { get; init; } = [];

    /// <inheritdoc/>
    public override string Summary => StillRunning.Count > 0 ? $"{StillRunning.Count} still running" : $"{Tasks.Count} spaces";
}

/// <summary>A space after its re-index.</summary>
/// <param name="Space">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Task">The task.</param>
/// <param name="Before">Packages listed before the first start.</param>
/// <param name="Expected">Packages that must still be listed: those with a file.</param>
/// <param name="After">Packages listed now.</param>
public sealed record SpaceReindexed(string Space, string Name, string Task, long Before, long Expected, long After);

/// <summary>A re-index task of a space.</summary>
/// <param name="Space">The space's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Task">The task's id.</param>
public sealed record RunningReindex(string Space, string Name, string Task);

/// <summary>What the new server answered is what the old one would have.</summary>
public sealed record NewServerVerified(int Checks) : StepFact
{
    /// <summary>Each thing that was asked; none in a journal of an earlier version.</summary>
    public IReadOnlyList<ServerProof> Proofs { get; init; } = [];

    /// <inheritdoc/>
    public override string Summary => $"{Checks} checks";
}

/// <summary>The further nodes of the new cluster joined it.</summary>
public sealed record FurtherNodesAdded(IReadOnlyList<string> Nodes) : StepFact
{
    /// <inheritdoc/>
    public override string Summary => string.Join(", ", Nodes);
}

/// <summary>Users work on the new server.</summary>
public sealed record MaintenanceModeLeft(DateTimeOffset At) : StepFact
{
    /// <inheritdoc/>
    public override string Summary => $"at {At.ToLocalTime():HH:mm}";
}

/// <summary>The old server can't come back by itself, and its node is gone from the list.</summary>
public sealed record OldServerRetired(IReadOnlyList<string> NodesRemoved, IReadOnlyList<string> StillToDo) : StepFact
{
    /// <inheritdoc/>
    public override string Summary => StillToDo.Count == 0 ? "nothing left to do" : $"{StillToDo.Count} things left for you";
}

/// <summary>The step wasn't needed or was skipped.</summary>
public sealed record LeftOut(string Reason) : StepFact
{
    /// <inheritdoc/>
    public override string Summary => Reason;
}
