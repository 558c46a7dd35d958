using System.Collections;
using OctoMoveTui.CommandLine;
using OctoMoveTui.Engine.Moving;
using Terminal.Gui.Drivers;

using var signals = new StopSignals();
return await new OctoMoveCommand(new Surroundings
{
    Out = Console.Out,
    Error = Console.Error,
    Keyboard = new ConsoleKeyboard(),
    HasTerminal = () => Driver.IsAttachedToTerminal(out _, out _),
    Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? ""),
    CurrentFolder = Environment.CurrentDirectory,
    ProgramFolder = AppContext.BaseDirectory,
    Time = TimeProvider.System,
    Run = (settings, frontEnd, request, cancel) => new Mover(settings, frontEnd, TimeProvider.System).RunAsync(request, cancel),
    ShowScreen = (_, _, _) => throw new NotImplementedException(),
    Stop = signals.Token,
}).RunAsync(args);
