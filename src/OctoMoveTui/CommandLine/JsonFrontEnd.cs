using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.CommandLine;

/// <summary>One JSON object a line: each event, and each question with the answer's kind after it. docs/json-events.md is its description.</summary>
internal sealed class JsonFrontEnd(TextWriter output, IAnswers answers) : IFrontEnd
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    private readonly Lock writing = new();

    public void Tell(MoveEvent happening) => Write(JsonSerializer.Serialize(happening, Options));

    public Task<MoveAnswer> AskAsync(MoveQuestion question, CancellationToken cancel)
    {
        Write(JsonSerializer.Serialize(question, Options));
        return answers.AnswerAsync(question, cancel);
    }

    private void Write(string line)
    {
        lock (writing)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
