using System.Text.Json.Serialization;

namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// Everything the engine can ask of a person. A closed set that serialises to one JSON line each. A question is asked again, with
/// <see cref="Problem"/> filled, until the answer will do.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "question")]
[JsonDerivedType(typeof(ChooseShape), "choose-shape")]
[JsonDerivedType(typeof(FillPlan), "fill-plan")]
[JsonDerivedType(typeof(GiveConnectionString), "give-connection-string")]
[JsonDerivedType(typeof(GiveSecret), "give-secret")]
[JsonDerivedType(typeof(ProveMasterKeySaved), "prove-master-key-saved")]
[JsonDerivedType(typeof(ConfirmStep), "confirm-step")]
[JsonDerivedType(typeof(TypeName), "type-name")]
[JsonDerivedType(typeof(DecideOnTasks), "decide-on-tasks")]
[JsonDerivedType(typeof(DoByHand), "do-by-hand")]
[JsonDerivedType(typeof(RetryOrStop), "retry-or-stop")]
public abstract record MoveQuestion
{
    /// <summary>Why the last answer would not do, or null when this is the first time.</summary>
    public string? Problem { get; init; }

    /// <summary>The step that asks, or null before the first.</summary>
    public StepId? Step { get; init; }
}

/// <summary>What moves: the first question of a new move. Answered by <see cref="ShapeChosen"/> or <see cref="StopHere"/>.</summary>
/// <param name="Choices">What there is to choose from.</param>
/// <param name="Proposed">What is taken when nobody says otherwise.</param>
public sealed record ChooseShape(IReadOnlyList<ShapeChoice> Choices, MoveShape Proposed) : MoveQuestion;

/// <summary>One of the shapes, in words.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Title">Its name.</param>
/// <param name="What">What it does, in a sentence.</param>
/// <param name="Outage">What outage it means.</param>
public sealed record ShapeChoice(MoveShape Shape, string Title, string What, string Outage);

/// <summary>The paths and names of the move, one field each. Answered by <see cref="PlanFilled"/> or <see cref="StopHere"/>.</summary>
public sealed record FillPlan(IReadOnlyList<PlanField> Fields) : MoveQuestion;

/// <summary>A field of the plan form.</summary>
/// <param name="Key">Its name, the same as in the configuration (<c>New:Home</c>).</param>
/// <param name="Label">Its name on a form.</param>
/// <param name="Value">What it holds now: configured, discovered or typed before.</param>
/// <param name="Help">One sentence on what is meant.</param>
/// <param name="Problem">What is wrong with the value, or null.</param>
public sealed record PlanField(string Key, string Label, string Value, string Help, string? Problem = null)
{
    /// <summary>What the configuration says, where that differs from <see cref="Value"/>, which was typed in an earlier run; else null.</summary>
    public string? Configured { get; init; }

    /// <summary>The values that it may have; null = it is typed.</summary>
    public IReadOnlyList<PlanChoice>? Choices { get; init; }
}

/// <summary>A value that a field may have.</summary>
/// <param name="Value">The value, and its name.</param>
/// <param name="About">One line on what it is.</param>
public sealed record PlanChoice(string Value, string About);

/// <summary>
/// A connection string, for <paramref name="Purpose"/>. Answered by <see cref="ConnectionStringGiven"/>; with
/// <see cref="ConnectionStringGiven.OnlyTest"/> the engine connects, and asks again with <see cref="Findings"/>.
/// </summary>
/// <param name="Purpose">What it is for.</param>
/// <param name="Current">The string so far, without its password.</param>
/// <param name="HasPassword">True when the engine already holds a password for it: an answer without one keeps that.</param>
public sealed record GiveConnectionString(ConnectionPurpose Purpose, string Current, bool HasPassword) : MoveQuestion
{
    /// <summary>What the configuration says, without a password, where that differs from <see cref="Current"/>; else null.</summary>
    public string? Configured { get; init; }

    /// <summary>What the last test found out: server, version, edition, the database, rights. Empty before a test.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>One line of what a test found.</summary>
public sealed record Finding(Verdict Verdict, string Text)
{
    /// <summary>Nothing that was found, but what to do about the one before it.</summary>
    public bool IsAdvice { get; init; }
}

/// <summary>How a finding is to be taken.</summary>
public enum Verdict
{
    /// <summary>As it should be.</summary>
    Pass,

    /// <summary>To be known; stops nothing.</summary>
    Warn,

    /// <summary>Has to be put right first.</summary>
    Fail,

    /// <summary>Could not be found out (for lack of a right, for instance).</summary>
    Unknown,
}

/// <summary>What a connection string is for.</summary>
public enum ConnectionPurpose
{
    /// <summary>The old database, as octomove itself reads and backs it up.</summary>
    OldDatabase,

    /// <summary>The new database, as the new Octopus Server will connect to it.</summary>
    NewDatabase,
}

/// <summary>One secret. Answered by <see cref="SecretGiven"/>.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Why">What it is for, in a sentence.</param>
/// <param name="MaySkip">True when an empty answer is allowed (the sentence in <paramref name="Why"/> says what then).</param>
public sealed record GiveSecret(SecretKind Kind, string Why, bool MaySkip = false) : MoveQuestion
{
    /// <summary>
    /// Where a key file is proposed to be, when the master key is wanted: then <see cref="KeyFileGiven"/> and <see cref="MasterKeyLost"/> are answers
    /// too. Else null.
    /// </summary>
    public string? KeyFile { get; init; }
}

/// <summary>The secrets of a move.</summary>
public enum SecretKind
{
    /// <summary>The master key of the old server's database.</summary>
    MasterKey,

    /// <summary>An API key of an Octopus administrator.</summary>
    ApiKey,

    /// <summary>The password of the login in the old connection string.</summary>
    OldSqlPassword,

    /// <summary>The password of the login that the new Octopus Server will use.</summary>
    NewSqlPassword,

    /// <summary>The password of the login that restores on the new SQL Server.</summary>
    NewAdminPassword,

    /// <summary>The passphrase of the file that the master key is saved in.</summary>
    KeyFilePassphrase,

    /// <summary>The password of the Windows account that the new service logs on as.</summary>
    ServicePassword,
}

/// <summary>
/// The master key was read and proven; the person saves it somewhere safe and proves that by typing it again (<see cref="SecretGiven"/>), or has
/// it saved to a key file (<see cref="KeyFileGiven"/>).
/// </summary>
/// <param name="Key">The key, for the front end to reveal on request and nowhere else.</param>
/// <param name="Fingerprint">What may be shown of it: the start of its SHA-256, as hex.</param>
/// <param name="ProvenBy">What it decrypted ("server certificate …, 14 sensitive values").</param>
public sealed record ProveMasterKeySaved(Secret Key, string Fingerprint, string ProvenBy) : MoveQuestion
{
    /// <summary>Where a key file is proposed to be written.</summary>
    public string KeyFile { get; init; } = "";
}

/// <summary>May this step run? Answered by <see cref="Go"/>, <see cref="StopHere"/> or, where <see cref="MaySkip"/>, <see cref="Skip"/>.</summary>
/// <param name="Title">The step's title.</param>
/// <param name="Lines">Its preview, as of now.</param>
/// <param name="Nature">How careful one has to be.</param>
/// <param name="WayBack">How it can be taken back, or that it can't, in a sentence.</param>
public sealed record ConfirmStep(string Title, IReadOnlyList<PreviewLine> Lines, StepNature Nature, string WayBack) : MoveQuestion
{
    /// <summary>True when the move is right without this step too.</summary>
    public bool MaySkip { get; init; }

    /// <summary>True when what is confirmed is that the move is taken back; <see cref="Lines"/> are then all that is done for it, step by step.</summary>
    public bool IsUndo { get; init; }
}

/// <summary>Type a name, because something is destroyed or can't be taken back. Answered by <see cref="Typed"/> or <see cref="StopHere"/>.</summary>
/// <param name="Name">What has to be typed.</param>
/// <param name="Consequence">What happens then.</param>
/// <param name="Destroys">True when something that exists is destroyed; false for the point of no return.</param>
public sealed record TypeName(string Name, string Consequence, bool Destroys) : MoveQuestion
{
    /// <summary>The setting that allows it beforehand (<c>Key=Value</c>), where there is one: then --yes alone does not answer. Else null.</summary>
    public string? Setting { get; init; }

    /// <summary>True when the name is that of a database that is dropped: then <c>undo --drop-database</c> allows it beforehand.</summary>
    public bool DropsDatabase { get; init; }

    /// <summary>Only a person who has looked may answer: --yes does not.</summary>
    public bool NeedsPerson { get; init; }

    /// <summary>True when it may be left as it is: then <see cref="Skip"/> is an answer too, and without a person it is the answer.</summary>
    public bool MaySkip { get; init; }
}

/// <summary>
/// Tasks are left on the old server about which a person has to decide. Answered by <see cref="TasksDecided"/> or <see cref="StopHere"/>. Taken
/// back, and asked anew where that is still needed, when the tasks change before the answer comes.
/// </summary>
/// <param name="Reason">Why it is asked now.</param>
/// <param name="Tasks">All tasks that are left, those it is asked about first.</param>
/// <param name="Choices">What can be decided, and what happens then.</param>
public sealed record DecideOnTasks(TasksReason Reason, IReadOnlyList<RunningTask> Tasks, IReadOnlyList<TaskChoice> Choices) : MoveQuestion;

/// <summary>Why somebody has to decide about tasks.</summary>
public enum TasksReason
{
    /// <summary>All that still execute wait for a manual intervention: waiting alone ends none of them.</summary>
    WaitForPeople,

    /// <summary>Nothing executes any more, but tasks are queued that would start on the new server at once.</summary>
    Queued,

    /// <summary>For a long time no task has ended and none has begun.</summary>
    NothingChanges,

    /// <summary>Somebody wants to decide now (<see cref="AskAboutTasks"/>).</summary>
    Asked,

    /// <summary>The move is taken back, and these are queued on the old server although the new one ran them: they would run a second time.</summary>
    RanOnNewServer,
}

/// <summary>One thing that can be decided about tasks.</summary>
/// <param name="Decision">Which.</param>
/// <param name="Consequence">What happens then, in sentences.</param>
public sealed record TaskChoice(TaskDecision Decision, string Consequence)
{
    /// <summary>
    /// What has to be typed for it: for cancelling the ids of the tasks, or this word for all of them; for going on over tasks that execute this
    /// name. Null when nothing has to be typed.
    /// </summary>
    public string? Typed { get; init; }
}

/// <summary>What can be decided about tasks.</summary>
public enum TaskDecision
{
    /// <summary>Go on waiting.</summary>
    KeepWaiting,

    /// <summary>Cancel some, and wait until they have ended.</summary>
    Cancel,

    /// <summary>Go on with the move although they are there.</summary>
    GoOn,
}

/// <summary>
/// Something that octomove can't do itself, for lack of an API key. Answered by <see cref="Go"/> (it is done; octomove looks, where it can),
/// <see cref="StopHere"/> or, where <see cref="Otherwise"/> says what happens then, <see cref="Skip"/>.
/// </summary>
/// <param name="What">What has to be done.</param>
/// <param name="HowTo">How, a sentence each.</param>
public sealed record DoByHand(string What, IReadOnlyList<string> HowTo) : MoveQuestion
{
    /// <summary>What happens when it is not done; null when the move can't go on without it.</summary>
    public string? Otherwise { get; init; }

    /// <summary>True when a run that nobody watches goes on without it, because nothing is lost by that.</summary>
    public bool IsLeftOutUnattended { get; init; }
}

/// <summary>A step failed. Answered by <see cref="Retry"/> or <see cref="StopHere"/>.</summary>
public sealed record RetryOrStop(FailureReport Failure) : MoveQuestion;

/// <summary>What a person can answer.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "answer")]
[JsonDerivedType(typeof(Go), "go")]
[JsonDerivedType(typeof(Skip), "skip")]
[JsonDerivedType(typeof(Retry), "retry")]
[JsonDerivedType(typeof(StopHere), "stop-here")]
[JsonDerivedType(typeof(TakeBack), "take-back")]
[JsonDerivedType(typeof(Typed), "typed")]
[JsonDerivedType(typeof(SecretGiven), "secret-given")]
[JsonDerivedType(typeof(KeyFileGiven), "key-file-given")]
[JsonDerivedType(typeof(MasterKeyLost), "master-key-lost")]
[JsonDerivedType(typeof(ConnectionStringGiven), "connection-string-given")]
[JsonDerivedType(typeof(TasksDecided), "tasks-decided")]
[JsonDerivedType(typeof(ShapeChosen), "shape-chosen")]
[JsonDerivedType(typeof(PlanFilled), "plan-filled")]
public abstract record MoveAnswer;

/// <summary>Yes, do it.</summary>
public sealed record Go : MoveAnswer;

/// <summary>Try the failed step again.</summary>
public sealed record Retry : MoveAnswer;

/// <summary>Leave this optional step out.</summary>
public sealed record Skip : MoveAnswer;

/// <summary>Stop here; the move can be resumed.</summary>
public sealed record StopHere : MoveAnswer;

/// <summary>Do not go on: take the whole move back. An answer to <see cref="ConfirmStep"/> and <see cref="RetryOrStop"/>; what that means is asked first.</summary>
public sealed record TakeBack : MoveAnswer;

/// <summary>The name that was typed.</summary>
public sealed record Typed(string Text) : MoveAnswer;

/// <summary>The secret that was typed.</summary>
public sealed record SecretGiven(Secret Value) : MoveAnswer;

/// <summary>A key file, to be written or to be opened.</summary>
/// <param name="File">Its full path.</param>
/// <param name="Passphrase">Its passphrase.</param>
public sealed record KeyFileGiven(string File, Secret Passphrase) : MoveAnswer;

/// <summary>Nobody has the master key any more.</summary>
public sealed record MasterKeyLost : MoveAnswer;

/// <summary>A connection string, password included unless the engine has it.</summary>
/// <param name="Value">The connection string.</param>
/// <param name="OnlyTest">True to test and be asked again; false to test and go on.</param>
public sealed record ConnectionStringGiven(Secret Value, bool OnlyTest) : MoveAnswer;

/// <summary>What was decided about tasks.</summary>
/// <param name="Decision">Which.</param>
/// <param name="Typed">What was typed for it, see <see cref="TaskChoice.Typed"/>.</param>
public sealed record TasksDecided(TaskDecision Decision, string Typed = "") : MoveAnswer;

/// <summary>The plan form's values by <see cref="PlanField.Key"/>.</summary>
public sealed record PlanFilled(IReadOnlyDictionary<string, string> Values) : MoveAnswer;

/// <summary>What moves.</summary>
public sealed record ShapeChosen(MoveShape Shape) : MoveAnswer;
