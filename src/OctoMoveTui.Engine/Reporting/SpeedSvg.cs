using System.Globalization;
using System.Text;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Reporting;

/// <summary>How fast a work went, over time.</summary>
internal static class SpeedSvg
{
    private const int Width = 1100;
    private const int Height = 160;
    private const int Left = 90;
    private const int Foot = 22;
    private const int MostPoints = 400;

    internal static string Of(ReportCurve curve)
    {
        var points = Thinned(curve.Points);
        var (from, to) = (points[0].At, points[^1].At);
        var most = Math.Max(points.Max(each => each.Rate), double.Epsilon);
        var line = string.Join(' ', points.Select(each => string.Create(CultureInfo.InvariantCulture, $"{X(each.At):0.#},{Y(each.Rate):0.#}")));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{ReportHtml.Text(curve.Title)}\">\n");
        foreach (var part in new[] { 0, 0.5, 1 })
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width}\" y1=\"{Y(most * part):0.#}\" y2=\"{Y(most * part):0.#}\"/><text class=\"axis\" text-anchor=\"end\" x=\"{Left - 6}\" y=\"{Y(most * part) + 4:0.#}\">{ReportHtml.Text(ReportWords.Rate(curve, most * part))}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"curve\" points=\"{line}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{Left}\" y=\"{Height - 4}\">{ReportWords.Clock(from)}</text><text class=\"axis\" text-anchor=\"end\" x=\"{Width}\" y=\"{Height - 4}\">{ReportWords.Clock(to)}</text>\n");
        return svg.Append("</svg>").ToString();

        double X(DateTimeOffset at) => Left + (to > from ? (Width - Left) * ((at - from) / (to - from)) : 0);

        double Y(double rate) => 12 + ((Height - Foot - 12) * (1 - (rate / most)));
    }

    // A night has thousands of points, and a picture of that width none to show for them: the mean of neighbours says the same.
    private static List<CurvePoint> Thinned(IReadOnlyList<CurvePoint> points)
    {
        var together = (points.Count + MostPoints - 1) / MostPoints;
        return [.. points.Chunk(together).Select(each => new CurvePoint(each[^1].At, each[^1].Done, each.Average(one => one.Rate)))];
    }
}
