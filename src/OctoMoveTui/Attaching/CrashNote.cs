using System.Globalization;
using OctoMoveTui.Engine.Journal;

namespace OctoMoveTui.Attaching;

/// <summary>
/// A defect that ends this process leaves a note beside the logs, for nobody sees what it prints. Which exception where, and not its message: nothing has
/// taken the secrets out of that.
/// </summary>
internal sealed class CrashNote : IDisposable
{
    private readonly MoveFolder folder;
    private readonly TimeProvider time;

    public CrashNote(string moveFolder, TimeProvider time)
    {
        folder = new MoveFolder(moveFolder);
        this.time = time;
        AppDomain.CurrentDomain.UnhandledException += Write;
    }

    public void Dispose() => AppDomain.CurrentDomain.UnhandledException -= Write;

    private void Write(object sender, UnhandledExceptionEventArgs happened)
    {
        try
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{Environment.ProcessId}-crash.txt");
            File.WriteAllLines(Path.Combine(folder.Logs, name), Lines(happened.ExceptionObject as Exception));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The journal still says in the middle of what it ended.
        }
    }

    /// <summary>Which exceptions, and where they were thrown.</summary>
    internal static IEnumerable<string> Lines(Exception? defect)
    {
        for (; defect is not null; defect = defect.InnerException)
        {
            yield return defect.GetType().FullName ?? "";
            yield return defect.StackTrace ?? "";
        }
    }
}
