using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tui.Models;

/// <summary>The wish that the re-index runs on by itself while the move goes on.</summary>
internal sealed class ReindexWishModel
{
    private static readonly StepId Reindex = new("reindex-packages");

    private Action<MoveCommand> say = _ => { };

    /// <summary>True while a re-index is waited for.</summary>
    public bool IsWaiting { get; private set; }

    public void Connect(Action<MoveCommand> engine) => say = engine;

    public void Fold(MoveEvent happening) => IsWaiting = happening switch
    {
        StepChanged changed when changed.Step == Reindex => changed.State == StepState.Running,
        MoveEnded => false,
        _ => IsWaiting,
    };

    public void Leave() => say(new LeaveReindexRunning());
}
