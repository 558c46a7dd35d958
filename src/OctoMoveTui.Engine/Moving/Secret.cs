using System.Text.Json;
using System.Text.Json.Serialization;

namespace OctoMoveTui.Engine.Moving;

/// <summary>A password, API key or connection string: text that must not be printed. <see cref="ToString"/> hides it.</summary>
[JsonConverter(typeof(SecretJsonConverter))]
public sealed class Secret(string value)
{
    /// <summary>What is shown in place of any secret.</summary>
    public const string Mask = "••••••";

    /// <summary>Hands out the secret itself. Search for callers of this method to see every place a secret goes to.</summary>
    public string Reveal() => value;

    /// <summary>True when nothing was given.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(value);

    /// <summary>Never the secret.</summary>
    public override string ToString() => Mask;
}

/// <summary>Refuses to write a secret; a front end in another process will need a converter of its own for the answer that carries one.</summary>
internal sealed class SecretJsonConverter : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Secret.Mask);
}
