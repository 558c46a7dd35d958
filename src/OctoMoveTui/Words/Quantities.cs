using System.Globalization;
using Humanizer;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Words;

/// <summary>Sizes, rates and times as people read them; English, whatever the culture of the server is.</summary>
internal static class Quantities
{
    /// <summary>For instance <c>1.4 GB</c>.</summary>
    public static string Size(double bytes) => bytes < 1 ? "0 bytes" : bytes.Bytes().Humanize("0.#", CultureInfo.InvariantCulture);

    /// <summary>For instance <c>2 hours, 5 minutes</c>.</summary>
    public static string Duration(TimeSpan span) =>
        span < TimeSpan.FromSeconds(1) ? "under a second" : span.Humanize(2, CultureInfo.InvariantCulture, minUnit: TimeUnit.Second);

    /// <summary>For instance <c>00:03:12</c>; hours run on past 24. Never less than nothing: somebody may have set the clock back meanwhile.</summary>
    public static string Clock(TimeSpan span) => span < TimeSpan.Zero ? Clock(TimeSpan.Zero)
        : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours:00}:{span.Minutes:00}:{span.Seconds:00}");

    /// <summary>The wall clock of the machine octomove runs on, to the minute.</summary>
    public static string WallClock(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The wall clock of the machine octomove runs on, to the second.</summary>
    public static string WallClockSeconds(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>How much is done, of how much.</summary>
    public static string Amount(Progressed progress) => progress.Unit switch
    {
        ProgressUnit.Percent => Number(progress.Done) + " %",
        ProgressUnit.Bytes when progress.Total is { } total => Of(progress.Done, total),
        ProgressUnit.Bytes when progress.Files?.BytesCountedSoFar is > 0 and var counted => $"{Of(progress.Done, Math.Max(progress.Done, counted))} so far",
        ProgressUnit.Bytes => $"{Size(progress.Done)}, still counting",
        _ when progress.Total is { } total => $"{Number(progress.Done)} of {Number(total)}",
        _ => Number(progress.Done),
    };

    /// <summary>How many files are done, of how many.</summary>
    public static string Files(FilesProgress files) => files switch
    {
        { Total: { } total } => $"{Number(files.Done)} of {Counted(total)}",
        { CountedSoFar: > 0 and var counted } => $"{Number(files.Done)} of {Counted(Math.Max(files.Done, counted))} so far",
        _ => Counted(files.Done),
    };

    /// <summary>Files a second, or null while it can't be told.</summary>
    public static string? FileRate(FilesProgress files) => files.RatePerSecond is { } rate ? $"{Number(Math.Round(rate, rate < 10 ? 1 : 0))} files/s" : null;

    /// <summary>Files that could not be read so far, or null when there is none.</summary>
    public static string? Troubles(FilesProgress files) => files.Troubles == 0 ? null : $"{Counted(files.Troubles)} not readable yet, see the log";

    /// <summary>The rate, or null while it can't be told.</summary>
    public static string? Rate(Progressed progress) => (progress.RatePerSecond, progress.Unit) switch
    {
        ( > 0 and var rate, ProgressUnit.Bytes) => Size(rate) + "/s",
        ( > 0 and var rate, ProgressUnit.Items) => Number(rate) + "/s",
        _ => null,
    };

    /// <summary>Between 0 and 1, or null while the whole isn't known.</summary>
    public static double? Fraction(Progressed progress) => progress switch
    {
        { Unit: ProgressUnit.Percent } => Math.Clamp(progress.Done / 100, 0, 1),
        { Total: > 0 and var total } => Math.Clamp(progress.Done / total, 0, 1),
        _ => null,
    };

    // "3.2 of 14.1 GB": the unit once, where it is the same.
    private static string Of(double done, double total)
    {
        var (first, second) = (Size(done), Size(total));
        var unit = second[second.IndexOf(' ', StringComparison.Ordinal)..];
        return $"{(first.EndsWith(unit, StringComparison.Ordinal) ? first[..^unit.Length] : first)} of {second}";
    }

    /// <summary>For instance <c>1,234 files</c>.</summary>
    public static string Counted(long files) => files == 1 ? "1 file" : $"{Number(files)} files";

    private static string Number(double number) => number.ToString("#,0.#", CultureInfo.InvariantCulture);
}
