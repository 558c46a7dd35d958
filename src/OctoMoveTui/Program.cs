using System.Collections;
using OctoMoveTui.Attaching;
using OctoMoveTui.CommandLine;
using OctoMoveTui.Tui;
using Terminal.Gui.Drivers;

using var signals = new StopSignals();
var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");

if (args is [EngineStarter.Command, ..])
{
    EngineSession.Detach(signals);
}

RunMove run = new HostedRun(TimeProvider.System).RunAsync;
var starter = new EngineStarter(
    run,
    OperatingSystem.IsWindows() ? new WindowsEngineProcess(ThisProgram.Find(), Environment.CurrentDirectory, environment, TimeProvider.System) : new UnixEngineProcess(ThisProgram.Find(), Environment.CurrentDirectory),
    TimeProvider.System);

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
    Run = run,
    FindEngine = starter.FindAsync,
    StartEngine = starter.StartAsync,
    ReceiveEnvironment = (folder, cancel) => EnvironmentHandover.ReceiveAsync(MeetingPlace.Of(folder), TimeProvider.System, cancel),
    BeEngine = new EngineSession(signals, Console.Out, TimeProvider.System).RunAsync,
    ShowScreen = new Screen(signals, TimeProvider.System, Console.Out, environment).ShowAsync,
    Stop = signals.Token,
    SayAtSignal = sentence => signals.Sentence = sentence,
}).RunAsync(args);
