namespace OctoMoveTui.Engine.Words;

/// <summary>What is said while the plan of a move is made whose shape is not server and database.</summary>
internal static class ShapePlanWords
{
    internal static string OtherDatabaseConfigured(string configured, string taken) =>
        $"The database stays where it is in this move, and New:ConnectionString ({configured}) does not lead there, as far as can be seen from here: "
        + $"{taken} is taken, as the old server has it.";
}
