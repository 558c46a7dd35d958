using System.Collections;
using OctoMoveTui.CommandLine;
using OctoMoveTui.Engine.Moving;
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
    Run = (settings, frontEnd, request, cancel) => new Mover(settings, frontEnd, TimeProvider.System).RunAsync(request, cancel),
    ShowScreen = new Screen(signals, TimeProvider.System, Console.Out, environment).ShowAsync,
    Stop = signals.Token,
}).RunAsync(args);
