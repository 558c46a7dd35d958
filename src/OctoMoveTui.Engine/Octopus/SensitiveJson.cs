using System.Text.Json;
using System.Text.RegularExpressions;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// Where encrypted values sit in Octopus' documents: as a string <c>base64(cipher)|base64(iv)</c>, or in newer versions in an object of their
/// own; so every string that looks like one is one.
/// </summary>
internal static partial class SensitiveJson
{
    /// <summary>True for <c>cipher|iv</c>; a 16-byte IV is 24 characters of base64.</summary>
    internal static bool IsEncrypted(string text) => EncryptedValue().IsMatch(text);

    /// <summary>All encrypted values of a document, nothing from a text that is no JSON.</summary>
    internal static IReadOnlyList<string> EncryptedIn(string text)
    {
        using var document = LenientJson.Find(text);
        return document is null ? [] : [.. Strings(document.RootElement).Where(IsEncrypted)];
    }

    /// <summary>The first string below a property of that name, wherever it is; null when there is none or the text is no JSON.</summary>
    internal static string? Find(string text, string property)
    {
        using var document = LenientJson.Find(text);
        return document is null ? null : Find(document.RootElement, property);
    }

    private static string? Find(JsonElement element, string property)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var each in element.EnumerateObject())
        {
            if (each.Name == property)
                return Strings(each.Value).FirstOrDefault();
            if (Find(each.Value, property) is { } found)
                return found;
        }

        return null;
    }

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(each => Strings(each.Value)),
        _ => [],
    };

    [GeneratedRegex("^[A-Za-z0-9+/=]+\\|[A-Za-z0-9+/=]{24}$")]
    private static partial Regex EncryptedValue();
}
