using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>How long users are locked out, and whether there is still a way back: the two things one is asked at night.</summary>
internal sealed class OutageClock(StepListModel steps, Glyphs glyphs, TimeProvider time)
{
    private DateTimeOffset? since;
    private DateTimeOffset? until;
    private bool passed;
    private bool isTakenBack;

    /// <summary>True when users work on the new server.</summary>
    public bool IsPastReturn => passed;

    public void Fold(MoveEvent happening)
    {
        switch (happening)
        {
            case OutageStarted started:
                since = started.Since;
                until = null;
                break;
            case OutageEnded over:
                since = over.Since;
                until = over.Until;
                break;
            case PointOfNoReturnPassed:
                passed = true;
                break;
            case MoveEnded ended:
                isTakenBack = ended.Outcome == MoveOutcome.TakenBack;
                break;
            default:
                break;
        }
    }

    public ScreenLine Row => (since, until) switch
    {
        (null, _) => new(MoveWords.UsersNotLockedOut, Tone.Good),
        ({ } from, null) => new(ScreenWords.LockedOut(Wall(from), Quantities.Clock(time.GetUtcNow() - from)), Tone.Warning),
        ({ } from, { } to) => new(MoveWords.OutageEnded(Wall(from), Wall(to), Quantities.Clock(to - from)), Tone.Good),
    };

    public ScreenLine WayBack
    {
        get
        {
            if (passed)
            {
                return new(ScreenWords.NoWayBack, Tone.Warning);
            }

            // How it ended says what is left; a promise to undo it would be odd now.
            if (isTakenBack)
            {
                return new("");
            }

            return steps.Steps.FirstOrDefault(step => step.Outline.Nature == StepNature.PointOfNoReturn) is { } turn
                ? new(glyphs.Line(MoveWords.EverythingCanBeUndone(turn.Outline.Title)))
                : new("");
        }
    }

    private string Wall(DateTimeOffset at) => Quantities.WallClock(at, time.LocalTimeZone);
}
