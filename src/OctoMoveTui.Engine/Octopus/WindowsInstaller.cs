using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>Windows Installer's <c>msiexec</c>: the only file that spells its options.</summary>
public sealed class WindowsInstaller(Programs msiexec)
{
    /// <summary>The program.</summary>
    public string File => msiexec.File;

    /// <summary>True when this machine has it: elsewhere than on Windows nothing can be installed by it.</summary>
    public bool IsThere => msiexec.IsThere;

    /// <summary>
    /// Installs a package without asking or starting anything: <c>RUNMANAGERONEXIT=no</c>, or Octopus Manager starts and with it a service that it
    /// finds (#2332). Another place than the installer's own is told it by <paramref name="location"/>.
    /// </summary>
    public static string Install(string package, string log, string? location) =>
        string.Join(' ', (string[])["/i", Quoted(package), "/quiet", "/norestart", "/l*v", Quoted(log), "RUNMANAGERONEXIT=no",
            .. location is null ? [] : (string[])[$"INSTALLLOCATION={Quoted(location)}"]]);

    /// <summary>Takes it away again; configuration and data of its instances stay. Only ever shown.</summary>
    public static string Uninstall(string package) => $"/x {Quoted(package)} /quiet /norestart";

    /// <summary>
    /// Runs one of them to its end. It can't be stopped in the middle: Windows Installer's service would go on, or roll back, without anybody looking.
    /// </summary>
    /// <returns>Its exit code, from the log where that says more: outside Windows a program's exit code has eight bits only.</returns>
    public async Task<(int ExitCode, InstallerLog Log, string Output)> RunAsync(string arguments, string log)
    {
        System.IO.File.Delete(log);
        var output = await msiexec.RunAsWrittenAsync(arguments);
        var read = InstallerLog.Read(log);
        var exitCode = read.ExitCode is { } told && (told & 0xFF) == (output.ExitCode & 0xFF) ? told : output.ExitCode;
        return (exitCode, read, output.Everything.Trim());
    }

    /// <summary>The whole command line, for a person to read and to paste.</summary>
    public static string Show(string file, string arguments) => $"{Quoted(file)} {arguments}";

    // msiexec parses its own command line: of NAME=value only the value may stand in quotes. A '\' before the closing one would quote that.
    private static string Quoted(string text) => text.Contains(' ', StringComparison.Ordinal) ? $"\"{text.TrimEnd('\\')}\"" : text;
}
