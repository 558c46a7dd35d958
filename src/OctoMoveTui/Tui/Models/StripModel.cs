using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>A line of the strip: what is asked, and the keys that answer it.</summary>
internal readonly record struct StripLine(string Text, Tone Tone, string Keys = "");

/// <summary>What is asked or said just above the key bar.</summary>
internal static class StripModel
{
    public static IEnumerable<StripLine> Of(ScreenModel screen)
    {
        if (screen.IsLeaving)
        {
            yield return Leaving(screen);
            yield break;
        }

        if (screen is { Prompt: { } prompt, Scope: KeyScope.Panes })
        {
            if (prompt.Problem is { } problem)
            {
                yield return new(problem, Tone.Warning);
            }

            yield return new(prompt.Line, Tone.Question, prompt.Keys);
            yield break;
        }

        if (screen.Notice is { } notice)
        {
            yield return new(notice, Tone.Strong);
        }

        if (screen.CutOff is { } cutOff)
        {
            yield return new(cutOff, Tone.Warning);
        }

        if (screen.IsStopping)
        {
            yield return new(ScreenWords.Stopping, Tone.Warning);
        }
        else if (screen.Ended is { } ended)
        {
            // What is left to do is a list, and stands above in full.
            yield return new(ended.Sentence.Split('\n')[0], Tone.Question, ScreenWords.EndedKeys);
        }
        else if (screen.AskedElsewhere is { } asked)
        {
            yield return new(AttachWords.Waits(asked), Tone.Question);
        }
        else if (screen.Questions.Pending is ConfirmStep { IsUndo: true } undo)
        {
            yield return new(ScreenWords.ConfirmUndo(undo.Title), Tone.Question, ScreenWords.ConfirmUndoKeys);
        }
        else if (screen.Questions.Pending is ConfirmStep confirm)
        {
            if (screen.Steps.ToBeRead is { } done && done.Outline.Id != confirm.Step)
            {
                yield return new(ScreenWords.ReadFirst(done.Outline.Title, screen.Steps.RemarksOf(done.Outline.Id)), Tone.Warning);
            }

            yield return new(ScreenWords.Confirm(confirm.Title, MoveWords.Nature(confirm.Nature)), Tone.Question, confirm.MaySkip ? ScreenWords.ConfirmOptionalKeys : ScreenWords.ConfirmKeys);
        }
        else if (screen.Questions.Pending is RetryOrStop retry)
        {
            var title = retry.Step is { } step ? screen.Steps.Find(step)?.Outline.Title ?? step.Word : MoveWords.Program;
            yield return screen.Steps.IsGoingBack
                ? new(ScreenWords.UndoFailed(title), Tone.Question, ScreenWords.UndoFailedKeys)
                : new(ScreenWords.Failed(title), Tone.Question, ScreenWords.FailedKeys);
        }
    }

    /// <summary>The keys behind the sentence where there is room, else on a row of their own: never broken.</summary>
    public static IEnumerable<ScreenLine> Rows(StripLine line, Glyphs glyphs, int width)
    {
        var text = " " + glyphs.Line(line.Text);
        var together = text + "  " + line.Keys;
        var rows = line.Keys.Length == 0 || together.Length <= width
            ? Wrapping.Rows(together.TrimEnd(), width, 1)
            : Wrapping.Rows(text, width, 1).Append(" " + line.Keys);
        return rows.Select(row => new ScreenLine(row.PadRight(Math.Max(0, width)), line.Tone));
    }

    private static StripLine Leaving(ScreenModel screen) => screen switch
    {
        { Ended: not null } => new(ScreenWords.AskLeave, Tone.Question, ScreenWords.AskLeaveKeys),
        { Leaving.LooksOn: true } => new(ScreenWords.AskLookOn, Tone.Question, ScreenWords.AskLookOnKeys),
        { Leaving.CanLeaveAlone: true, IsStopping: true } => new(ScreenWords.AskCutOff, Tone.Question, ScreenWords.AskCutOffKeys),
        { Leaving.CanLeaveAlone: true, Questions.Pending: not null } => new(ScreenWords.AskLeaveQuestion, Tone.Question, ScreenWords.AskLeaveQuestionKeys),
        { Leaving.CanLeaveAlone: true } => new(ScreenWords.AskLeaveOrStop, Tone.Question, ScreenWords.AskLeaveOrStopKeys),
        { IsStopping: true } => new(ScreenWords.AskLeaveAtOnce, Tone.Question, ScreenWords.AskLeaveAtOnceKeys),
        { Questions.Pending: not null } => new(ScreenWords.AskStopNow, Tone.Question, ScreenWords.AskStopNowKeys),
        _ => new(ScreenWords.AskStop, Tone.Question, ScreenWords.AskStopKeys),
    };
}
