using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>What is being done now: a bar for each step at work (backup and copy run side by side), and the file in hand.</summary>
internal sealed class ProgressModel(Glyphs glyphs)
{
    private const int NarrowestBar = 8;
    private const int WidestBar = 60;

    private readonly List<Progressed> active = [];
    private readonly Dictionary<StepId, string> titles = [];
    private readonly Dictionary<StepId, StepState> working = [];

    public void Fold(MoveEvent happening)
    {
        if (happening is StepChanged { State: StepState.Probing or StepState.Running or StepState.Verifying } begun)
        {
            working[begun.Step] = begun.State;
        }
        else if (happening is StepChanged ceased)
        {
            working.Remove(ceased.Step);
        }

        switch (happening)
        {
            case MoveOpened opened:
                foreach (var step in opened.Steps)
                {
                    titles[step.Id] = step.Title;
                }

                break;
            case Progressed progressed:
                var at = active.FindIndex(other => other.Step == progressed.Step);
                if (at >= 0)
                {
                    active[at] = progressed;
                }
                else
                {
                    active.Add(progressed);
                }

                break;
            case StepChanged { State: not (StepState.Running or StepState.Verifying or StepState.Waiting) } changed:
                active.RemoveAll(progress => progress.Step == changed.Step);
                break;
            case MoveEnded:
                active.Clear();
                working.Clear();
                break;
            default:
                break;
        }
    }

    /// <summary>Two rows, always: a screen that jumps is hard to read.</summary>
    public IReadOnlyList<ScreenLine> Rows(int width) => active switch
    {
        [] when working.Count > 0 => [new(glyphs.Fit(string.Join(", ", working.Select(Working)), width), Tone.Strong), new("")],
        [] => [new(ScreenWords.NothingRuns, Tone.Quiet), new("")],
        [var one] => [new(Bar(one, width), Tone.Strong), new(Current(one, width), Tone.Quiet)],
        [.., var first, var second] => [new(Bar(first, width), Tone.Strong), new(Bar(second, width), Tone.Strong)],
    };

    // A step that tells no progress is at work all the same.
    private string Working(KeyValuePair<StepId, StepState> step) => $"{titles.GetValueOrDefault(step.Key, step.Key.Word)}: {MoveWords.State(step.Value)}";

    private string Current(Progressed progress, int width) =>
        string.IsNullOrEmpty(progress.Current) ? "" : "  " + glyphs.Fit(progress.Current, Math.Max(0, width - 2));

    private string Bar(Progressed progress, int width)
    {
        var fraction = Quantities.Fraction(progress);
        var words = new List<string>();
        if (fraction is { } part && progress.Unit != ProgressUnit.Percent)
        {
            words.Add($"{(int)(part * 100)} %");
        }

        words.Add(Quantities.Amount(progress));
        if (Quantities.Rate(progress) is { } rate)
        {
            words.Add(rate);
        }

        if (progress.Remaining is { } remaining)
        {
            words.Add(ScreenWords.Left(Quantities.Clock(remaining)));
        }

        var right = glyphs.Line(string.Join("  ", words));
        var what = glyphs.Fit(progress.What, Math.Max(8, width - right.Length - NarrowestBar - 6));
        var room = Math.Min(WidestBar, width - what.Length - right.Length - 6);
        if (fraction is not { } filled || room < NarrowestBar)
        {
            return $"{what}  {right}";
        }

        var full = (int)(filled * room);
        return $"{what}  [{new string(glyphs.BarFull, full)}{new string(glyphs.BarEmpty, room - full)}]  {right}";
    }
}
