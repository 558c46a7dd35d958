using System.ComponentModel;
using System.Xml.Linq;
using OctoMoveTui.Attaching;
using OctoMoveTui.CommandLine.Configuring;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Attaching;

public sealed class EngineStarterTests
{
    [Fact]
    public async Task Where_no_process_can_be_started_the_move_runs_here_and_says_so()
    {
        using var folder = new TemporaryFolder();
        var person = new APerson();
        var link = await Starter((_, _) => throw new Win32Exception(5, "Access is denied.")).StartAsync(Settings(folder.Path), [], default);
        link.Tie.ShouldBe(EngineTie.ThisProcess);
        (await link.RunAsync(person, default)).ShouldNotBeNull();
        person.Events.OfType<Logged>().ShouldHaveSingleItem().Text.ShouldContain("runs in this very program");
        person.Events.OfType<Logged>().ShouldHaveSingleItem().Text.ShouldContain("Access is denied.");
    }

    [Fact]
    public async Task What_an_engine_said_when_it_ended_at_once_is_passed_on()
    {
        using var folder = new TemporaryFolder();
        var person = new APerson();
        var link = await Starter((_, _) => "Couldn't find a valid ICU package.").StartAsync(Settings(folder.Path), [], default);
        await link.RunAsync(person, default);
        person.Events.OfType<Logged>().ShouldHaveSingleItem().Text.ShouldContain("ICU package");
    }

    [Fact]
    public async Task An_engine_that_runs_is_attached_to_and_none_is_started()
    {
        using var folder = new TemporaryFolder();
        await using var host = EngineHost.Open(MeetingPlace.Of(folder.Path), null, _ => { }, TimeProvider.System).ShouldNotBeNull();
        var link = await Starter((_, _) => throw new InvalidOperationException("started")).StartAsync(Settings(folder.Path), [], default);
        link.Tie.ShouldBe(EngineTie.ItsOwnProcess);
        link.Process.ShouldBe(Environment.ProcessId);
    }

    [Fact]
    public async Task Options_that_a_running_move_can_t_take_over_are_told_to_be_passed_over()
    {
        using var folder = new TemporaryFolder();
        await using var host = EngineHost.Open(MeetingPlace.Of(folder.Path), null, _ => { }, TimeProvider.System).ShouldNotBeNull();
        var link = await Starter((_, _) => throw new InvalidOperationException("started")).StartAsync(Settings(folder.Path), ["--set", "Shape=rehearsal"], default);
        using var leave = new CancellationTokenSource();
        var told = new TaskCompletionSource();
        var person = new APerson { On = happening => { if (happening is Logged { Kind: LogKind.Warning }) { told.TrySetResult(); } } };
        var running = link.RunAsync(person, leave.Token);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await leave.CancelAsync();
        (await running).ShouldBeNull("the move goes on without it");
        person.Events.OfType<Logged>().ShouldContain(each => each.Text.Contains("are passed over"));
    }

    [Fact]
    public async Task The_engine_gets_the_options_that_were_typed_and_the_whole_path_of_the_move_folder()
    {
        using var folder = new TemporaryFolder();
        EngineHost? host = null;
        var link = await Starter((arguments, place) =>
        {
            arguments.ShouldBe(["engine", "--config", "c.json", "--set", "Shape=rehearsal", "--move", folder.Path]);
            host = EngineHost.Open(place, null, _ => { }, TimeProvider.System);
            return null;
        }).StartAsync(Settings(folder.Path), ["--config", "c.json", "--set", "Shape=rehearsal"], default);
        link.Tie.ShouldBe(EngineTie.ItsOwnProcess);
        await host!.DisposeAsync();
    }

    [Fact]
    public async Task The_screen_s_own_options_stay_with_the_screen()
    {
        using var octomove = new ACommandLine { HasTerminal = true };
        octomove.WithConfiguration("{}", "c.json").WithVariable("OCTOMOVE_ApiKey", "API-SECRET");
        await octomove.Run("--move", "m", "--config", "c.json", "--set", "New:Home=/srv/octopus home", "--shape", "rehearsal", "--ascii", "--driver", "ansi");
        octomove.EngineOptions.ShouldBe(["--config", "c.json", "--set", "New:Home=/srv/octopus home", "--set", "Shape=rehearsal"]);
    }

    [Theory]
    [InlineData("octomove.exe", "octomove.exe")]
    [InlineData(@"C:\Program Files\octomove.exe", @"""C:\Program Files\octomove.exe""")]
    [InlineData("", "\"\"")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData(@"\\share\move folder\", @"""\\share\move folder\\""")]
    [InlineData("a\\\"b c", "\"a\\\\\\\"b c\"")]
    public void A_word_is_quoted_as_the_c_runtime_takes_it_apart(string word, string quoted) => WindowsWords.Joined([word]).ShouldBe(quoted);

    [Fact]
    public void The_scheduled_task_runs_once_without_a_limit_and_names_no_variable()
    {
        var definition = XDocument.Parse(ScheduledEngine.Definition(
            new ThisProgram(@"C:\Tools & more\octomove.exe", []), ["engine", "--set", "New:Home=D:\\Octopus <x>", ScheduledEngine.GivenEnvironment], @"C:\Users\Me"));
        XNamespace task = "http://schemas.microsoft.com/windows/2004/02/mit/task";
        var exec = definition.Descendants(task + "Exec").ShouldHaveSingleItem();
        exec.Element(task + "Command")!.Value.ShouldBe(@"C:\Tools & more\octomove.exe");
        exec.Element(task + "Arguments")!.Value.ShouldBe("engine --set \"New:Home=D:\\Octopus <x>\" --given-environment");
        definition.Descendants(task + "ExecutionTimeLimit").Single().Value.ShouldBe("PT0S");
        definition.Descendants(task + "Triggers").ShouldBeEmpty();
    }

    private static ProgramSettings Settings(string folder) => new(new MoveSettings { Move = folder }, new ScreenSettings());

    private static EngineStarter Starter(Func<IReadOnlyList<string>, MeetingPlace, string?> start) =>
        new((_, _, _, _) => Task.FromResult(ACommandLine.Ended(MoveOutcome.Finished, 0)), new AProcess(start), TimeProvider.System);

    private sealed class AProcess(Func<IReadOnlyList<string>, MeetingPlace, string?> start) : IEngineProcess
    {
        public Task<string?> StartAsync(IReadOnlyList<string> arguments, MeetingPlace place, CancellationToken cancel) => Task.FromResult(start(arguments, place));
    }
}
