using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>What stands behind DISK = or URL =: its name as messages show it, and the file in which it really is.</summary>
internal sealed record BackupDevice(string Name, string Path, bool IsUrl)
{
    private const int MostDevices = 64;

    /// <summary>DeviceType in HEADERONLY and msdb: 2 disk, 9 URL (RESTORE HEADERONLY's documentation).</summary>
    public byte Type => IsUrl ? (byte)9 : (byte)2;

    /// <summary>The devices of a statement, not yet looked at.</summary>
    public static async Task<IReadOnlyList<BackupDevice>> ReadAsync(Execution execution, IList<DeviceInfo> devices)
    {
        if (devices.Count > MostDevices)
        {
            throw BackupErrors.TooManyDevices();
        }
        if (devices.Select(device => device.DeviceType).Distinct().Count() > 1)
        {
            throw BackupErrors.MixedDevices();
        }
        var found = new List<BackupDevice>();
        foreach (var device in devices)
        {
            if (device.PhysicalDevice is null || device.DeviceType is not (DeviceType.Disk or DeviceType.Url))
            {
                throw SqlErrors.NotModelled("a backup device that is neither DISK nor URL");
            }
            var name = await SessionStatements.TextAsync(execution, device.PhysicalDevice);
            found.Add(device.DeviceType == DeviceType.Url ? BlobStore.Find(execution.Server, name) : OnDisk(execution.Server, name));
        }
        return found;
    }

    /// <summary>A bare name lands in the server's own folder.</summary>
    private static BackupDevice OnDisk(SqlServerInstance server, string name)
    {
        if (name.Length == 0)
        {
            throw BackupErrors.NoDeviceName();
        }
        var isWhole = server.Paths.IsFullyQualified(name) || name.Contains(server.Paths.Separator, StringComparison.Ordinal);
        var path = isWhole ? name : server.Paths.Combine(server.BackupFolder, name);
        return new BackupDevice(path, server.Paths.ToReal(path), IsUrl: false);
    }

    /// <summary>3201 where the service account, or the credential, can't write.</summary>
    public void DemandWritable(SqlServerInstance server)
    {
        if ((IsUrl ? BlobStore.WhyNot(server, this) : server.Disk.WhyNotWritable(Name)) is { } why)
        {
            throw BackupErrors.CannotOpen(Name, why, forWriting: true);
        }
    }

    /// <summary>3201 where the service account, or the credential, can't read.</summary>
    public void DemandReadable(SqlServerInstance server)
    {
        var why = IsUrl
            ? BlobStore.WhyNot(server, this) ?? (File.Exists(Path) ? null : ServiceAccountDisk.NotFound)
            : server.Disk.WhyNotReadable(Name);
        if (why is { } code)
        {
            throw BackupErrors.CannotOpen(Name, code, forWriting: false);
        }
    }
}
