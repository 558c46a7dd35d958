using System.Net.NetworkInformation;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32;

namespace OctoMoveTui.Engine.Journal;

/// <summary>What tells this machine, and this start of it, from others.</summary>
internal static class ThisMachine
{
    private static readonly Lazy<string> KnownHost = new(FindHost);
    private static readonly Lazy<string?> KnownId = new(FindId);

    /// <summary>Its name, with its domain where it has one: two machines may share the first part.</summary>
    internal static string Host => KnownHost.Value;

    /// <summary>A hash of the id that its system was installed with; null where it has none. The id itself is nobody else's business (machine-id(5)).</summary>
    internal static string? Id => KnownId.Value;

    /// <summary>Which start of the machine this is: Linux names each; null elsewhere.</summary>
    internal static string? Boot => OperatingSystem.IsLinux() ? FirstLine("/proc/sys/kernel/random/boot_id") : null;

    /// <summary>The numbering of processes that this one is in: the same number means another process in another container.</summary>
    internal static string? Processes
    {
        get
        {
            try
            {
                return OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget : null;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    private static string FindHost()
    {
        try
        {
            var domain = IPGlobalProperties.GetIPGlobalProperties().DomainName;
            return domain.Length == 0 || domain == "(none)" ? Environment.MachineName : $"{Environment.MachineName}.{domain}";
        }
        catch (NetworkInformationException)
        {
            return Environment.MachineName;
        }
    }

    private static string? FindId()
    {
        var id = OperatingSystem.IsWindows() ? WindowsId() : FirstLine("/etc/machine-id") ?? FirstLine("/var/lib/dbus/machine-id");
        return id is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("octomove " + id)))[..16];
    }

    [SupportedOSPlatform("windows")]
    private static string? WindowsId()
    {
        try
        {
            return Registry.GetValue(@"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Cryptography", "MachineGuid", null) as string;
        }
        catch (Exception error) when (error is IOException or System.Security.SecurityException)
        {
            return null;
        }
    }

    private static string? FirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault(each => each.Trim().Length > 0)?.Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
