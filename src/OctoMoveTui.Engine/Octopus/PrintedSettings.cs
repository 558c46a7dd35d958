using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// What show-configuration printed, whichever of its three forms: XML, JSON with dotted keys, or JSON in levels. All give the same dotted keys; booleans
/// and numbers may be words in any of them, and other lines may stand before.
/// </summary>
internal static class PrintedSettings
{
    /// <summary>The settings by key, or null when there are none in the text.</summary>
    internal static IReadOnlyDictionary<string, string>? Find(string output)
    {
        if (FindXml(output) is { } settings)
            return settings;
        using var document = PrintedJson.Find(output, each => each.ValueKind == JsonValueKind.Object);
        return document is null ? null : Of(document.RootElement);
    }

    /// <summary>The settings of either form of JSON.</summary>
    internal static IReadOnlyDictionary<string, string> Of(JsonElement root)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Flatten("", root, values);
        return values;
    }

    private static Dictionary<string, string>? FindXml(string output)
    {
        const string root = "octopus-settings";
        var start = output.IndexOf("<" + root, StringComparison.Ordinal);
        var end = output.LastIndexOf($"</{root}>", StringComparison.Ordinal);
        if (start < 0 || end < start)
            return null;
        try
        {
            var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var each in XElement.Parse(output[start..(end + root.Length + 3)]).Elements("set"))
                values[(string?)each.Attribute("key") ?? ""] = each.Value;
            return values;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static void Flatten(string path, JsonElement element, Dictionary<string, string> into)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var each in element.EnumerateObject())
                Flatten(path.Length == 0 ? each.Name : $"{path}.{each.Name}", each.Value, into);
        }
        else if (element.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
        {
            into[path] = element.ToString();
        }
    }
}
