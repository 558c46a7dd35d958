namespace OctoMoveTui.Tests.Support;

/// <summary>Files of the repository that tests hold in step with the code.</summary>
public static class Repository
{
    /// <summary>The environment variable that makes tests write what they otherwise compare.</summary>
    public const string WriteVariable = "OCTOMOVE_TEST_WRITE";

    /// <summary>The path of a file, named from the root of the repository.</summary>
    public static string PathOf(params string[] names)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OctoMoveTui.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("OctoMoveTui.sln is above none of the folders.");
        }

        return Path.Combine([folder.FullName, .. names]);
    }

    /// <summary>A document that is made of the code: compared with what is committed, or written when the environment says so.</summary>
    public static void ShouldHold(string document, params string[] names)
    {
        var path = PathOf(names);
        if (Environment.GetEnvironmentVariable(WriteVariable) is "1")
        {
            File.WriteAllText(path, document);
        }

        (File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "").ShouldBe(
            document, $"{Path.Combine(names)} is out of step: run this test with {WriteVariable}=1 and commit the file.");
    }
}
