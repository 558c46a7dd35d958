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
        root.SetAction((typed, _) => GuardedAsync(typed, json: false, settings => ScreenAsync(settings, typed)));
        root.Add(Check());
        root.Add(Plan());
        root.Add(Run());
        root.Add(Undo());
        root.Add(Status());
        root.Add(Verify());
        root.Add(Report());
        root.Add(Agree());
        root.Add(Attach());
        root.Add(Engine());
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

    private Command Undo()
    {
        var until = new Option<string>("--until") { Description = CommandLineWords.UndoUntilOption, HelpName = "STEP" };
        var yes = new Option<bool>("--yes") { Description = CommandLineWords.UndoYesOption };
        var drop = new Option<string>("--drop-database") { Description = CommandLineWords.DropOption, HelpName = "NAME" };
        var json = JsonOption();
        var command = new Command("undo", CommandLineWords.Undo) { until, yes, drop, json };
        command.SetAction((typed, _) =>
        {
            StepId? last = typed.GetValue(until) is { } step ? new StepId(step) : null;
            return HeadlessAsync(typed, new HeadlessOrder(
                new MoveRequest(MovePurpose.Undo, last), typed.GetValue(json), typed.GetValue(yes), DropDatabase: typed.GetValue(drop)));
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

    // What the screen starts. Not for people: whoever types it gets a move that nobody sees until somebody attaches.
    private Command Engine()
    {
        var given = new Option<bool>(ScheduledEngine.GivenEnvironment) { Hidden = true };
        var command = new Command(EngineStarter.Command, CommandLineWords.Engine) { given };
        command.Hidden = true;
        command.SetAction((typed, _) => typed.GetValue(given)
            ? GuardedAsync(() => EngineAfterHandoverAsync(typed), json: false)
            : GuardedAsync(typed, json: false, settings => surroundings.BeEngine(settings.Move)));
        return command;
    }

    private async Task<int> EngineAfterHandoverAsync(ParseResult typed)
    {
        var folder = global.Settings(typed).LastOrDefault(each => each.Key == "Move").Value ?? throw AttachFailures.NoFolder();
        var environment = await surroundings.ReceiveEnvironment(folder, surroundings.Stop);
        return await new OctoMoveCommand(surroundings with { Environment = environment })
            .RunAsync([.. typed.Tokens.Select(each => each.Value).Where(each => each != ScheduledEngine.GivenEnvironment)]);
    }

    private Task<int> HeadlessAsync(ParseResult typed, HeadlessOrder order) =>
        GuardedAsync(typed, order.Json, settings => new HeadlessRun(surroundings, settings).RunAsync(order));

    private async Task<int> ScreenAsync(ProgramSettings settings, ParseResult typed)
    {
        if (settings.Screen.Plain && !surroundings.Keyboard.IsThere)
        {
            return await new HeadlessRun(surroundings, settings).RunAsync(new HeadlessOrder(new MoveRequest(MovePurpose.Move)));
        }

        if (!settings.Screen.Plain && !surroundings.HasTerminal())
        {
            throw new MoveFailure(new FailureReport(FailureCause.Usage, CommandLineWords.NoTerminal, "", []));
        }

        var link = surroundings.StartEngine is { } start
            ? await start(settings, global.ForEngine(typed), surroundings.Stop)
            : new EngineHere(surroundings.Run, settings.Move);
        return settings.Screen.Plain
            ? await new PlainRun(surroundings, settings).RunAsync(link)
            : await surroundings.ShowScreen(settings, link, surroundings.Stop);
    }

    // The one place where what went wrong outside the engine becomes words and an exit code.
    private Task<int> GuardedAsync(ParseResult typed, bool json, Func<ProgramSettings, Task<int>> run) =>
        GuardedAsync(() => run(new ConfigurationLoader(surroundings).Load(typed.GetValue(global.Config), global.Settings(typed))), json);

    private async Task<int> GuardedAsync(Func<Task<int>> run, bool json)
    {
        try
        {
            return await run();
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
