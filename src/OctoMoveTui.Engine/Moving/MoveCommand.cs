using System.Text.Json.Serialization;

namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// Everything a front end can say without being asked. A closed set that serialises to one JSON line each. What comes of it is told to all
/// front ends (<see cref="CopyPaceChanged"/>, <see cref="DecideOnTasks"/>); a command that means nothing now is passed over.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(PauseCopy), "pause-copy")]
[JsonDerivedType(typeof(ResumeCopy), "resume-copy")]
[JsonDerivedType(typeof(LimitCopy), "limit-copy")]
[JsonDerivedType(typeof(AskAboutTasks), "ask-about-tasks")]
[JsonDerivedType(typeof(LeaveReindexRunning), "leave-reindex-running")]
public abstract record MoveCommand;

/// <summary>Pause the directory copy that runs. What else runs beside it goes on.</summary>
public sealed record PauseCopy : MoveCommand;

/// <summary>Go on with it.</summary>
public sealed record ResumeCopy : MoveCommand;

/// <summary>Copy no faster than this, until the step ends.</summary>
/// <param name="BytesPerSecond">Bytes a second, above zero; null = no limit.</param>
public sealed record LimitCopy(long? BytesPerSecond) : MoveCommand;

/// <summary>Ask what to do about the tasks that are waited for, now. It comes back as <see cref="DecideOnTasks"/>.</summary>
public sealed record AskAboutTasks : MoveCommand;

/// <summary>Let the re-index that is waited for run on by itself, and go on with the move.</summary>
public sealed record LeaveReindexRunning : MoveCommand;
