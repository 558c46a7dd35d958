using System.Text.Json;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Journal;

/// <summary>plan.json in the move folder.</summary>
internal static class PlanFile
{
    /// <summary>The plan, or null when there is none.</summary>
    /// <exception cref="MoveFailure">It can't be read, or is of another format.</exception>
    internal static MovePlan? Find(MoveFolder folder)
    {
        if (!File.Exists(folder.PlanFile))
            return null;
        try
        {
            var text = File.ReadAllText(folder.PlanFile);
            if (FormatOf(text) is { } format && format != MovePlan.Format)
                throw MisfitFailures.PlanOfOtherFormat(folder.PlanFile, format, MovePlan.Format);
            return MovePlan.FromJson(text);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw MoveFailures.PlanUnreadable(folder.PlanFile, error);
        }
    }

    /// <summary>Temp name, flush, rename: a plan that was cut short would be a plan of something else.</summary>
    internal static void Save(MovePlan plan, MoveFolder folder)
    {
        try
        {
            OwnFile.Write(folder.PlanFile, plan.ToJson());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw MoveFailures.MoveFolderUnusable(folder.Path, error);
        }
    }

    // Before the rest is read: another format may well have other members.
    private static int? FormatOf(string text)
    {
        using var plan = JsonDocument.Parse(text);
        return plan.RootElement.ValueKind == JsonValueKind.Object && plan.RootElement.TryGetProperty("version", out var version)
            && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var format) ? format : null;
    }
}
