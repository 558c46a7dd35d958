using System.Diagnostics;
using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Tests.Killed;

/// <summary>
/// What .NET calls before the Main of a program that is started with DOTNET_STARTUP_HOOKS: so the octomove that ships is watched, and killed at
/// one of its effects, without knowing of it.
/// </summary>
internal static class StartupHook
{
    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new Listeners());

    private sealed class Listeners : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == Effect.Listener)
                value.Subscribe(new Watcher());
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
