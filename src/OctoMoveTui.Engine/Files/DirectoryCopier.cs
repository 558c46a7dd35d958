namespace OctoMoveTui.Engine.Files;

/// <summary>
/// Copies one directory tree: each file is read once and hashed on the way, gets its name only when it is whole, and is written into the
/// manifest only when it is on disk. Can be stopped at any moment and run again: what the manifest vouches for is not copied twice, and what
/// changed or vanished at the source since then is brought up to date.
/// </summary>
public sealed class DirectoryCopier(TimeProvider time)
{
    /// <summary>What tests put in place of the machine.</summary>
    internal CopySeams Seams { get; init; } = new();

    /// <summary>
    /// Copies. <paramref name="report"/> is called some times a second, from any thread, never from two at once. When cancelled, the files in
    /// hand are cleaned away and the finished ones recorded.
    /// </summary>
    /// <exception cref="Moving.MoveFailure">Refused, or some file could not be copied; the rest is copied and recorded.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; run again to go on.</exception>
    public async Task<CopyTotals> CopyAsync(CopyJob job, Action<CopyProgress> report, CancellationToken cancel)
    {
        using var run = new CopyRun(job, report, time, Seams, cancel);
        return await run.RunAsync();
    }
}

/// <summary>What tests put in place of the machine.</summary>
/// <param name="At">Told about each moment of a copy; may throw, cancel, or change files.</param>
/// <param name="FreeSpace">How much space is free.</param>
/// <param name="IgnoresCase">Whether the destination takes names that differ only by case for the same; null to find out.</param>
/// <param name="BatchOf">How many lines go to disk at once at least; null for as many as pay.</param>
internal sealed record CopySeams(
    Action<CopyMoment, string>? At = null, Func<string, long?>? FreeSpace = null, bool? IgnoresCase = null, int? BatchOf = null);
