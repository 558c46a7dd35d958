using System.Runtime.CompilerServices;

namespace OctoMoveTui.Tests.Support;

/// <summary>
/// What tests count, for people to read: the test platform prints nothing of a test that passes. A file a test, in the folder "numbers" beside the tests, made anew
/// by each run; .ci/run and the Crash target of build.cake print them all.
/// </summary>
public static class Numbers
{
    private static readonly string Folder = Path.Join(AppContext.BaseDirectory, "numbers");

    /// <summary>Says it, in the test's own output too.</summary>
    public static void Say(ITestOutputHelper output, string line, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        output.WriteLine(line);
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Join(Folder, $"{Path.GetFileNameWithoutExtension(file)}.{test}.txt"), line + "\n");
    }
}
