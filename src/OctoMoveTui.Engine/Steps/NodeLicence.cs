using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Steps;

/// <summary>How many server nodes the licence allows.</summary>
internal static class NodeLicence
{
    /// <summary>The settings document with the licence's text.</summary>
    internal const string Document = "licenses-current";

    /// <summary>The limit on the old server: by the API, else out of the licence in the database; null when neither tells, or there is none.</summary>
    internal static async Task<long?> FindLimitAsync(MoveContext move, CancellationToken cancel)
    {
        try
        {
            if (move.HasApiKey)
            {
                using var api = await move.OldApiAsync(cancel);
                if (await api.FindNodeLimitAsync(cancel) is { } limit)
                    return limit.Limit;
            }
        }
        catch (MoveFailure)
        {
            // Without an API or a key for it the database is asked.
        }

        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.Old.Database, cancel);
        return await session.ReadConfigurationAsync(Document, cancel) is { } json ? LimitIn(json) : null;
    }

    /// <summary>
    /// The <c>NodeLimit</c> of a licence; without that element it is for one node. Null when the document holds no licence that can be read.
    /// How the document is made inside is inferred from the API's form of it.
    /// </summary>
    internal static long? LimitIn(string document)
    {
        try
        {
            if ((string?)JsonNode.Parse(document)?["LicenseText"] is not { Length: > 0 } text || XDocument.Parse(text).Root is not { } licence)
                return null;
            if (licence.Elements().FirstOrDefault(each => each.Name.LocalName == "NodeLimit")?.Value is not { Length: > 0 } limit)
                return 1;
            return long.TryParse(limit, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        catch (Exception error) when (error is JsonException or XmlException or InvalidOperationException)
        {
            return null;
        }
    }
}
