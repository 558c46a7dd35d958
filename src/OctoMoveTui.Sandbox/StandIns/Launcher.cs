using System.Globalization;

namespace OctoMoveTui.Sandbox.StandIns;

/// <summary>Writes the small scripts that lie where octomove looks for Octopus.Server, sc, schtasks and the copying programs.</summary>
internal static class Launcher
{
    /// <summary>The name a program has on this operating system: a script needs its extension on Windows only.</summary>
    public static string FileName(string tool) => OperatingSystem.IsWindows() ? tool + ".cmd" : tool;

    public static string Write(string folder, string tool, string machine, int port)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, FileName(tool));
        string[] command = [DotnetHost, "exec", Sandbox, "stand-in", port.ToString(CultureInfo.InvariantCulture), machine, tool];
        if (OperatingSystem.IsWindows())
        {
            File.WriteAllText(file, $"@{string.Join(' ', command.Select(word => $"\"{word}\""))} %*\r\n");
            return file;
        }

        // exec: the stand-in takes the script's place, so that whoever kills the program kills it and not only a shell.
        var otherwise = $"exec {string.Join(' ', command.Select(Quote))} \"$@\"\n";
        File.WriteAllText(file, Array.Find(Shells, File.Exists) is { } bash ? $"#!{bash}\n{InBash(machine, tool, port)}{otherwise}" : $"#!/bin/sh\n{otherwise}");
        File.SetUnixFileMode(file, (UnixFileMode)Convert.ToInt32("755", 8));
        return file;
    }

    // The stand-in once more, in the shell's own words: a move starts some fifty, and bash is up in a tenth of the time that .NET takes. A bash
    // that was built without /dev/tcp, and a sandbox that is gone, fall through to the other one.
    private static string InBash(string machine, string tool, int port) => FormattableString.Invariant($$"""
        if { exec 3<>/dev/tcp/127.0.0.1/{{port}}; } 2>/dev/null; then
            printf '%s\0' "$(($# + 4))" {{Quote(machine)}} {{Quote(tool)}} "${{StandInCall.UserVariable}}" "${{StandInCall.PasswordVariable}}" "$@" >&3
            while IFS= read -r line <&3; do
                case $line in
                    {{Wire.Out}}*) printf '%s\n' "${line#?}" ;;
                    {{Wire.Error}}*) printf '%s\n' "${line#?}" >&2 ;;
                    *) exit "${line#?}" ;;
                esac
            done
            exit {{StandInClient.SandboxGone}}
        fi

        """);

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

    private static readonly string[] Shells = ["/bin/bash", "/usr/bin/bash", "/usr/local/bin/bash", "/opt/homebrew/bin/bash"];

    private static string Sandbox => typeof(Launcher).Assembly.Location;

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
