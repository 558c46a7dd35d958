namespace OctoMoveTui.Engine.Files;

/// <summary>Compares the time of a copy with the time of its original.</summary>
internal static class FileTimes
{
    private const long Coarse = 10 * TimeSpan.TicksPerMillisecond;

    /// <summary>
    /// Equal, or as equal as a coarse file system can hold it: exFAT keeps 10 ms and FAT two seconds, and a move folder may be a USB stick;
    /// some clouds keep 1 ms. A time that isn't rounded must agree exactly.
    /// </summary>
    public static bool CopyAgrees(long copy, long original) =>
        copy == original || (copy % Coarse == 0 && Math.Abs(copy - original) <= 2 * TimeSpan.TicksPerSecond)
        || (copy % TimeSpan.TicksPerMillisecond == 0 && Math.Abs(copy - original) < TimeSpan.TicksPerMillisecond);
}
