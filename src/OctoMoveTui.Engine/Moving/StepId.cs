using System.Text.Json;
using System.Text.Json.Serialization;

namespace OctoMoveTui.Engine.Moving;

/// <summary>The name of a step in words (<c>back-up-database</c>): written into journals, so it survives reordering.</summary>
[JsonConverter(typeof(StepIdJsonConverter))]
public readonly record struct StepId(string Word)
{
    /// <inheritdoc/>
    public override string ToString() => Word;
}

internal sealed class StepIdJsonConverter : JsonConverter<StepId>
{
    public override StepId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, StepId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Word);
}

/// <summary>Which of the two servers a step works on.</summary>
public enum Side
{
    /// <summary>The old server: the one that is moved away from.</summary>
    Old,

    /// <summary>The new server: the one that is moved to.</summary>
    New,
}
