using System.Globalization;
using System.Text;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// The processes of Octopus Server on a machine: by <c>tasklist.exe</c>, which names the service of each, else by <c>/proc</c>, which has the command line
/// with the instance. The only file that spells tasklist's options.
/// </summary>
/// <param name="tasklist">The program; null where there is none.</param>
/// <param name="proc">Linux's directory of processes.</param>
internal sealed class ProcessList(Programs? tasklist, string proc = "/proc")
{
    private const string Image = "Octopus.Server.exe";

    /// <summary>How they are looked for, in words.</summary>
    internal string How => tasklist is not null ? tasklist.File : proc;

    /// <summary>True when tasklist is asked.</summary>
    internal bool IsTasklist => tasklist is not null;

    /// <summary>The argument list that lists them.</summary>
    internal static IReadOnlyList<string> List => ["/svc", "/fo", "csv", "/nh", "/fi", $"imagename eq {Image}"];

    /// <summary>All of them; null when that can't be told.</summary>
    internal async Task<IReadOnlyList<OctopusProcess>?> FindAsync(CancellationToken cancel)
    {
        if (tasklist is null)
            return Directory.Exists(proc) ? [.. Directory.EnumerateDirectories(proc).Select(Read).OfType<OctopusProcess>()] : null;
        try
        {
            var output = await tasklist.RunAsync(List, true, cancel);

            // Where there is none it says so: silence tells nothing.
            return output.ExitCode == 0 && output.Output.Trim().Length > 0 ? Listed(output.Output) : null;
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.OctopusCommand)
        {
            return null;
        }
    }

    // "Octopus.Server.exe","1234","OctopusDeploy"; without a service a word for "not available" in the system's language. Where there is none at all
    // a sentence says so.
    internal static IReadOnlyList<OctopusProcess> Listed(string output) =>
        [.. output.Split('\n').Select(line => line.Trim().Trim('"').Split("\",\""))
            .Where(cells => cells.Length >= 3 && int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(cells => new OctopusProcess(int.Parse(cells[1], CultureInfo.InvariantCulture), cells[2].Split(','), null))];

    private static OctopusProcess? Read(string directory)
    {
        try
        {
            if (!int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                return null;
            var words = Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(directory, "cmdline"))).Split('\0', StringSplitOptions.RemoveEmptyEntries);
            var at = Array.FindIndex(words, word => Path.GetFileName(word) is "Octopus.Server" or "Octopus.Server.dll" or Image);
            return at is 0 or 1 ? new OctopusProcess(id, [], InstanceIn(words[(at + 1)..])) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is somebody else's.
            return null;
        }
    }

    // Only "run" is the server; its other commands come and go.
    private static string? InstanceIn(string[] words)
    {
        if (words is not ["run", ..])
            return null;
        var at = Array.FindIndex(words, word => word.TrimStart('-').Split('=')[0].Equals("instance", StringComparison.OrdinalIgnoreCase));
        return at < 0 ? "OctopusServer"
            : words[at].Contains('=', StringComparison.Ordinal) ? words[at][(words[at].IndexOf('=', StringComparison.Ordinal) + 1)..].Trim('"')
            : at + 1 < words.Length ? words[at + 1] : null;
    }
}

/// <summary>A process of Octopus Server.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Services">The services it is the process of; a word for none where it is none's.</param>
/// <param name="Instance">The instance that it runs, or null when that can't be told, or it is no running server.</param>
internal sealed record OctopusProcess(int Id, IReadOnlyList<string> Services, string? Instance)
{
    /// <summary>True when it is the server of that service, or of that instance.</summary>
    internal bool Runs(string service, string instance) =>
        Services.Contains(service, StringComparer.OrdinalIgnoreCase) || string.Equals(Instance, instance, StringComparison.OrdinalIgnoreCase);

    /// <summary>True when a service of Octopus is said to run in it; each of their names begins so.</summary>
    internal bool IsOfSomeService => Services.Any(each => each.StartsWith("OctopusDeploy", StringComparison.OrdinalIgnoreCase));
}
