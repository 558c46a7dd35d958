using System.Text.RegularExpressions;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// What the installer, and versions before 2020, wrote into the registry of Windows, asked through <c>reg.exe</c>: the only file that spells its verbs and
/// Octopus's keys (source: the OctopusDSC module). Only reads.
/// </summary>
public sealed partial class RegistryQuery(Programs reg)
{
    private const string Key = @"HKLM\Software\Octopus\OctopusServer";

    /// <summary>The folder that the installer put Octopus Server in; null when nothing is written there, or there is no registry.</summary>
    public async Task<string?> FindInstallFolderAsync(CancellationToken cancel) =>
        // The 64-bit view: a 32-bit octomove would otherwise be shown another part of the registry.
        (await ReadAsync(["query", Key, "/v", "InstallLocation", "/reg:64"], cancel)).FirstOrDefault(each => each.Name == "InstallLocation").Value;

    /// <summary>The instances that versions before 2020 registered there; newer ones move them to files when they are first used.</summary>
    public async Task<IReadOnlyList<InstanceRecord>> FindInstancesAsync(CancellationToken cancel) =>
        [.. (await ReadAsync(["query", Key, "/s", "/reg:64"], cancel))
            .Where(each => each.Name == "ConfigurationFilePath")
            .Select(each => new InstanceRecord(each.Key[(each.Key.LastIndexOf('\\') + 1)..], each.Value))];

    private async Task<IReadOnlyList<(string Key, string Name, string Value)>> ReadAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        ProgramOutput output;
        try
        {
            output = await reg.RunAsync(arguments, true, cancel);
        }
        catch (Moving.MoveFailure)
        {
            // Elsewhere than on Windows there is none, and there nothing was ever written into it.
            return [];
        }

        // A key or value that is not there is exit code 1; what else may go wrong means the same here: look elsewhere.
        return output.ExitCode == 0 ? Values(output.Output) : [];
    }

    /// <summary>What <c>reg query</c> prints.</summary>
    internal static IReadOnlyList<(string Key, string Name, string Value)> Values(string output)
    {
        var (found, key) = (new List<(string, string, string)>(), "");
        foreach (var line in output.Split('\n'))
        {
            if (line.StartsWith("HKEY_", StringComparison.Ordinal))
                key = line.Trim();
            else if (Value().Match(line) is { Success: true } match)
                found.Add((key, match.Groups["name"].Value, match.Groups["value"].Value.Trim()));
        }

        return found;
    }

    [GeneratedRegex(@"^\s+(?<name>.+?)\s+REG_(EXPAND_)?SZ\s+(?<value>.+)$")]
    private static partial Regex Value();
}
