using System.Collections.Concurrent;

namespace OctoMoveTui.Engine.Moving;

/// <summary>The facts of the steps that are finished, by type. Steps ask here; they never whisper to each other.</summary>
public sealed class MoveFacts
{
    private readonly ConcurrentDictionary<Type, StepFact> facts = new();

    /// <summary>A fact that an earlier step must have left.</summary>
    /// <exception cref="InvalidOperationException">The order of the steps is wrong: a defect.</exception>
    public T Require<T>()
        where T : StepFact =>
        Find<T>() ?? throw new InvalidOperationException($"No step before this one has left a {typeof(T).Name}.");

    /// <summary>A fact that may be there.</summary>
    public T? Find<T>()
        where T : StepFact => facts.TryGetValue(typeof(T), out var fact) ? (T)fact : null;

    internal void Remember(StepFact fact) => facts[fact.GetType()] = fact;

    internal void Forget(StepFact fact) => facts.TryRemove(fact.GetType(), out _);
}
