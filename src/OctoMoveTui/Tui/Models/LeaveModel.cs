using OctoMoveTui.Attaching;

namespace OctoMoveTui.Tui.Models;

/// <summary>Leaving the screen and stopping the move: one and the same where the engine is in this process, two things where it has one of its own.</summary>
internal sealed class LeaveModel(IScreenHost host)
{
    private bool leaveWhenEnded;

    /// <summary>Where the engine is.</summary>
    public EngineTie Tie { get; set; }

    /// <summary>True while it is asked what to do.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>True between the wish to stop and the end of the move.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>True when the move goes on without the screen.</summary>
    public bool CanLeaveAlone => Tie != EngineTie.ThisProcess;

    public bool LooksOn => Tie == EngineTie.OnlyLookedAt;

    public void Ask() => IsAsked = true;

    public void StopAsking() => IsAsked = false;

    /// <summary>Has the move stopped; at a question that is all there is to wait for, and the screen goes with it.</summary>
    public void Stop(bool isAtQuestion)
    {
        leaveWhenEnded = isAtQuestion;
        IsAsked = false;
        IsStopping = true;
        host.StopMove(atOnce: false);
    }

    /// <summary>Has what is in hand cut off. The engine of this process ends with the screen.</summary>
    public void CutOff()
    {
        if (CanLeaveAlone)
        {
            IsAsked = false;
            host.StopMove(atOnce: true);
        }
        else
        {
            host.Leave(atOnce: true);
        }
    }

    public void Leave() => host.Leave(atOnce: false);

    /// <summary>The move has ended.</summary>
    public void End()
    {
        IsAsked = false;
        IsStopping = false;
        if (leaveWhenEnded)
        {
            host.Leave(atOnce: false);
        }
    }
}
