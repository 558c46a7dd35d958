using System.Text.Json.Serialization;
using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// Everything a front end can ever be told. A closed set of records that serialise to one JSON line each, with every secret already hidden
/// and every control sequence already stripped.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(MoveOpened), "move-opened")]
[JsonDerivedType(typeof(StepChanged), "step-changed")]
[JsonDerivedType(typeof(StepPreviewed), "step-previewed")]
[JsonDerivedType(typeof(CheckMade), "check-made")]
[JsonDerivedType(typeof(Logged), "logged")]
[JsonDerivedType(typeof(Progressed), "progressed")]
[JsonDerivedType(typeof(CopyPaceChanged), "copy-pace-changed")]
[JsonDerivedType(typeof(FileDiffers), "file-differs")]
[JsonDerivedType(typeof(FileRepaired), "file-repaired")]
[JsonDerivedType(typeof(DirectoryVerified), "directory-verified")]
[JsonDerivedType(typeof(TasksSeen), "tasks-seen")]
[JsonDerivedType(typeof(NodesSeen), "nodes-seen")]
[JsonDerivedType(typeof(OutageStarted), "outage-started")]
[JsonDerivedType(typeof(OutageEnded), "outage-ended")]
[JsonDerivedType(typeof(PointOfNoReturnPassed), "point-of-no-return-passed")]
[JsonDerivedType(typeof(RunCutOff), "run-cut-off")]
[JsonDerivedType(typeof(MoveEnded), "move-ended")]
public abstract record MoveEvent
{
    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>The first event: what this move is and its steps in order.</summary>
/// <param name="MoveId">The id of the move, also written into the backup set's description.</param>
/// <param name="MoveFolder">The folder both servers can reach in turn.</param>
/// <param name="OldServer">How the old server is called on screens.</param>
/// <param name="NewServer">How the new server is called on screens.</param>
/// <param name="Steps">All steps, in the order in which they run.</param>
/// <param name="IsResumed">True when the journal already holds entries of an earlier run.</param>
public sealed record MoveOpened(
    string MoveId, string MoveFolder, string OldServer, string NewServer, IReadOnlyList<StepOutline> Steps, bool IsResumed) : MoveEvent
{
    /// <summary>What moves.</summary>
    public MoveShape Shape { get; init; }
}

/// <summary>A step as a list shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it does, in a few words.</param>
/// <param name="Guide">Which line of the guide it is ("1", "3", or "–" for what the guide leaves out).</param>
/// <param name="Side">The server it works on.</param>
/// <param name="Nature">How careful one has to be with it.</param>
public sealed record StepOutline(StepId Id, string Title, string Guide, Side Side, StepNature Nature);

/// <summary>How careful one has to be with a step.</summary>
public enum StepNature
{
    /// <summary>Changes nothing.</summary>
    ReadsOnly,

    /// <summary>Changes something that can be taken back.</summary>
    CanBeUndone,

    /// <summary>After it the two databases diverge: there is no way back to the old server without losing what the new one did.</summary>
    PointOfNoReturn,

    /// <summary>Comes after the point of no return.</summary>
    AfterReturn,
}

/// <summary>The state of a step changed.</summary>
public sealed record StepChanged(StepId Step, StepState State, string? Note = null) : MoveEvent;

/// <summary>The states of a step, as screens show them.</summary>
public enum StepState
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>Asking the servers whether it is done already.</summary>
    Probing,

    /// <summary>Waits for an answer of the person at the keyboard.</summary>
    Waiting,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Work done; being proven.</summary>
    Verifying,

    /// <summary>Done and proven, in this run or an earlier one.</summary>
    Done,

    /// <summary>Not needed in this move (the note says why).</summary>
    NotNeeded,

    /// <summary>Failed; the failure says what to do.</summary>
    Failed,

    /// <summary>To be done by octomove on the other server.</summary>
    OnOtherServer,

    /// <summary>Being taken back.</summary>
    Undoing,

    /// <summary>Taken back: it counts as not begun.</summary>
    Undone,
}

/// <summary>What a step will do, exactly. Sent for each step when the move opens and again when more is known.</summary>
public sealed record StepPreviewed(StepId Step, IReadOnlyList<PreviewLine> Lines) : MoveEvent;

/// <summary>One line of a preview. The text may hold several lines when it is a statement.</summary>
public sealed record PreviewLine(PreviewKind Kind, string Text);

/// <summary>What a preview line shows.</summary>
public enum PreviewKind
{
    /// <summary>A sentence.</summary>
    Words,

    /// <summary>T-SQL, as it will be sent (secrets masked).</summary>
    Sql,

    /// <summary>A command line (secrets masked).</summary>
    Command,

    /// <summary>An HTTP request.</summary>
    Request,

    /// <summary>A file or directory that is read or written.</summary>
    Path,
}

/// <summary>A check was made, before anything changes. One that is made again replaces what it found before.</summary>
/// <param name="Step">The step that makes it.</param>
/// <param name="Id">Its id: docs/checks.md has the table. Stable.</param>
/// <param name="Title">What it looks at, in a few words.</param>
/// <param name="Side">The server it looked at.</param>
/// <param name="Verdict">How it is to be taken. Unknown is for lack of a right or of an answer.</param>
/// <param name="Finding">What was found, in a sentence.</param>
/// <param name="Advice">What to do, a sentence or a statement ready to paste each.</param>
/// <param name="Query">What was asked, exactly; empty when it was asked of no server.</param>
public sealed record CheckMade(
    StepId Step, string Id, string Title, Side Side, Verdict Verdict, string Finding, IReadOnlyList<string> Advice, string Query) : MoveEvent;

/// <summary>A line for the log pane and the log file.</summary>
public sealed record Logged(LogKind Kind, string Text, StepId? Step = null) : MoveEvent;

/// <summary>What kind of log line it is; never told by colour alone.</summary>
public enum LogKind
{
    /// <summary>What octomove does.</summary>
    Info,

    /// <summary>Something proven.</summary>
    Proof,

    /// <summary>Something to know, that stops nothing.</summary>
    Warning,

    /// <summary>A failure.</summary>
    Error,

    /// <summary>Output of a command, a message of SQL Server, or a statement sent.</summary>
    Detail,
}

/// <summary>How far a step is.</summary>
/// <param name="Step">The step.</param>
/// <param name="What">What is being done now ("Backing up", "Copying TaskLogs").</param>
/// <param name="Done">How much is done, in <paramref name="Unit"/>.</param>
/// <param name="Total">How much there is, or null while it isn't known.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="RatePerSecond">Units a second over the last seconds, or null when it can't be told yet.</param>
/// <param name="Remaining">Time left at that rate, or null.</param>
/// <param name="Current">The file or item in hand.</param>
public sealed record Progressed(
    StepId Step, string What, double Done, double? Total, ProgressUnit Unit,
    double? RatePerSecond = null, TimeSpan? Remaining = null, string? Current = null) : MoveEvent
{
    /// <summary>The files, where directories are copied or verified: <see cref="Done"/> and <see cref="Total"/> are then their bytes.</summary>
    public FilesProgress? Files { get; init; }
}

/// <summary>How many files of how many. While they are still being counted there is no total, but a count so far.</summary>
/// <param name="Done">Files dealt with: copied, verified, or found to be there.</param>
/// <param name="Total">All files, or null while they are still being counted.</param>
/// <param name="RatePerSecond">Files a second over the last seconds, or null when it can't be told yet.</param>
/// <param name="CountedSoFar">Files counted so far, while there is no total.</param>
/// <param name="BytesCountedSoFar">Their bytes.</param>
/// <param name="Troubles">Files that could not be read so far; the log names them.</param>
public sealed record FilesProgress(
    long Done, long? Total, double? RatePerSecond = null, long? CountedSoFar = null, long? BytesCountedSoFar = null, long Troubles = 0);

/// <summary>The pace of a step's directory copy: told when it begins, whenever somebody changes it, and when it ends.</summary>
/// <param name="Step">The step.</param>
/// <param name="IsCopying">True while it copies, and <see cref="MoveCommand"/>s about it mean something.</param>
/// <param name="IsPaused">True while it is paused.</param>
/// <param name="BytesPerSecond">Its limit, or null where there is none.</param>
public sealed record CopyPaceChanged(StepId Step, bool IsCopying, bool IsPaused, long? BytesPerSecond) : MoveEvent;

/// <summary>What progress counts.</summary>
public enum ProgressUnit
{
    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Percent, 0 to 100.</summary>
    Percent,

    /// <summary>Things (tasks, tables, spaces).</summary>
    Items,
}

/// <summary><c>octomove verify</c>: something is not as it was copied.</summary>
/// <param name="Directory">Artifacts, TaskLogs, Packages, EventExports or Imports.</param>
/// <param name="Kind">What differs.</param>
/// <param name="Path">Where, relative to the directory, control characters escaped; "." for the whole of it.</param>
/// <param name="Detail">What was expected and what was found.</param>
public sealed record FileDiffers(string Directory, DifferenceKind Kind, string Path, string Detail) : MoveEvent;

/// <summary><c>octomove verify --repair</c>: this was copied again.</summary>
/// <param name="Directory">As above.</param>
/// <param name="Path">As above.</param>
/// <param name="From">The directory that it was copied from.</param>
public sealed record FileRepaired(string Directory, string Path, string From) : MoveEvent;

/// <summary><c>octomove verify</c>: a directory was held against the manifest of its copy.</summary>
/// <param name="Directory">As above.</param>
/// <param name="Place">Where it lies.</param>
/// <param name="Depth">How closely it was looked at.</param>
/// <param name="Files">Files found that were copied.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Differences">How many differences there are of each kind; none = all is as it was copied.</param>
/// <param name="AfterRepair">True when it was looked at again after a repair.</param>
public sealed record DirectoryVerified(
    string Directory, string Place, VerifyDepth Depth, long Files, long Bytes, IReadOnlyList<DifferenceCount> Differences, bool AfterRepair) : MoveEvent;

/// <summary>How many differences there are of a kind.</summary>
public sealed record DifferenceCount(DifferenceKind Kind, long Count);

/// <summary>The tasks the old server is still busy with, each time they were asked for.</summary>
public sealed record TasksSeen(IReadOnlyList<RunningTask> Tasks) : MoveEvent;

/// <summary>A task on the old server.</summary>
/// <param name="Id">For instance <c>ServerTasks-123</c>.</param>
/// <param name="Description">What it does.</param>
/// <param name="State">Queued, Executing or Cancelling.</param>
/// <param name="Space">The id of its space, or null for a system task.</param>
/// <param name="Started">When it started, or null while queued.</param>
/// <param name="WaitsForPerson">True when it is paused on a manual intervention: it will never finish by waiting.</param>
public sealed record RunningTask(
    string Id, string Description, string State, string? Space, DateTimeOffset? Started, bool WaitsForPerson)
{
    /// <summary>What kind of task it is ("Deploy", "RunbookRun", "Retention"); empty when the server doesn't say.</summary>
    public string Name { get; init; } = "";

    /// <summary>The name of its space, or null when that isn't known.</summary>
    public string? SpaceName { get; init; }

    /// <summary>The server node that executes it, or null while queued.</summary>
    public string? Node { get; init; }

    /// <summary>When it was queued, or, of one that is scheduled, when it is to start; null when the server doesn't say.</summary>
    public DateTimeOffset? Queued { get; init; }

    /// <summary>When it times out if no node has taken it until then (about a day after it was queued), or null when the server doesn't say.</summary>
    public DateTimeOffset? Expires { get; init; }
}

/// <summary>The server nodes on other machines that a step waits for, each time they were looked for.</summary>
/// <param name="Step">The step.</param>
/// <param name="Nodes">Each of them.</param>
public sealed record NodesSeen(StepId Step, IReadOnlyList<NodeSeen> Nodes) : MoveEvent;

/// <summary>A server node that is waited for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsSettled">It is as it is waited for: gone from the old database, or joined to the new one.</param>
/// <param name="Note">What was seen of it, in a few words.</param>
public sealed record NodeSeen(string Name, bool IsSettled, string Note);

/// <summary>Users are locked out from now on (maintenance mode is on).</summary>
public sealed record OutageStarted(DateTimeOffset Since) : MoveEvent;

/// <summary>Users can work again.</summary>
public sealed record OutageEnded(DateTimeOffset Since, DateTimeOffset Until) : MoveEvent;

/// <summary>From here on going back to the old server would lose what the new one did.</summary>
public sealed record PointOfNoReturnPassed : MoveEvent;

/// <summary>The run before this one was killed, lost its power, or lost the move folder: it left the journal open. Told before the first step.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="User">Under which account.</param>
/// <param name="Process">In which process.</param>
/// <param name="Since">When it opened the folder, UTC.</param>
/// <param name="LastSign">When it wrote its last line, UTC.</param>
/// <param name="Steps">The steps that it had begun and not ended.</param>
/// <param name="Sentence">All of that in a sentence.</param>
public sealed record RunCutOff(
    string Machine, string User, int Process, DateTimeOffset Since, DateTimeOffset LastSign, IReadOnlyList<StepId> Steps, string Sentence) : MoveEvent;

/// <summary>The last event of a run.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Sentence">What that means for the person at the keyboard, and what to do next.</param>
/// <param name="Failure">The failure, when there was one.</param>
/// <param name="ExitCode">The exit code of the program; docs/exit-codes.md has the table.</param>
public sealed record MoveEnded(MoveOutcome Outcome, string Sentence, FailureReport? Failure, int ExitCode) : MoveEvent;

/// <summary>How a run ended.</summary>
public enum MoveOutcome
{
    /// <summary>All that was asked for is done.</summary>
    Finished,

    /// <summary>Stopped by the person at the keyboard or a signal; it can be resumed.</summary>
    Stopped,

    /// <summary>Stopped by a failure; it can be resumed after that is put right.</summary>
    Failed,

    /// <summary>This server's part is done; the other server goes on.</summary>
    HandedOver,

    /// <summary>Taken back as far as was asked for.</summary>
    TakenBack,
}
