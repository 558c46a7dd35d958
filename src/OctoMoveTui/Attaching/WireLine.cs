using System.Text.Json;
using System.Text.Json.Serialization;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Attaching;

/// <summary>A message as a line, and back.</summary>
internal static class WireLine
{
    /// <summary>Counted up when a message changes its meaning.</summary>
    public const int Protocol = 1;

    private static readonly JsonSerializerOptions WithSecrets = new(MoveJson.Line) { Converters = { new OpenSecretConverter() } };

    /// <summary>For whoever may answer: a secret that the engine asks about, or is answered with, is in it.</summary>
    public static string Of(WireMessage message) => JsonSerializer.Serialize(message, WithSecrets);

    /// <summary>For whoever looks on: secrets are masked, as everywhere else.</summary>
    public static string ForOnlooker(WireMessage message) => JsonSerializer.Serialize(message, MoveJson.Line);

    /// <summary>The message, or null when the line is none.</summary>
    public static WireMessage? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<WireMessage>(line, WithSecrets);
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The one converter that writes a secret as it is. It knows no way but the socket, whose owner has to know the secret.</summary>
    private sealed class OpenSecretConverter : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue(value.Reveal());
    }
}
