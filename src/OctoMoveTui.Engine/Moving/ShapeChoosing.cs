using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>What moves is the first thing that is settled: as configured, else as the person chooses.</summary>
internal static class ShapeChoosing
{
    /// <summary>The shape of the plan that is about to be made.</summary>
    /// <exception cref="MoveFailure">There is no shape of the configured name.</exception>
    internal static async Task<MoveShape> ChooseAsync(string configured, MovePlan? earlier, Conversation conversation, CancellationToken cancel)
    {
        if (configured.Length > 0)
            return ShapeWords.Parse(configured);
        var question = new ChooseShape([.. TheMove.Shapes.Select(ShapeWords.Choice)], earlier?.Shape ?? MoveShape.ServerAndDatabase);
        while (true)
        {
            if (await conversation.AskAsync(question, cancel) is ShapeChosen chosen && TheMove.Shapes.Contains(chosen.Shape))
                return chosen.Shape;
        }
    }

    /// <summary>Refuses to go on with a move under the name of another.</summary>
    /// <exception cref="MoveFailure">Another shape is configured than the plan has.</exception>
    internal static void RefuseOther(string configured, MovePlan plan, string folder)
    {
        if (configured.Length > 0 && ShapeWords.Parse(configured) is var wanted && wanted != plan.Shape)
            throw ShapeWords.OtherShape(plan.Shape, wanted, folder);
    }
}
