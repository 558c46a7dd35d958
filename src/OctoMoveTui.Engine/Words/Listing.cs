namespace OctoMoveTui.Engine.Words;

/// <summary>Names in a sentence: English, whatever the culture of the server is.</summary>
internal static class Listing
{
    /// <summary>For instance <c>A</c>, <c>A and B</c> or <c>A, B and C</c>.</summary>
    internal static string Listed(this IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
