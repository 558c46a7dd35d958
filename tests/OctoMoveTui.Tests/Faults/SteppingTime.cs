namespace OctoMoveTui.Tests.Faults;

/// <summary>A clock that somebody sets, forwards and backwards, while it runs; what has passed meanwhile is measured by another, as on every machine.</summary>
internal sealed class SteppingTime : TimeProvider
{
    private long offset;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref offset));

    public void Step(TimeSpan by) => Interlocked.Add(ref offset, by.Ticks);
}
