using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>A step and what became of it.</summary>
internal sealed record StepRow(StepOutline Outline, StepState State, string? Note);

/// <summary>The steps in running order, which one is in hand, and which one the person looks at.</summary>
internal sealed class StepListModel(Glyphs glyphs)
{
    private readonly List<StepRow> steps = [];
    private readonly Dictionary<StepId, Dictionary<string, Verdict>> verdicts = [];
    private readonly ScrollModel scroll = new();
    private int current;
    private StepId? lastDone;

    public IReadOnlyList<StepRow> Steps => steps;

    public int SelectedIndex { get; private set; }

    public StepRow? Selected => steps.Count == 0 ? null : steps[SelectedIndex];

    /// <summary>The step in hand.</summary>
    public StepRow? Current => steps.Count == 0 ? null : steps[current];

    /// <summary>The step that has just been done, when its checks found something worth reading; null as soon as another one is at work.</summary>
    public StepRow? ToBeRead => lastDone is { } step && RemarksOf(step).Length > 0 ? Find(step) : null;

    /// <summary>What the checks of a step found that is no pass and no failure, in numbers; empty when there is nothing.</summary>
    public string RemarksOf(StepId step) => verdicts.TryGetValue(step, out var found) ? MoveWords.CheckRemarks(found.Values) : "";

    /// <summary>True while the selection goes along with the step in hand; looking elsewhere stops that.</summary>
    public bool Follows { get; private set; } = true;

    /// <summary>True while the move is taken back.</summary>
    public bool IsGoingBack { get; private set; }

    public int DoneCount => steps.Count(step => step.State is StepState.Done or StepState.NotNeeded);

    public void Fold(MoveEvent happening)
    {
        switch (happening)
        {
            case MoveOpened opened:
                steps.Clear();
                verdicts.Clear();
                steps.AddRange(opened.Steps.Select(outline => new StepRow(outline, StepState.Pending, null)));
                current = 0;
                SelectedIndex = 0;
                break;
            case StepChanged changed when IndexOf(changed.Step) is >= 0 and var at:
                steps[at] = steps[at] with { State = changed.State, Note = changed.Note };
                IsGoingBack = changed.State is StepState.Undoing || (IsGoingBack && changed.State is not StepState.Running);
                if (changed.State == StepState.Running)
                {
                    verdicts.Remove(changed.Step);
                }

                lastDone = changed.State switch
                {
                    StepState.Done => changed.Step,
                    StepState.Running => null,
                    _ => lastDone,
                };
                // Side by side: when one is done, the eye belongs to the one that is still at work.
                if (changed.State is StepState.Done && at == current && steps.FindIndex(step => step.State is StepState.Running or StepState.Verifying) is >= 0 and var other)
                {
                    current = other;
                    SelectedIndex = Follows ? other : SelectedIndex;
                }

                if (changed.State is not (StepState.Pending or StepState.Done or StepState.NotNeeded or StepState.OnOtherServer))
                {
                    current = at;
                    SelectedIndex = Follows ? at : SelectedIndex;
                }

                break;
            case CheckMade made:
                if (!verdicts.TryGetValue(made.Step, out var found))
                {
                    verdicts[made.Step] = found = [];
                }

                found[made.Id] = made.Verdict;
                break;
            case MoveEnded:
                // Nothing is at work any more, and a mark that says so would be believed.
                for (var at = 0; at < steps.Count; at++)
                {
                    if (steps[at].State is StepState.Undoing)
                    {
                        steps[at] = steps[at] with { Note = ScreenWords.UndoCutOff };
                    }

                    if (steps[at].State is StepState.Probing or StepState.Waiting or StepState.Running or StepState.Verifying)
                    {
                        steps[at] = steps[at] with { State = StepState.Pending, Note = ScreenWords.CutOff };
                    }
                }

                break;
            default:
                break;
        }
    }

    public StepRow? Find(StepId id) => IndexOf(id) is >= 0 and var at ? steps[at] : null;

    public void MoveSelection(int by)
    {
        if (steps.Count > 0)
        {
            SelectedIndex = (int)Math.Clamp((long)SelectedIndex + by, 0, steps.Count - 1);
            Follows = SelectedIndex == current;
        }
    }

    public void Do(ScreenCommand command) => MoveSelection(command switch
    {
        ScreenCommand.Up => -1,
        ScreenCommand.Down => 1,
        ScreenCommand.PageUp => -10,
        ScreenCommand.PageDown => 10,
        ScreenCommand.Top => -steps.Count,
        _ => steps.Count,
    });

    /// <summary>Looks at the step in hand, and follows it from there.</summary>
    public void Follow(StepId? step = null)
    {
        if (step is { } id && IndexOf(id) is >= 0 and var at)
        {
            current = at;
        }

        SelectedIndex = current;
        Follows = true;
    }

    /// <summary>
    /// The visible rows. Headings by server stand between the steps where all fits: the order in which steps run is never changed for them.
    /// Where it doesn't fit, an O or N leads each step.
    /// </summary>
    public IReadOnlyList<ScreenLine> Rows(int width, int height)
    {
        var rows = new List<ScreenLine>();
        var selectedRow = 0;
        var changesOfSide = steps.Where((step, at) => at == 0 || step.Outline.Side != steps[at - 1].Outline.Side).Count();
        var headings = steps.Count + changesOfSide <= height;
        for (var at = 0; at < steps.Count; at++)
        {
            var step = steps[at];
            if (headings && (at == 0 || step.Outline.Side != steps[at - 1].Outline.Side))
            {
                rows.Add(new ScreenLine(MoveWords.Side(step.Outline.Side), Tone.Strong));
            }

            selectedRow = at == SelectedIndex ? rows.Count : selectedRow;
            rows.Add(new ScreenLine(Text(step, width, headings).PadRight(Math.Max(0, width)), ToneOf(step, at)));
        }

        scroll.Fit(rows.Count, height);
        scroll.Reveal(selectedRow, around: 3);
        return [.. scroll.Visible(rows, height)];
    }

    private string Text(StepRow step, int width, bool headings)
    {
        var side = headings ? "" : MoveWords.SideMark(step.Outline.Side) + " ";
        var lead = $"{glyphs.State(step.State)} {side}";
        var tail = step.State == StepState.Done && RemarksOf(step.Outline.Id).Length > 0 ? " " + glyphs.Verdict(Verdict.Warn) : "";
        return lead + glyphs.Fit(step.Outline.Title, width - lead.Length - tail.Length) + tail;
    }

    private Tone ToneOf(StepRow step, int at) => step.State switch
    {
        _ when at == SelectedIndex => Tone.Selected,
        StepState.Failed => Tone.Failure,
        StepState.Waiting => Tone.Question,
        StepState.Done => Tone.Good,
        StepState.NotNeeded or StepState.OnOtherServer or StepState.Undone => Tone.Quiet,
        StepState.Pending => Tone.Normal,
        _ => Tone.Strong,
    };

    private int IndexOf(StepId id) => steps.FindIndex(step => step.Outline.Id == id);
}
