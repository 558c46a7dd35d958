using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>A step and what became of it.</summary>
internal sealed record StepRow(StepOutline Outline, StepState State, string? Note);

/// <summary>The steps in running order, which one is in hand, and which one the person looks at.</summary>
internal sealed class StepListModel(Glyphs glyphs)
{
    private readonly List<StepRow> steps = [];
    private readonly ScrollModel scroll = new();
    private int current;

    public IReadOnlyList<StepRow> Steps => steps;

    public int SelectedIndex { get; private set; }

    public StepRow? Selected => steps.Count == 0 ? null : steps[SelectedIndex];

    /// <summary>The step in hand.</summary>
    public StepRow? Current => steps.Count == 0 ? null : steps[current];

    /// <summary>True while the selection goes along with the step in hand; looking elsewhere stops that.</summary>
    public bool Follows { get; private set; } = true;

    public int DoneCount => steps.Count(step => step.State is StepState.Done or StepState.NotNeeded);

    public void Fold(MoveEvent happening)
    {
        switch (happening)
        {
            case MoveOpened opened:
                steps.Clear();
                steps.AddRange(opened.Steps.Select(outline => new StepRow(outline, StepState.Pending, null)));
                current = 0;
                SelectedIndex = 0;
                break;
            case StepChanged changed when IndexOf(changed.Step) is >= 0 and var at:
                steps[at] = steps[at] with { State = changed.State, Note = changed.Note };
                if (changed.State is not (StepState.Pending or StepState.Done or StepState.NotNeeded or StepState.OnOtherServer))
                {
                    current = at;
                    SelectedIndex = Follows ? at : SelectedIndex;
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
        scroll.Reveal(selectedRow);
        return [.. scroll.Visible(rows, height)];
    }

    private string Text(StepRow step, int width, bool headings)
    {
        var side = headings ? "" : MoveWords.SideMark(step.Outline.Side) + " ";
        var lead = $"{glyphs.State(step.State)} {side}";
        return lead + glyphs.Fit(step.Outline.Title, width - lead.Length);
    }

    private Tone ToneOf(StepRow step, int at) => step.State switch
    {
        _ when at == SelectedIndex => Tone.Selected,
        StepState.Failed => Tone.Failure,
        StepState.Waiting => Tone.Question,
        StepState.Done => Tone.Good,
        StepState.NotNeeded or StepState.OnOtherServer => Tone.Quiet,
        StepState.Pending => Tone.Normal,
        _ => Tone.Strong,
    };

    private int IndexOf(StepId id) => steps.FindIndex(step => step.Outline.Id == id);
}
