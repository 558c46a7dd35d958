using System.Text.Json;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Moving;

public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("""{"fact":"tasks-finished","stillQueued":1,"leftExecuting":null}""")]
    [InlineData("""{"fact":"tasks-finished","stillQueued":1,"queued":[null]}""")]
    [InlineData("""{"fact":"tasks-finished","stillQueued":1,"stillQueued":2}""")]
    [InlineData("""{"fact":"backup-set","setId":"00000000-0000-0000-0000-000000000000","file":"x","position":1,"bytes":1,"finishedAt":"2026-03-01T00:00:00Z","sqlVersion":"15"}""")]
    [InlineData("""{"fact":"nobody-knows"}""")]
    [InlineData("""{"fact":"tasks-let-run","node":"\ud800"}""")]
    [InlineData("""null""")]
    public void What_octomove_would_not_have_written_is_refused(string json) => Should.Throw<JsonException>(() => StrictJson.Read<StepFact>(json));

    [Fact]
    public void What_it_writes_is_read_and_what_a_newer_one_adds_is_left_out()
    {
        var fact = new TasksFinished(1) { Queued = ["Deploy"] };
        var json = JsonSerializer.Serialize<StepFact>(fact, MoveJson.Line);
        StrictJson.Read<StepFact>(json.Replace("\"stillQueued\"", "\"newer\":{},\"stillQueued\"")).ShouldBeOfType<TasksFinished>().Queued.ShouldBe(["Deploy"]);
    }
}
