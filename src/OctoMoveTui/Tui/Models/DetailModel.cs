using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>All that is known about the selected step: what it will do exactly, its way back, what went wrong with it.</summary>
internal sealed class DetailModel(StepListModel steps, Glyphs glyphs, TimeProvider time)
{
    private readonly Dictionary<StepId, IReadOnlyList<PreviewLine>> previews = [];
    private readonly Dictionary<StepId, string> waysBack = [];
    private readonly Dictionary<StepId, FailureReport> failures = [];
    private readonly Dictionary<StepId, List<CheckMade>> checks = [];
    private IReadOnlyList<RunningTask> tasks = [];
    private StepId? tasksOf;
    private NodesSeen? nodes;
    private MoveEnded? ending;
    private ConfirmStep? undo;
    private StepId? shown;
    private IReadOnlyList<ScreenLine> rows = [];
    private (int Width, bool Raw) drawnAs;

    public ScrollModel Scroll { get; } = new();

    /// <summary>True while the raw text of a failure, and the queries of checks, are unfolded.</summary>
    public bool RawShown { get; private set; }

    /// <summary>True when there is a raw text, or a query of a check, to unfold.</summary>
    public bool HasRaw => Failure?.Raw is { Length: > 0 } || (ending is null && ChecksOfSelected is not null);

    private List<CheckMade>? ChecksOfSelected => steps.Selected is { } step ? checks.GetValueOrDefault(step.Outline.Id) : null;

    private FailureReport? Failure =>
        ending is not null ? ending.Failure : steps.Selected is { } step ? failures.GetValueOrDefault(step.Outline.Id) : null;

    public void Fold(MoveEvent happening)
    {
        switch (happening)
        {
            case StepChanged { State: StepState.Undoing } or StepChanged { State: StepState.Undone }:
                undo = null;
                break;
            case StepPreviewed previewed:
                previews[previewed.Step] = previewed.Lines;
                break;
            case StepChanged { State: StepState.Running or StepState.Done or StepState.NotNeeded } changed:
                failures.Remove(changed.Step);
                if (changed.State == StepState.Running)
                {
                    // Checks are made again after a Retry: what the last time found may be put right by now, and would be believed.
                    checks.Remove(changed.Step);
                }

                break;
            case CheckMade made:
                if (!checks.TryGetValue(made.Step, out var known))
                {
                    checks[made.Step] = known = [];
                }

                known.RemoveAll(each => each.Id == made.Id);
                known.Add(made);
                break;
            case TasksSeen seen:
                tasks = seen.Tasks;
                tasksOf = steps.Current?.Outline.Id;
                break;
            case NodesSeen seen:
                nodes = seen;
                break;
            case MoveEnded ended:
                undo = null;
                ending = ended;
                Scroll.ToTop();
                break;
            default:
                break;
        }
    }

    public void Fold(MoveQuestion question)
    {
        if (question.Step is not { } step)
        {
            return;
        }

        switch (question)
        {
            case ConfirmStep { IsUndo: true } asked:
                undo = asked;
                Scroll.ToTop();
                break;
            case ConfirmStep confirm:
                previews[step] = confirm.Lines;
                waysBack[step] = confirm.WayBack;
                break;
            case RetryOrStop retry:
                failures[step] = retry.Failure;
                break;
            default:
                break;
        }
    }

    public void ToggleRaw() => RawShown = !RawShown;

    /// <summary>Turns from the end of the move back to the steps.</summary>
    public void LeaveEnding() => ending = null;

    public string Title => undo is not null ? ScreenWords.UndoOverview : ending is null ? steps.Selected?.Outline.Id.Word ?? "" : ScreenWords.Ending;

    public IReadOnlyList<ScreenLine> Rows(int width, int height)
    {
        var asBefore = drawnAs == (width, RawShown) || shown != steps.Selected?.Outline.Id;
        var read = asBefore ? null : rows.Take(Math.Min(Scroll.Top, rows.Count) + 1).LastOrDefault(row => row.Part is not null).Part;
        drawnAs = (width, RawShown);
        rows = [.. All(width)];
        if (read is not null && rows.Index().FirstOrDefault(row => row.Item.Part == read) is { Item.Part: not null } again)
        {
            // Unfolded, zoomed or resized: who was reading a check goes on reading that one.
            Scroll.By(again.Index - Scroll.Top);
        }

        return [.. Scroll.Visible(rows, height)];
    }

    private IEnumerable<ScreenLine> All(int width)
    {
        if (shown != steps.Selected?.Outline.Id)
        {
            shown = steps.Selected?.Outline.Id;
            Scroll.ToTop();
        }

        return (undo is not null ? Undo(undo) : ending is not null ? Ending(ending) : steps.Selected is { } step ? Of(step, width) : Nothing())
            .SelectMany(line => Wrapping.Rows(line.Text, width, Indent(line.Text)).Select((row, at) => line with { Text = row, Part = at == 0 ? line.Part : null }));
    }

    private static IEnumerable<ScreenLine> Nothing() => [new(ScreenWords.NoStepsYet, Tone.Quiet)];

    // All of it at once: nobody can say yes to a way back of which only one step is shown.
    private IEnumerable<ScreenLine> Undo(ConfirmStep asked)
    {
        yield return new(glyphs.Line(asked.Title), Tone.Strong);
        yield return new(glyphs.Line(asked.WayBack), Tone.Normal);
        foreach (var line in PreviewText.Lines(asked.Lines, glyphs))
        {
            yield return new(line);
        }
    }

    private IEnumerable<ScreenLine> Ending(MoveEnded ended)
    {
        foreach (var line in glyphs.Block(ended.Sentence).Split('\n'))
        {
            yield return new(line, ended.Outcome == MoveOutcome.Failed ? Tone.Failure : Tone.Strong);
        }

        if (ended.Failure is { } failure)
        {
            yield return new("");
            foreach (var line in Failed(failure))
            {
                yield return line;
            }
        }
    }

    private IEnumerable<ScreenLine> Of(StepRow step, int width)
    {
        var outline = step.Outline;
        yield return new(glyphs.Line(outline.Title), Tone.Strong);
        if (failures.TryGetValue(outline.Id, out var failure))
        {
            foreach (var line in Failed(failure))
            {
                yield return line;
            }

            yield return new("");
        }

        yield return new(glyphs.Line($"{MoveWords.Side(outline.Side)}, {MoveWords.Guide(outline.Guide)}, {MoveWords.Nature(outline.Nature)}"), Tone.Quiet);
        var note = string.IsNullOrEmpty(step.Note) ? "" : $": {step.Note}";
        yield return new(glyphs.Line($"{glyphs.State(step.State)} {MoveWords.State(step.State)}{note}"), step.State == StepState.Failed ? Tone.Failure : Tone.Normal);
        if (waysBack.TryGetValue(outline.Id, out var wayBack))
        {
            yield return new(glyphs.Line($"{ScreenWords.WayBack} {wayBack}"), outline.Nature == StepNature.PointOfNoReturn ? Tone.Warning : Tone.Normal);
        }

        if (tasksOf == outline.Id)
        {
            yield return new("");
            foreach (var line in Tasks())
            {
                yield return line;
            }
        }

        if (nodes is { } waited && waited.Step == outline.Id)
        {
            yield return new("");
            yield return new(MoveWords.NodesLeft(waited), Tone.Strong);
            foreach (var node in waited.Nodes)
            {
                yield return new(glyphs.Line($"  {glyphs.State(node.IsSettled ? StepState.Done : StepState.Running)} {node.Name}: {node.Note}"));
            }
        }

        if (ChecksOfSelected is { } made)
        {
            yield return new("");
            foreach (var line in CheckLines.FromTheTop(made, glyphs, width, RawShown))
            {
                yield return line;
            }
        }

        yield return new("");
        if (!previews.TryGetValue(outline.Id, out var preview))
        {
            yield return new(ScreenWords.NoPreviewYet, Tone.Quiet);
            yield break;
        }

        yield return new(ScreenWords.WhatItDoes, Tone.Strong);
        foreach (var line in PreviewText.Lines(preview, glyphs))
        {
            yield return new(line);
        }
    }

    private IEnumerable<ScreenLine> Failed(FailureReport failure)
    {
        var lines = FailureLines.Of(failure with { Raw = RawShown ? failure.Raw : null }, glyphs);
        foreach (var line in lines)
        {
            yield return line;
        }

        if (failure.Raw is { Length: > 0 } && !RawShown)
        {
            yield return new(ScreenWords.RawFolded, Tone.Quiet);
        }
    }

    private IEnumerable<ScreenLine> Tasks()
    {
        yield return new(MoveWords.TasksLeft(tasks.Count), Tone.Strong);
        foreach (var task in tasks)
        {
            yield return new(glyphs.Line("  " + TaskLines.Of(task, time)), task.WaitsForPerson ? Tone.Warning : Tone.Normal);
        }
    }

    // What stands behind a label stays behind it when it is broken.
    private static int Indent(string text) => text.Length - text.TrimStart(' ').Length + 2;
}
