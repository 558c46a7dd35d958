using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>What is being done now: a bar for each step at work (backup and copy run side by side), and the file in hand.</summary>
internal sealed class ProgressModel(PaceModel pace, Glyphs glyphs)
{
    private const int NarrowestBar = 6;
    private const int WidestBar = 60;
    private const int ShortestWhat = 24;
    private const int NarrowestName = 12;

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
        [var one] => [new(Bar(one, alone: true, width), Tone.Strong), Details(one, width)],
        [.., var first, var second] => [new(Bar(first, alone: false, width), Tone.Strong), new(Bar(second, alone: false, width), Tone.Strong)],
    };

    // A step that tells no progress is at work all the same.
    private string Working(KeyValuePair<StepId, StepState> step) => $"{titles.GetValueOrDefault(step.Key, step.Key.Word)}: {(pace.IsPausedIn(step.Key) ? ScreenWords.Paused : MoveWords.State(step.Value))}";

    // The second row of a step that works alone: the files, and the one in hand.
    private ScreenLine Details(Progressed progress, int width)
    {
        var words = new List<string>();
        if (progress.Files is { } files)
        {
            words.Add(Quantities.Files(files));
            AddUnlessNull(words, pace.IsPausedIn(progress.Step) ? null : Quantities.FileRate(files));
            AddUnlessNull(words, Quantities.Troubles(files));
        }

        AddUnlessNull(words, pace.LimitIn(progress.Step) is { } limit ? ScreenWords.LimitedTo(limit) : null);
        var text = "  " + string.Join("  ", words);
        var room = width - text.Length - 2;
        if (!string.IsNullOrEmpty(progress.Current) && (words.Count == 0 || room >= NarrowestName))
        {
            text += (words.Count == 0 ? "" : "  ") + glyphs.Fit(progress.Current, Math.Max(0, words.Count == 0 ? width - 2 : room));
        }

        return new(glyphs.Line(text).TrimEnd(), progress.Files is { Troubles: > 0 } ? Tone.Warning : Tone.Quiet);
    }

    private string Bar(Progressed progress, bool alone, int width)
    {
        var fraction = Quantities.Fraction(progress);
        var room = width - Math.Min(progress.What.Length, ShortestWhat) - NarrowestBar - 6;
        var right = glyphs.Line(string.Join("  ", Fitting(Parts(progress, fraction, alone), room)));
        var what = glyphs.Fit(progress.What, Math.Max(8, width - right.Length - NarrowestBar - 6));
        var bar = Math.Min(WidestBar, width - what.Length - right.Length - 6);
        if (fraction is not { } filled || bar < NarrowestBar)
        {
            return $"{what}  {right}";
        }

        var full = (int)(filled * bar);
        return $"{what}  [{new string(glyphs.BarFull, full)}{new string(glyphs.BarEmpty, bar - full)}]  {right}";
    }

    // In the order in which they stand. Two steps have a row each; where that is too narrow for all, what matters least goes first: files and
    // limit (the log and the pane have them), the rate, what could not be read, the amount. How far and how long stay.
    private IEnumerable<(string? Text, int GoesAs)> Parts(Progressed progress, double? fraction, bool alone)
    {
        var isPaused = pace.IsPausedIn(progress.Step);
        yield return (fraction is { } part && progress.Unit != ProgressUnit.Percent ? $"{(int)(part * 100)} %" : null, 8);
        yield return (Quantities.Amount(progress), 6);
        yield return (isPaused ? null : Quantities.Rate(progress), 4);
        yield return (isPaused ? ScreenWords.Paused : progress.Remaining is { } remaining ? ScreenWords.Left(Quantities.Clock(remaining)) : null, 7);
        if (!alone && progress.Files is { } files)
        {
            yield return (Quantities.Troubles(files), 5);
            yield return (pace.LimitIn(progress.Step) is { } limit ? ScreenWords.LimitedTo(limit) : null, 2);
            yield return (Quantities.Files(files), 3);
            yield return (isPaused ? null : Quantities.FileRate(files), 1);
        }
    }

    private static IEnumerable<string> Fitting(IEnumerable<(string? Text, int GoesAs)> parts, int room)
    {
        var kept = parts.Where(part => part.Text is not null).ToList();
        while (kept.Count > 2 && kept.Sum(part => part.Text!.Length + 2) - 2 > room)
        {
            kept.Remove(kept.MinBy(part => part.GoesAs));
        }

        return kept.Select(part => part.Text!);
    }

    private static void AddUnlessNull(List<string> words, string? word)
    {
        if (word is not null)
        {
            words.Add(word);
        }
    }
}
