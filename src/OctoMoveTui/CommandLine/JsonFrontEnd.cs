using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.CommandLine;

/// <summary>One JSON object a line: each event, and each question with the answer's kind after it. docs/json-events.md is its description.</summary>
internal sealed partial class JsonFrontEnd(TextWriter output, IAnswers answers) : IFrontEnd
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

    // Within JSON such characters can only stand in texts, where an escape says the same; a terminal would turn the line around.
    private static string Escaped(string line) => Invisible().Replace(line, each => $"\\u{(int)each.Value[0]:x4}");

    [GeneratedRegex(@"[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")]
    private static partial Regex Invisible();

    private void Write(string line)
    {
        lock (writing)
        {
            output.WriteLine(Escaped(line));
            output.Flush();
        }
    }
}
