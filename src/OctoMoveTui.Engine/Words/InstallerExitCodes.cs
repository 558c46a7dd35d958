namespace OctoMoveTui.Engine.Words;

/// <summary>What the exit codes of Windows Installer mean (source: Windows' list of MsiExec.exe and InstMsi.exe error messages), and what to do.</summary>
internal static class InstallerExitCodes
{
    internal const int Success = 0;

    /// <summary>ERROR_SUCCESS_REBOOT_INITIATED: Windows is going down now.</summary>
    internal const int RestartBegun = 1641;

    /// <summary>ERROR_SUCCESS_REBOOT_REQUIRED.</summary>
    internal const int RestartWanted = 3010;

    private const string Elevate = "Start octomove from an elevated prompt (Run as administrator), then start it again on this move folder.";

    private static readonly IReadOnlyDictionary<int, (string Why, string[] ToDo)> Codes = new Dictionary<int, (string, string[])>
    {
        [5] = ("Access was denied: octomove does not run with administrator rights, or a policy forbids it.", [Elevate]),
        [112] = ("The disk is full.", ["Make room on the disk that it is installed to and on the one of Windows, then Retry."]),
        [740] = ("It needs administrator rights, and octomove has none.", [Elevate]),
        [1601] = ("The Windows Installer service can't be reached.", ["Look whether the service msiserver is disabled (sc qc msiserver), then Retry."]),
        [1602] = ("It was cancelled: somebody ended it, or a security product did.", ["Find out who, then Retry."]),
        [1603] = ("It failed and took back what it had done. The log says at which action; the lines that tell are below.",
            ["Put right what they say (often: no administrator rights, a file in use, a full disk, a pending restart of Windows), then Retry."]),
        [1612] = ("The installer's source is away.", ["Look whether the disk or share is there, or copy the MSI to a local folder (New:InstallerFolder), then Retry."]),
        [1618] = ("Another installation is running on this machine: Windows Update, another MSI, or an earlier try that has not ended.",
            ["Wait until it is done (a few minutes), then Retry. octomove waits as long as you do."]),
        [1619] = ("The package can't be opened: its disk or share is away, or the Windows Installer service may not read it there.",
            ["Copy the MSI to a local folder, name that folder in New:InstallerFolder or put it beside the move folder, then Retry."]),
        [1620] = ("The package is damaged.", ["Get it again, then Retry."]),
        [1625] = ("A policy of this machine or domain forbids it.", ["Have an administrator of the domain allow this MSI (or install it by their own means), then Retry."]),
        [1633] = ("The package is not for this processor: Octopus Server needs 64-bit Windows.", ["Move to a 64-bit Windows Server."]),
        [1638] = ("Another version of Octopus Server is installed, and the installer does not replace it.",
            ["Uninstall that one first (Settings > Apps; instances, configuration and data stay), then Retry."]),
        [1639] = ("msiexec did not understand its command line.", ["Run the command that the log shows by hand, and report this."]),
        [1640] = ("Windows Installer does not install from a Remote Desktop session here.", ["Start octomove on the machine's own console, or have the policy changed."]),
        [1643] = ("A system policy forbids the installation.", ["Have an administrator of the domain allow this MSI, then Retry."]),
        [1644] = ("A system policy forbids one of its settings.", ["Have an administrator of the domain allow this MSI, then Retry."]),
        [1925] = ("It needs administrator rights, and octomove has none.", [Elevate]),
    };

    /// <summary>The codes that have words of their own.</summary>
    internal static IEnumerable<int> Known => [Success, RestartBegun, RestartWanted, .. Codes.Keys];

    /// <summary>Why, and what to do. Error 1925 stands in the log of an installation that only said 1603.</summary>
    internal static (string Why, IReadOnlyList<string> ToDo) Explain(int exitCode, IReadOnlyList<string> reasons)
    {
        var code = exitCode == 1603 && reasons.Any(each => each.Contains(" 1925.", StringComparison.Ordinal)) ? 1925 : exitCode;
        return Codes.TryGetValue(code, out var words) ? words : ("", ["Read what it said below, put that right, then Retry."]);
    }
}
