using System.Text.Json;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// JSON in what a program printed. Other lines may stand before it ("Migrating OctopusServer instance from registry", and a logger's exception:
/// OctopusDSC issue 179) and after it.
/// </summary>
internal static class PrintedJson
{
    /// <summary>The first object or array that is one and is meant, or null: a "[1]" may stand in a line before.</summary>
    internal static JsonDocument? Find(string output, Func<JsonElement, bool> isMeant)
    {
        var bytes = LenientJson.Mended(output);
        for (var start = Next(0); start >= 0; start = Next(start + 1))
        {
            try
            {
                var reader = new Utf8JsonReader(bytes.AsSpan(start));
                var document = JsonDocument.ParseValue(ref reader);
                if (isMeant(document.RootElement))
                    return document;
                document.Dispose();
            }
            catch (JsonException)
            {
                // A bracket in a line of text; the next one may be it.
            }
        }

        return null;

        int Next(int from) => bytes.AsSpan(from).IndexOfAny((byte)'{', (byte)'[') is >= 0 and var found ? from + found : -1;
    }
}
