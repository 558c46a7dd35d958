using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Fuzz;

/// <summary>
/// Makes JSON of the shape that a type is written in, as the serializer itself knows it, so that nothing that is added to a plan, a journal or an event is
/// forgotten here; with hostile values in some of the places.
/// </summary>
/// <param name="dice">Chance.</param>
/// <param name="hostility">How often a value is one that does not belong there: 0 = never.</param>
internal sealed class JsonOf(Dice dice, double hostility)
{
    private const int Deepest = 8;

    private static readonly JsonSerializerOptions Options = new(MoveJson.Line) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private static readonly IReadOnlyList<string> Usual =
    [
        "OctopusServer", "OLD-SERVER", "NEW-SERVER", "2026.1.4120", "15.0.4430.1", "Octopus", "Packages", "TaskLogs", "Artifacts", "Spaces-1", "Default", "ServerTasks-12", "octopus", "C:\\Octopus", "/var/octopus",
        "https://octopus.example.com", "Data Source=sql;Initial Catalog=Octopus;User ID=octopus", "Deploy Web shop release 4.2.0 to Production", "1a2b3c4d", "/share/Octopus.bak", "",
    ];

    private static readonly IReadOnlyList<string> Steps = [.. TheMove.Shapes.SelectMany(TheMove.StepsOf).Select(each => each.Id.Word).Distinct()];

    private static readonly IReadOnlyList<string> Moments =
        ["2026-03-01T02:00:00+00:00", "2026-03-01T02:00:01.5+00:00", "2026-03-01T02:14:00+00:00", "2026-03-01T02:14:00Z", "2026-03-01T04:20:11+02:00", "2026-03-02T02:00:00+00:00"];

    /// <summary>JSON for a value of that type.</summary>
    public JsonNode? Make(Type type) => Make(type, 0);

    /// <summary>A member of an object in place of what was made for it.</summary>
    public static JsonObject With(JsonNode made, string name, JsonNode? value)
    {
        made[name] = value;
        return made.AsObject();
    }

    private JsonNode? Make(Type type, int depth)
    {
        if (dice.Chance(hostility))
            return Wrong();
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return dice.OneIn(3) ? null : Make(underlying, depth);
        if (Plain(type) is { } plain)
            return plain;

        var info = Options.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new JsonArray([.. Enumerable.Range(0, depth < Deepest ? dice.Next(4) : 0).Select(_ => Make(ElementOf(type), depth + 1))]),
            JsonTypeInfoKind.Dictionary => new JsonObject(Enumerable.Range(0, dice.Next(4)).Select(each => KeyValuePair.Create(Text() + each, Make(ElementOf(type), depth + 1)))),
            JsonTypeInfoKind.Object when info.PolymorphismOptions is { } kinds => OneOf(kinds, depth),
            JsonTypeInfoKind.Object => Object(info, depth, []),
            _ => JsonValue.Create(Text()),
        };
    }

    private JsonObject OneOf(JsonPolymorphismOptions kinds, int depth)
    {
        var kind = dice.Of([.. kinds.DerivedTypes]);
        return Object(Options.GetTypeInfo(kind.DerivedType), depth,
            [KeyValuePair.Create(kinds.TypeDiscriminatorPropertyName, (JsonNode?)JsonValue.Create(dice.Chance(hostility) ? Hostile.Text(dice) : (string)kind.TypeDiscriminator!))]);
    }

    private JsonObject Object(JsonTypeInfo info, int depth, List<KeyValuePair<string, JsonNode?>> members)
    {
        foreach (var each in info.Properties.Where(each => !dice.Chance(hostility / 2)))
        {
            var mayBeNull = each.IsSetNullable && !each.PropertyType.IsValueType && dice.OneIn(3);
            members.Add(KeyValuePair.Create(each.Name, mayBeNull || depth > Deepest ? null : Make(each.PropertyType, depth + 1)));
        }

        return new JsonObject(members.DistinctBy(each => each.Key));
    }

    private JsonValue? Plain(Type type) =>
        type == typeof(string) ? JsonValue.Create(Text())
        : type == typeof(StepId) ? JsonValue.Create(dice.Of(Steps))
        : type == typeof(bool) ? JsonValue.Create(dice.OneIn(2))
        : type == typeof(int) || type == typeof(long) ? JsonValue.Create(dice.Next(500))
        : type == typeof(double) || type == typeof(float) || type == typeof(decimal) ? JsonValue.Create(dice.Next(10_000) / 100.0)
        : type == typeof(DateTimeOffset) || type == typeof(DateTime) ? JsonValue.Create(dice.Of(dice.Chance(hostility * 3) ? Hostile.Times : Moments))
        : type == typeof(TimeSpan) ? JsonValue.Create(TimeSpan.FromSeconds(dice.Next(5000)).ToString("c", CultureInfo.InvariantCulture))
        : type == typeof(Guid) ? JsonValue.Create(new Guid(dice.Bytes(16)).ToString())
        : type == typeof(byte[]) ? JsonValue.Create(Convert.ToBase64String(dice.Bytes(16)))
        : type.IsEnum ? JsonValue.Create(JsonNamingPolicy.CamelCase.ConvertName(dice.Of(Enum.GetNames(type))))
        : null;

    private string Text() => dice.Chance(hostility * 3) ? Hostile.Text(dice) : dice.Of(Usual);

    private JsonNode? Wrong()
    {
        switch (dice.Next(7))
        {
            case 0: return null;
            case 1: return JsonValue.Create(Hostile.Text(dice));
            case 2: return JsonValue.Create(dice.NextLong() * (dice.OneIn(2) ? -1 : 1));
            case 3: return JsonValue.Create(dice.OneIn(2) ? double.MaxValue : -0.5);
            case 4: return new JsonArray(null, null);
            case 5:
                JsonNode deep = new JsonArray();
                for (var level = dice.Next(100); level > 0; level--)
                    deep = new JsonArray(deep);
                return deep;
            default: return new JsonObject { ["x"] = null };
        }
    }

    private static Type ElementOf(Type type) =>
        type.IsArray ? type.GetElementType()! : type.GetGenericArguments().LastOrDefault() ?? typeof(string);
}
