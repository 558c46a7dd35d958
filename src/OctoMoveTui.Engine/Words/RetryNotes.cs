using System.Globalization;
using Humanizer;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said while something is tried again by itself.</summary>
internal static class RetryNotes
{
    /// <param name="request">The request.</param>
    /// <param name="status">Its answer; null when the connection broke.</param>
    /// <param name="pause">How long it is waited.</param>
    internal static string Again(string request, int? status, TimeSpan pause) =>
        $"{Reason(status)} ({request}): tried again in {pause.Humanize(2, CultureInfo.InvariantCulture)}.";

    private static string Reason(int? status) => status switch
    {
        null => "The connection to Octopus Server broke",
        429 => "Octopus Server gets more requests than it allows, HTTP 429",
        503 => "Octopus Server is busy, starting or stopping, HTTP 503",
        _ => string.Create(CultureInfo.InvariantCulture, $"A proxy before Octopus Server gets no answer from it, HTTP {status}"),
    };
}
