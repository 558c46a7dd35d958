using System.Collections;
using OctoMoveTui.Attaching;
using OctoMoveTui.CommandLine;
using OctoMoveTui.Tui;
using Terminal.Gui.Drivers;

using var signals = new StopSignals();
var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");

return await new OctoMoveCommand(new Surroundings
{
    Out = Console.Out,
    Error = Console.Error,
    Keyboard = new ConsoleKeyboard(),
    HasTerminal = () => Driver.IsAttachedToTerminal(out _, out _),
    Width = () => Console.IsOutputRedirected ? null : Console.WindowWidth,
    Environment = environment,
    CurrentFolder = Environment.CurrentDirectory,
    ProgramFolder = AppContext.BaseDirectory,
    Time = TimeProvider.System,
    Run = new HostedRun(TimeProvider.System).RunAsync,
    FindEngine = async (folder, looksOn, cancel) => await EngineClient.FindAsync(MeetingPlace.Of(folder), looksOn, cancel) is { } client
        ? new EngineElsewhere(client, folder, looksOn, TimeProvider.System) : null,
    ShowScreen = new Screen(signals, TimeProvider.System, Console.Out, environment).ShowAsync,
    Stop = signals.Token,
    SayAtSignal = sentence => signals.Sentence = sentence,
}).RunAsync(args);
