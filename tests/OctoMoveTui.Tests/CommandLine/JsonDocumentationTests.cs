using System.Text.Json;
using System.Text.Json.Serialization;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.CommandLine;

public sealed class JsonDocumentationTests
{
    [Theory]
    [InlineData(typeof(MoveEvent))]
    [InlineData(typeof(MoveQuestion))]
    public void Every_kind_and_every_property_is_documented(Type family)
    {
        var document = File.ReadAllText(Repository.PathOf("docs", "json-events.md"));
        foreach (var kind in family.GetCustomAttributes(inherit: false).OfType<JsonDerivedTypeAttribute>())
        {
            document.ShouldContain($"`{kind.TypeDiscriminator}`");
            foreach (var property in kind.DerivedType.GetProperties())
            {
                document.ShouldContain($"`{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}`", customMessage: kind.DerivedType.Name);
            }
        }
    }

    [Theory]
    [InlineData(typeof(MoveShape))]
    [InlineData(typeof(StepState))]
    [InlineData(typeof(StepNature))]
    [InlineData(typeof(LogKind))]
    [InlineData(typeof(PreviewKind))]
    [InlineData(typeof(ProgressUnit))]
    [InlineData(typeof(MoveOutcome))]
    [InlineData(typeof(Verdict))]
    [InlineData(typeof(SecretKind))]
    [InlineData(typeof(FailureCause))]
    [InlineData(typeof(DifferenceKind))]
    [InlineData(typeof(VerifyDepth))]
    [InlineData(typeof(TasksReason))]
    [InlineData(typeof(TaskDecision))]
    public void Every_word_is_documented(Type words)
    {
        var document = File.ReadAllText(Repository.PathOf("docs", "json-events.md"));
        foreach (var word in Enum.GetNames(words))
        {
            document.ShouldContain($"`{JsonNamingPolicy.KebabCaseLower.ConvertName(word)}`");
        }
    }
}
