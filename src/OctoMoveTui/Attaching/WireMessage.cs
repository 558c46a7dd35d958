using System.Text.Json.Serialization;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Attaching;

/// <summary>
/// What goes over the line between an engine and whoever is attached to it, a line of JSON each. Events, questions, answers and commands are the engine's
/// own records; the rest is what two processes need to find to each other.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "message")]
[JsonDerivedType(typeof(Introduced), "introduced")]
[JsonDerivedType(typeof(Greeted), "greeted")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(Told), "told")]
[JsonDerivedType(typeof(CaughtUp), "caught-up")]
[JsonDerivedType(typeof(Asked), "asked")]
[JsonDerivedType(typeof(Dropped), "dropped")]
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(Said), "said")]
[JsonDerivedType(typeof(StopWanted), "stop-wanted")]
[JsonDerivedType(typeof(EnvironmentGiven), "environment-given")]
internal abstract record WireMessage;

/// <summary>To the engine, first of all.</summary>
/// <param name="Protocol">Which language is spoken: <see cref="WireLine.Protocol"/>.</param>
/// <param name="Program">The version of octomove: its records have to be the engine's.</param>
/// <param name="LooksOn">True: wants to see and not to touch, and is sent no secret.</param>
internal sealed record Introduced(int Protocol, string Program, bool LooksOn) : WireMessage;

/// <summary>From the engine: welcome. What was told so far follows, then <see cref="CaughtUp"/>, then what happens.</summary>
/// <param name="Process">The engine's process.</param>
/// <param name="Since">Since when it runs.</param>
internal sealed record Greeted(int Process, DateTimeOffset Since) : WireMessage;

/// <summary>From the engine, which hangs up then.</summary>
/// <param name="Program">The version of octomove that the engine is of.</param>
/// <param name="Reason">Why.</param>
internal sealed record Refused(string Program, RefusalReason Reason) : WireMessage;

/// <summary>Why an engine lets nobody attach.</summary>
internal enum RefusalReason
{
    /// <summary>It is another version of octomove.</summary>
    OtherVersion,

    /// <summary>Too many are attached already.</summary>
    TooMany,
}

/// <summary>From the engine: something happened.</summary>
internal sealed record Told(MoveEvent Event) : WireMessage;

/// <summary>From the engine: all of the past was told.</summary>
internal sealed record CaughtUp : WireMessage;

/// <summary>From the engine: a question, by number.</summary>
internal sealed record Asked(int Number, MoveQuestion Question) : WireMessage;

/// <summary>From the engine: that question is answered, or nobody wants to know any more.</summary>
internal sealed record Dropped(int Number) : WireMessage;

/// <summary>To the engine. The first answer counts.</summary>
internal sealed record Answered(int Number, MoveAnswer Answer) : WireMessage;

/// <summary>To the engine: something unasked.</summary>
internal sealed record Said(MoveCommand Command) : WireMessage;

/// <summary>
/// To an engine that was started without our environment: octomove's own variables, by which it is configured. Each is sent as a secret, for some of them are.
/// </summary>
internal sealed record EnvironmentGiven(IReadOnlyDictionary<string, Secret> Variables) : WireMessage;

/// <summary>To the engine: stop at the next safe point, or at once.</summary>
internal sealed record StopWanted(bool AtOnce) : WireMessage;
