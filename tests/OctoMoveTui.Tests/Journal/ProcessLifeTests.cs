using CliWrap;
using CliWrap.EventStream;
using OctoMoveTui.Engine.Journal;

namespace OctoMoveTui.Tests.Journal;

/// <summary>A process is known by its number and by when it began.</summary>
public sealed class ProcessLifeTests
{
    [Fact]
    public void This_process_lives_and_began_once()
    {
        var me = RunIdentity.Here("OLD01", "0.1.0");
        me.ProcessBegan.ShouldNotBeNull();
        ProcessLife.BeganOf(me.Process).ShouldBe(me.ProcessBegan);
        ProcessLife.Of(me).ShouldBe(Life.Alive);
        me.SharesProcessesWith(RunIdentity.Here("ANOTHER-NAME", "0.1.0")).ShouldBeTrue("a name in a plan makes no other machine");
    }

    [Fact]
    public async Task A_program_that_ended_is_gone()
    {
        var number = 0;
        await foreach (var happening in Cli.Wrap("dotnet").WithArguments("--version").ListenAsync())
        {
            if (happening is StartedCommandEvent started)
                number = started.ProcessId;
        }

        ProcessLife.Of(RunIdentity.Here("OLD01", "0.1.0") with { Process = number }).ShouldBe(Life.Gone);
    }

    [Fact]
    public async Task A_killed_process_that_nobody_asked_after_still_has_its_number_and_is_gone_all_the_same()
    {
        if (!OperatingSystem.IsLinux())
            return;

        // The shell's child ends; what the shell has become by then never asks after it.
        using var stop = new CancellationTokenSource();
        var life = new TaskCompletionSource<(Life, bool)>();
        try
        {
            await foreach (var happening in Cli.Wrap("sh").WithArguments(["-c", "sleep 0.01 & echo $!; exec sleep 600"]).ListenAsync(stop.Token))
            {
                if (happening is not StandardOutputCommandEvent line)
                    continue;
                var number = int.Parse(line.Text, System.Globalization.CultureInfo.InvariantCulture);
                while (ProcessLife.Of(RunIdentity.Here("OLD01", "0.1.0") with { Process = number, ProcessBegan = ProcessLife.BeganOf(number) }) != Life.Gone)
                    await Task.Yield();
                life.SetResult((Life.Gone, Directory.Exists($"/proc/{line.Text}")));
                await stop.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
        }

        (await life.Task).ShouldBe((Life.Gone, true), "it is a zombie");
    }
}
