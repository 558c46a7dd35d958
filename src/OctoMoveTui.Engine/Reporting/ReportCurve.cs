using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Reporting;

/// <summary>How fast a piece of work went, from the progress that was told.</summary>
/// <param name="Title">What it was.</param>
/// <param name="Unit">What the rates count: bytes, or percent a second.</param>
/// <param name="Points">When, how much was done by then, and at which rate.</param>
internal sealed record ReportCurve(string Title, ProgressUnit Unit, IReadOnlyList<CurvePoint> Points)
{
    // Less than this makes no picture.
    private const int FewestPoints = 3;

    /// <summary>How long it took.</summary>
    public TimeSpan Duration => Points[^1].At - Points[0].At;

    /// <summary>Units a second over the whole of it.</summary>
    public double Average => Duration > TimeSpan.Zero ? Math.Max(0, Points[^1].Done - Points[0].Done) / Duration.TotalSeconds : 0;

    /// <summary>The curves of copies, backup and restore.</summary>
    public static IReadOnlyList<ReportCurve> Of(IEnumerable<MoveEvent> told, Func<StepId, string> titleOf, Func<DateTimeOffset, DateTimeOffset> local) =>
    [
        .. told.OfType<Progressed>().Where(each => each.Unit is ProgressUnit.Bytes or ProgressUnit.Percent)
            .GroupBy(each => (each.Step, each.What, each.Unit))
            .Select(each => new ReportCurve(
                $"{titleOf(each.Key.Step)}: {each.Key.What}", each.Key.Unit, Between([.. each.Select(one => (local(one.At), one.Done))])))
            .Where(each => each.Points.Count >= FewestPoints),
    ];

    // What was done between two points, by the time between them. A work that was begun again begins at a lower point: that is no speed.
    private static IReadOnlyList<CurvePoint> Between(IReadOnlyList<(DateTimeOffset At, double Done)> samples)
    {
        var points = new List<CurvePoint>();
        for (var number = 1; number < samples.Count; number++)
        {
            var (from, to) = (samples[number - 1], samples[number]);
            if (to.At > from.At)
                points.Add(new CurvePoint(to.At, to.Done, Math.Max(0, to.Done - from.Done) / (to.At - from.At).TotalSeconds));
        }

        return points;
    }
}

/// <summary>A point of a curve.</summary>
internal readonly record struct CurvePoint(DateTimeOffset At, double Done, double Rate);
