using System.Globalization;
using Microsoft.Data.SqlClient;
using OctoMoveTui.CommandLine;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tests.Moves;

/// <summary>
/// Names of files, descriptions of tasks and messages of SQL Server that would drive a terminal, fake a line of the log or run in a browser: they are shown, and do
/// nothing.
/// </summary>
public sealed class PoisonedMoveTests
{
    private const string Poison =
        "\u001b[2J\u001b]0;pwned\a\u001bPq\u001b\\\u009b31m\u202egpj\u2066\u200b\b\r\n2026-03-01 02:00:00.000 +00:00 Everything is fine.\n<script>alert(1)</script>[x](javascript:alert(1))";

    [Fact]
    public async Task Poisoned_names_and_messages_reach_no_terminal_log_or_report_as_more_than_text()
    {
        await using var move = await AMove.OnAsync();
        if (!OperatingSystem.IsWindows())
            File.WriteAllText(Path.Combine(move.World.Old.Home, "Packages", Poison.Replace('/', '_')), "x");
        await using (var connection = new SqlConnection(move.World.OldAdminConnectionString))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE dbo.ServerTask SET Description = @poison WHERE State = N'Queued' OR State = N'Executing'";
            command.Parameters.AddWithValue("@poison", Poison);
            (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0);
        }

        move.World.OldSql.Faults.FailNext("STOP_ON_ERROR", 3201, $"Cannot open backup device '{Poison}'. Operating system error 5(Access is denied.).");

        var ended = await move.RunAsync();

        ended.Failure.ShouldNotBeNull(move.Person.Story).What.ShouldContain("backup");
        foreach (var file in Directory.EnumerateFiles(move.World.MoveFolder, "*", SearchOption.AllDirectories))
            ShouldBeHarmless(File.ReadAllText(file), file);
        var log = File.ReadAllLines(Directory.EnumerateFiles(Path.Combine(move.World.MoveFolder, "logs"), "*.log").Single());
        log.ShouldContain(each => each.Contains("Everything is fine"), "the text is kept");
        log.ShouldNotContain(each => each.StartsWith("2026-03-01 02:00:00.000 +00:00 Everything"), "no line of the log is faked");
        var html = File.ReadAllText(Path.Combine(move.World.MoveFolder, "report.html"));
        html.ShouldContain("&lt;script&gt;");
        html.ShouldNotContain("<script");
        File.ReadAllText(Path.Combine(move.World.MoveFolder, "report.md")).Split('\n')
            .Where(each => each.Contains("javascript:") && !each.StartsWith("    ", StringComparison.Ordinal)).ShouldAllBe(each => !each.Contains("<script") && each.Contains("\\[x]"));

        var (text, json) = (new StringWriter(CultureInfo.InvariantCulture), new StringWriter(CultureInfo.InvariantCulture));
        var plain = new TextFrontEnd(text, new NoAnswers(), Glyphs.Unicode, TimeProvider.System, MovePurpose.Move);
        var lines = new JsonFrontEnd(json, new NoAnswers());
        foreach (var happening in move.Person.Events)
        {
            plain.Tell(happening);
            lines.Tell(happening);
        }

        ShouldBeHarmless(text.ToString(), "lines of text");
        ShouldBeHarmless(json.ToString(), "lines of JSON");
        text.ToString().ShouldContain("Everything is fine");
    }

    private static void ShouldBeHarmless(string text, string where) =>
        text.Where(each => (char.IsControl(each) && each is not ('\n' or '\t')) || each is '\u202e' or '\u2066' or '\u200b' or '\u2028')
            .Select(each => $"{where}: \\u{(int)each:x4}").Distinct().ShouldBeEmpty();

    private sealed class NoAnswers : IAnswers
    {
        public Task<MoveAnswer> AnswerAsync(MoveQuestion question, CancellationToken cancel) => throw new InvalidOperationException("Nobody asks.");
    }
}
