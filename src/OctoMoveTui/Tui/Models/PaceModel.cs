using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>The pace of the directory copy that runs, and the commands that change it. What is shown is what the engine says, not what was pressed.</summary>
internal sealed class PaceModel
{
    // A bare number is what people mean who look at a rate in MB/s.
    private const long BareUnit = 1 << 20;

    private Action<MoveCommand> say = _ => { };
    private CopyPaceChanged? now;

    public bool IsCopying => now is not null;

    public bool IsPaused => now is { IsPaused: true };

    /// <summary>The limit, or null.</summary>
    public TransferRate? Limit => now is { BytesPerSecond: { } speed } ? new TransferRate(speed) : null;

    /// <summary>True while the copy of this step is paused.</summary>
    public bool IsPausedIn(StepId step) => IsPaused && now?.Step == step;

    /// <summary>The limit of this step's copy, or null.</summary>
    public TransferRate? LimitIn(StepId step) => now?.Step == step ? Limit : null;

    public void Connect(Action<MoveCommand> engine) => say = engine;

    public void Fold(MoveEvent happening)
    {
        now = happening switch
        {
            CopyPaceChanged { IsCopying: true } changed => changed,
            CopyPaceChanged or MoveEnded => null,
            _ => now,
        };
    }

    public void Pause() => say(new PauseCopy());

    public void Resume() => say(new ResumeCopy());

    /// <summary>Sets the limit that was typed, none when nothing was.</summary>
    /// <returns>What is wrong with the text, or null.</returns>
    public string? SetLimit(string typed)
    {
        TransferRate? limit = null;
        if (typed.Trim().Length > 0)
        {
            if (!TransferRate.TryParse(typed, BareUnit, out var rate))
            {
                return ScreenWords.BadLimit(typed);
            }

            limit = rate;
        }

        if (!IsCopying)
        {
            return KeyWords.NoCopy;
        }

        say(new LimitCopy(limit?.BytesPerSecond));
        return null;
    }
}
