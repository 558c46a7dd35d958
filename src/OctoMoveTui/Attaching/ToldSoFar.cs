using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Attaching;

/// <summary>
/// What an engine told so far, for whoever attaches later: all of it, but of what only the latest is of use (progress, previews, the tasks that are waited
/// for) only that, in the place where it was told last.
/// </summary>
internal sealed class ToldSoFar
{
    private readonly LinkedList<string> lines = [];
    private readonly Dictionary<object, LinkedListNode<string>> latest = [];

    /// <summary>In the order in which they were told.</summary>
    public IReadOnlyCollection<string> Lines => lines;

    public void Add(MoveEvent happening, string line)
    {
        var node = lines.AddLast(line);
        if (KeyOf(happening) is not { } key)
        {
            return;
        }

        if (latest.Remove(key, out var before))
        {
            lines.Remove(before);
        }

        latest[key] = node;
    }

    private static object? KeyOf(MoveEvent happening) => happening switch
    {
        Progressed progress => (progress.Step, progress.What),
        StepPreviewed preview => (typeof(StepPreviewed), preview.Step),
        CopyPaceChanged pace => (typeof(CopyPaceChanged), pace.Step),
        CheckMade made => (typeof(CheckMade), made.Step, made.Id),
        NodesSeen seen => (typeof(NodesSeen), seen.Step),
        TasksSeen => typeof(TasksSeen),
        _ => null,
    };
}
