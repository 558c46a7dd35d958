namespace OctoMoveTui.Sandbox.StandIns;

/// <summary>Writes the small scripts that lie where octomove looks for Octopus.Server, sc and schtasks.</summary>
internal static class Launcher
{
    /// <summary>The name a program has on this operating system: a script needs its extension on Windows only.</summary>
    public static string FileName(string tool) => OperatingSystem.IsWindows() ? tool + ".cmd" : tool;

    public static string Write(string folder, string tool, string machine, string socketFile)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, FileName(tool));
        string[] command = [DotnetHost, "exec", Sandbox, "stand-in", socketFile, machine, tool];
        if (OperatingSystem.IsWindows())
        {
            File.WriteAllText(file, $"@{string.Join(' ', command.Select(word => $"\"{word}\""))} %*\r\n");
            return file;
        }

        // exec: the stand-in takes the script's place, so that whoever kills the program kills it and not only a shell.
        File.WriteAllText(file, $"#!/bin/sh\nexec {string.Join(' ', command.Select(Quote))} \"$@\"\n");
        File.SetUnixFileMode(file, (UnixFileMode)Convert.ToInt32("755", 8));
        return file;
    }

    /// <summary>The dotnet host that runs dlls: the one that runs us, unless we were started by an apphost or inside a test runner.</summary>
    public static string DotnetHost
    {
        get
        {
            if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } told && File.Exists(told))
                return told;

            var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
            if (Path.GetFileName(Environment.ProcessPath) == name)
                return Environment.ProcessPath!;

            // …/shared/Microsoft.NETCore.App/10.0.x/ lies three below the host.
            var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
            var host = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", name));
            return File.Exists(host) ? host : name;
        }
    }

    private static string Sandbox => typeof(Launcher).Assembly.Location;

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
