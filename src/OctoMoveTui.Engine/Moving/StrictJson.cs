using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// Reads back what octomove wrote as JSON, from a folder in which others could write, too. Whatever octomove would not have written is refused here, in one
/// place, so that those who use it need not expect that something is missing: null where there is always something, also within a list; a member twice;
/// a number in place of a word. What is not known is left out, for a newer version may have written it.
/// </summary>
internal static class StrictJson
{
    private static readonly JsonSerializerOptions Options = Make();

    /// <summary>Reads one value.</summary>
    /// <exception cref="JsonException">It isn't one that octomove would write.</exception>
    internal static T Read<T>(ReadOnlySpan<byte> json)
    {
        RefuseNullInLists(json);
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("It is empty.");
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            // Of a kind that is not known, or text that is no Unicode.
            throw new JsonException(error.Message, error);
        }
    }

    /// <summary>Reads one value.</summary>
    /// <exception cref="JsonException">It isn't one that octomove would write.</exception>
    internal static T Read<T>(string json) => Read<T>(System.Text.Encoding.UTF8.GetBytes(json));

    // The serializer looks after members of objects only.
    private static void RefuseNullInLists(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var isList = new Stack<bool>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    isList.Push(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    isList.Pop();
                    break;
                case JsonTokenType.Null when isList.TryPeek(out var list) && list:
                    throw new JsonException("A list holds nothing in one of its places.");
            }
        }
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(MoveJson.Line)
        {
            RespectNullableAnnotations = true,
            AllowDuplicateProperties = false,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { DemandWhatIsAlwaysThere } },
        };
        options.Converters.Clear();
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new FiniteNumber());
        return options;
    }

    // 1e400 is read as infinity, which can't be written again, or shown.
    private sealed class FiniteNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDouble() is var number && double.IsFinite(number) ? number : throw new JsonException("A number is too large.");

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }

    // What may be null is left out where it is null; the rest is always written.
    private static void DemandWhatIsAlwaysThere(JsonTypeInfo type)
    {
        foreach (var each in type.Properties)
        {
            if (each.AssociatedParameter is { HasDefaultValue: false, IsNullable: false, ParameterType.IsValueType: false })
                each.IsRequired = true;

            // The serializer lets null pass where a record has a constructor and the member is none of its parameters.
            if (each is { Set: { } set, IsSetNullable: false, PropertyType.IsValueType: false, Name: var name })
                each.Set = (target, value) => set(target, value ?? throw new JsonException($"{name} holds nothing."));
        }
    }
}
