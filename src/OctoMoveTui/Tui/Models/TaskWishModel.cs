using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tui.Models;

/// <summary>The wish to decide about the tasks of the old server now, instead of when octomove would ask.</summary>
internal sealed class TaskWishModel
{
    private Action<MoveCommand> say = _ => { };

    /// <summary>True while tasks are waited for.</summary>
    public bool IsWaiting { get; private set; }

    public void Connect(Action<MoveCommand> engine) => say = engine;

    public void Fold(MoveEvent happening) => IsWaiting = happening switch
    {
        TasksSeen seen => seen.Tasks.Count > 0,
        StepChanged { State: StepState.Done or StepState.Failed or StepState.Verifying } or MoveEnded => false,
        _ => IsWaiting,
    };

    public void Ask() => say(new AskAboutTasks());
}
