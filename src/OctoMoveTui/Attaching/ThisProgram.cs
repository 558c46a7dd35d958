namespace OctoMoveTui.Attaching;

/// <summary>How this program is started once more: by its own file, or by dotnet with its library.</summary>
/// <param name="File">The program.</param>
/// <param name="First">What has to come before its own arguments.</param>
internal sealed record ThisProgram(string File, IReadOnlyList<string> First)
{
    public static ThisProgram Find()
    {
        var file = Environment.ProcessPath ?? throw new IOException("/proc is not there: octomove can't find its own file.");
        return Path.GetFileNameWithoutExtension(file).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? new ThisProgram(file, ["exec", Path.GetFullPath(Environment.GetCommandLineArgs()[0])])
            : new ThisProgram(file, []);
    }
}
