using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;
using OctoMoveTui.Tui.Models;
using OctoMoveTui.Words;

namespace OctoMoveTui.CommandLine;

/// <summary>The move as lines of text: no cursor movement, nothing rewritten, so a screen reader, a log file and a serial line can follow.</summary>
internal sealed class TextFrontEnd(TextWriter output, IAnswers answers, Glyphs glyphs, TimeProvider time, MovePurpose purpose) : IFrontEnd
{
    /// <summary>Columns of a table where there is no terminal to ask.</summary>
    public const int UsualWidth = 120;

    private readonly Lock writing = new();
    private readonly Dictionary<StepId, List<CheckMade>> checks = [];
    private readonly Dictionary<StepId, StepOutline> steps = [];
    private readonly HashSet<StepId> told = [];
    private (StepId Step, string What, int Tenth)? lastProgress;
    private long lastProgressAt;
    private string lastTasks = "";
    private string lastNodes = "";

    /// <summary>Columns to be had for tables.</summary>
    public int Width { get; init; } = UsualWidth;

    /// <summary>Show what each check asked.</summary>
    public bool WithQueries { get; init; }

    public void Tell(MoveEvent happening)
    {
        lock (writing)
        {
            foreach (var line in LinesFor(happening))
            {
                output.WriteLine(line);
            }

            output.Flush();
        }
    }

    public Task<MoveAnswer> AskAsync(MoveQuestion question, CancellationToken cancel) => answers.AnswerAsync(question, cancel);

    private IEnumerable<string> LinesFor(MoveEvent happening) => happening switch
    {
        MoveOpened opened => Opened(opened),
        StepChanged changed => Changed(changed),
        StepPreviewed previewed when purpose == MovePurpose.Plan => Previewed(previewed),
        CheckMade made => Checked(made),
        Logged logged => [$"{Stamp(logged)} {MoveWords.Kind(logged.Kind),-6} {Indented(logged.Text)}"],
        Progressed progressed => InProgress(progressed),
        FileDiffers differs => [glyphs.Line($"  {differs.Directory}: {DifferenceWords.Of(differs.Kind),-16} {differs.Path}: {differs.Detail}")],
        FileRepaired repaired => [glyphs.Line($"{Stamp(repaired)} {repaired.Directory}: copied again: {repaired.Path}")],
        DirectoryVerified verified => [glyphs.Line(Verified(verified))],
        TasksSeen seen => Tasks(seen),
        NodesSeen seen => Nodes(seen),
        OutageStarted started =>
            [$"{Stamp(started)} {MoveWords.OutageStarted(Quantities.WallClock(started.Since, time.LocalTimeZone))}"],
        OutageEnded ended =>
        [
            $"{Stamp(ended)} " + MoveWords.OutageEnded(
                Quantities.WallClock(ended.Since, time.LocalTimeZone),
                Quantities.WallClock(ended.Until, time.LocalTimeZone),
                Quantities.Clock(ended.Until - ended.Since)),
        ],
        PointOfNoReturnPassed => [$"{Stamp(happening)} {MoveWords.PointOfNoReturnPassed}"],
        MoveEnded ended => Ended(ended),
        _ => [],
    };

    private IEnumerable<string> Opened(MoveOpened opened)
    {
        foreach (var step in opened.Steps)
        {
            steps[step.Id] = step;
        }

        yield return glyphs.Line($"{MoveWords.Program}: {opened.OldServer} {glyphs.Arrow} {opened.NewServer}");
        yield return glyphs.Line($"Move folder {opened.MoveFolder}, move {opened.MoveId}{(opened.IsResumed ? ", resumed" : "")}");
    }

    private IEnumerable<string> Changed(StepChanged changed)
    {
        // A run that goes on where it stopped begins with what the journal says, and says it again when it gets there.
        if (changed.State is StepState.Running or StepState.Failed)
        {
            told.Remove(changed.Step);
        }
        else if (changed.State is StepState.Done or StepState.NotNeeded && !told.Add(changed.Step))
        {
            yield break;
        }

        // Each step goes through all states; a reader wants to know where it ended up and that it began.
        var uninteresting = purpose == MovePurpose.Status
            ? false
            : changed.State is StepState.Pending or StepState.Probing or StepState.Waiting;
        if (uninteresting)
        {
            yield break;
        }

        var step = steps.GetValueOrDefault(changed.Step);
        var side = step is null ? "" : $"[{MoveWords.Side(step.Side)}] ";
        var note = changed.Note is { Length: > 0 } text ? $" ({text})" : "";
        if (changed.State is StepState.Done or StepState.Failed && checks.Remove(changed.Step, out var made))
        {
            foreach (var line in CheckTable(made))
            {
                yield return line;
            }
        }

        yield return glyphs.Line(
            $"{Stamp(changed)} {glyphs.State(changed.State)} {side}{step?.Title ?? changed.Step.Word}: {MoveWords.State(changed.State)}{note}");
    }

    // A check is asked for its findings: they come as one table at the end. In a move only what is not as it should be is news.
    private IEnumerable<string> Checked(CheckMade made)
    {
        if (!checks.TryGetValue(made.Step, out var known))
        {
            checks[made.Step] = known = [];
        }

        known.RemoveAll(each => each.Id == made.Id);
        known.Add(made);
        return purpose == MovePurpose.Check || made.Verdict == Verdict.Pass ? []
            : [$"{Stamp(made)} {MoveWords.Kind(MoveWords.Kind(made.Verdict)),-6} {Indented(MoveWords.Check(made))}"];
    }

    private IEnumerable<string> CheckTable(List<CheckMade> made)
    {
        if (purpose != MovePurpose.Check)
        {
            return [glyphs.Line(MoveWords.CheckSummary(made))];
        }

        return ["", .. CheckLines.ToTheEnd(made, glyphs, Width, WithQueries).Select(line => line.Text), ""];
    }

    private IEnumerable<string> Previewed(StepPreviewed previewed)
    {
        var step = steps.GetValueOrDefault(previewed.Step);
        yield return "";
        yield return glyphs.Line(step is null
            ? previewed.Step.Word
            : $"{previewed.Step}: {step.Title} [{MoveWords.Side(step.Side)}, {MoveWords.Guide(step.Guide)}, {MoveWords.Nature(step.Nature)}]");
        foreach (var line in PreviewText.Lines(previewed.Lines, glyphs))
        {
            yield return "  " + line;
        }
    }

    private IEnumerable<string> InProgress(Progressed progress)
    {
        var fraction = Quantities.Fraction(progress);
        var key = (progress.Step, progress.What, fraction is { } f ? (int)(f * 10) : 0);
        var now = time.GetTimestamp();
        if (key == lastProgress && time.GetElapsedTime(lastProgressAt, now) < (fraction is null ? TimeSpan.FromSeconds(30) : TimeSpan.FromMinutes(5)))
        {
            yield break;
        }

        lastProgress = key;
        lastProgressAt = now;
        var percent = fraction is { } part && progress.Unit != ProgressUnit.Percent ? $" ({(int)(part * 100)} %)" : "";
        var files = progress.Files is { } count ? $", {Quantities.Files(count)}" : "";
        var rate = Quantities.Rate(progress) is { } speed ? $", {speed}" : "";
        var fileRate = progress.Files is { } rated && Quantities.FileRate(rated) is { } fileSpeed ? $", {fileSpeed}" : "";
        var troubles = progress.Files is { } troubled && Quantities.Troubles(troubled) is { } unread ? $"; {unread}" : "";
        var left = progress.Remaining is { } remaining ? $", {ScreenWords.Left(Quantities.Duration(remaining))}" : "";
        yield return glyphs.Line($"{Stamp(progress)} {progress.What}: {Quantities.Amount(progress)}{percent}{files}{rate}{fileRate}{left}{troubles}");
    }

    private IEnumerable<string> Tasks(TasksSeen seen)
    {
        // They are asked for every few seconds; only a change is news.
        var fingerprint = string.Join('|', seen.Tasks.Select(task => $"{task.Id} {task.State} {task.WaitsForPerson}"));
        if (fingerprint == lastTasks)
        {
            yield break;
        }

        lastTasks = fingerprint;
        yield return $"{Stamp(seen)} {MoveWords.TasksLeft(seen.Tasks.Count)}";
        foreach (var task in seen.Tasks)
        {
            yield return glyphs.Line("  " + TaskLines.Of(task, time));
        }
    }

    private IEnumerable<string> Nodes(NodesSeen seen)
    {
        // As with tasks: that a node is still there is news once.
        var fingerprint = string.Join('|', seen.Nodes.Select(node => $"{node.Name} {node.IsSettled}"));
        if (fingerprint == lastNodes)
        {
            yield break;
        }

        lastNodes = fingerprint;
        yield return $"{Stamp(seen)} {MoveWords.NodesLeft(seen)}";
        foreach (var node in seen.Nodes)
        {
            yield return glyphs.Line($"  {glyphs.State(node.IsSettled ? StepState.Done : StepState.Running)} {node.Name}: {node.Note}");
        }
    }

    private string Verified(DirectoryVerified verified)
    {
        var state = glyphs.State(verified.Differences.Count == 0 ? StepState.Done : StepState.Failed);
        var again = verified.AfterRepair ? "after the repair, " : "";
        return $"{Stamp(verified)} {state} {verified.Directory} at {verified.Place}: {again}{MoveWords.Verified(verified)}";
    }

    private IEnumerable<string> Ended(MoveEnded ended)
    {
        yield return "";
        if (ended.Failure is { } failure)
        {
            foreach (var line in FailureLines.Of(failure, glyphs))
            {
                yield return line.Text;
            }
        }

        yield return glyphs.Block(ended.Sentence);
    }

    private string Stamp(MoveEvent happening) => Quantities.WallClockSeconds(happening.At, time.LocalTimeZone);

    private string Indented(string text) => glyphs.Block(text).Replace("\n", "\n" + new string(' ', 16), StringComparison.Ordinal);
}
