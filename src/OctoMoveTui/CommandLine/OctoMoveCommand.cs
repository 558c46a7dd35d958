using System.CommandLine;
using OctoMoveTui.Attaching;
using OctoMoveTui.CommandLine.Configuring;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tui.Models;
using OctoMoveTui.Words;

namespace OctoMoveTui.CommandLine;

/// <summary>The command line: what can be typed, and what it starts.</summary>
internal sealed class OctoMoveCommand
{
    private readonly Surroundings surroundings;
    private readonly GlobalOptions global = new();
    private readonly RootCommand root = new(CommandLineWords.Root);

    public OctoMoveCommand(Surroundings surroundings)
    {
        this.surroundings = surroundings;
        global.AddTo(root);
        root.SetAction((typed, _) => GuardedAsync(typed, json: false, ScreenAsync));
        root.Add(Check());
        root.Add(Plan());
        root.Add(Run());
        root.Add(Status());
        root.Add(Verify());
        root.Add(Report());
        root.Add(Agree());
        root.Add(Attach());
    }

    /// <summary>Parses and runs; the result is the exit code.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var typed = root.Parse(arguments);
        if (typed.Errors.Count > 0)
        {
            foreach (var error in typed.Errors)
            {
                await surroundings.Error.WriteLineAsync(error.Message);
            }

            await surroundings.Error.WriteLineAsync(CommandLineWords.SeeHelp(typed.CommandResult.Command == root ? null : typed.CommandResult.Command.Name));

            return (int)FailureCause.Usage;
        }

        // Signals are ours (StopSignals): the library's own handling would end the process two seconds after the first one.
        return await typed.InvokeAsync(new InvocationConfiguration
        {
            Output = surroundings.Out,
            Error = surroundings.Error,
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        });
    }

    private Command Check()
    {
        var which = new Argument<string>("server") { Description = CommandLineWords.CheckWhich };
        which.AcceptOnlyFromAmong("old", "new");
        var queries = new Option<bool>("--queries") { Description = CommandLineWords.QueriesOption };
        var json = JsonOption();
        var command = new Command("check", CommandLineWords.Check) { which, queries, json };
        command.SetAction((typed, _) =>
        {
            var side = typed.GetRequiredValue(which) == "old" ? Side.Old : Side.New;
            return HeadlessAsync(typed, new HeadlessOrder(new MoveRequest(MovePurpose.Check, Side: side), typed.GetValue(json), Queries: typed.GetValue(queries)));
        });
        return command;
    }

    private Command Plan()
    {
        var json = JsonOption();
        var command = new Command("plan", CommandLineWords.Plan) { json };
        command.SetAction((typed, _) => HeadlessAsync(typed, new HeadlessOrder(new MoveRequest(MovePurpose.Plan), typed.GetValue(json))));
        return command;
    }

    private Command Run()
    {
        var until = new Option<string>("--until") { Description = CommandLineWords.UntilOption, HelpName = "STEP" };
        var yes = new Option<bool>("--yes") { Description = CommandLineWords.YesOption };
        var overwrite = new Option<string>("--overwrite-database") { Description = CommandLineWords.OverwriteOption, HelpName = "NAME" };
        var json = JsonOption();
        var command = new Command("run", CommandLineWords.Run) { until, yes, overwrite, json };
        command.SetAction((typed, _) =>
        {
            StepId? last = typed.GetValue(until) is { } step ? new StepId(step) : null;
            return HeadlessAsync(typed, new HeadlessOrder(
                new MoveRequest(MovePurpose.Move, last), typed.GetValue(json), typed.GetValue(yes), typed.GetValue(overwrite)));
        });
        return command;
    }

    private Command Status()
    {
        var json = JsonOption();
        var command = new Command("status", CommandLineWords.Status) { json };
        command.SetAction((typed, _) => HeadlessAsync(typed, new HeadlessOrder(new MoveRequest(MovePurpose.Status), typed.GetValue(json))));
        return command;
    }

    private Command Report()
    {
        var json = JsonOption();
        var command = new Command("report", CommandLineWords.Report) { json };
        command.SetAction((typed, _) => HeadlessAsync(typed, new HeadlessOrder(new MoveRequest(MovePurpose.Report), typed.GetValue(json))));
        return command;
    }

    private Command Verify()
    {
        var contents = new Option<bool>("--contents") { Description = CommandLineWords.ContentsOption };
        var times = new Option<bool>("--times") { Description = CommandLineWords.TimesOption };
        var repair = new Option<bool>("--repair") { Description = CommandLineWords.RepairOption };
        var json = JsonOption();
        var command = new Command("verify", CommandLineWords.Verify) { contents, times, repair, json };
        command.Validators.Add(typed =>
        {
            if (typed.GetValue(contents) && typed.GetValue(times))
            {
                typed.AddError(CommandLineWords.ContentsOrTimes);
            }
        });
        command.SetAction((typed, _) =>
        {
            VerifyDepth? depth = typed.GetValue(contents) ? VerifyDepth.Contents : typed.GetValue(times) ? VerifyDepth.SizesAndTimes : null;
            return HeadlessAsync(typed, new HeadlessOrder(
                new MoveRequest(MovePurpose.Verify, Depth: depth, Repair: typed.GetValue(repair)), typed.GetValue(json)));
        });
        return command;
    }

    private Command Agree()
    {
        var which = new Argument<string>("server") { Description = CommandLineWords.AgreeWhich };
        which.AcceptOnlyFromAmong("old", "new");
        var hashes = new Option<bool>("--hashes") { Description = CommandLineWords.HashesOption };
        var json = JsonOption();
        var command = new Command("agree", CommandLineWords.Agree) { which, hashes, json };
        command.SetAction((typed, _) =>
        {
            var side = typed.GetRequiredValue(which) == "old" ? Side.Old : Side.New;
            return HeadlessAsync(typed, new HeadlessOrder(
                new MoveRequest(MovePurpose.Agree, Side: side) { Hashes = typed.GetValue(hashes) }, typed.GetValue(json)));
        });
        return command;
    }

    private Command Attach()
    {
        var view = new Option<bool>("--view") { Description = CommandLineWords.ViewOption };
        var stop = new Option<bool>("--stop") { Description = CommandLineWords.StopOption };
        var command = new Command("attach", CommandLineWords.Attach) { view, stop };
        command.Validators.Add(typed =>
        {
            if (typed.GetValue(view) && typed.GetValue(stop))
            {
                typed.AddError(CommandLineWords.ViewOrStop);
            }
        });
        command.SetAction((typed, _) => GuardedAsync(typed, json: false, settings =>
        {
            var attached = new AttachedRun(surroundings, settings);
            return typed.GetValue(stop) ? attached.StopAsync() : attached.ShowAsync(looksOn: typed.GetValue(view));
        }));
        return command;
    }

    private Task<int> HeadlessAsync(ParseResult typed, HeadlessOrder order) =>
        GuardedAsync(typed, order.Json, settings => new HeadlessRun(surroundings, settings).RunAsync(order));

    private Task<int> ScreenAsync(ProgramSettings settings)
    {
        if (settings.Screen.Plain)
        {
            return new HeadlessRun(surroundings, settings).RunAsync(new HeadlessOrder(new MoveRequest(MovePurpose.Move)));
        }

        return surroundings.HasTerminal()
            ? surroundings.ShowScreen(settings, new EngineHere(surroundings.Run, settings.Move), surroundings.Stop)
            : throw new MoveFailure(new FailureReport(FailureCause.Usage, CommandLineWords.NoTerminal, "", []));
    }

    // The one place where what went wrong outside the engine becomes words and an exit code.
    private async Task<int> GuardedAsync(ParseResult typed, bool json, Func<ProgramSettings, Task<int>> run)
    {
        try
        {
            return await run(new ConfigurationLoader(surroundings).Load(typed.GetValue(global.Config), global.Settings(typed)));
        }
        catch (MoveFailure failure)
        {
            return Refuse(failure.Report, json);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Stopped;
        }
#pragma warning disable CA1031 // Whatever else comes here is a defect; it is said as one instead of as a stack trace on a half-drawn screen.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            return Refuse(
                new FailureReport(FailureCause.Defect, CommandLineWords.Defect, "", [CommandLineWords.DefectToDo(log: null)], defect.ToString()),
                json);
        }
    }

    private int Refuse(FailureReport failure, bool json)
    {
        if (json)
        {
            new JsonFrontEnd(surroundings.Out, new UnattendedAnswers(false, null, new MoveSettings(), _ => { })).Tell(
                new MoveEnded(MoveOutcome.Failed, failure.What, failure, (int)failure.Cause) { At = surroundings.Time.GetUtcNow() });
        }

        foreach (var line in FailureLines.Of(failure, Glyphs.Unicode))
        {
            surroundings.Error.WriteLine(line.Text);
        }

        return (int)failure.Cause;
    }

    private static Option<bool> JsonOption() => new("--json") { Description = CommandLineWords.JsonOption };
}
