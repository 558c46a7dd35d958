using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.TSql;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>Names, devices and numbers in BACKUP and RESTORE: literals or variables.</summary>
internal static class MediaOptions
{
    private const int MostDevices = 64;

    public static async Task<string> NameAsync(Execution execution, IdentifierOrValueExpression name) =>
        name.Identifier is { } identifier ? identifier.Value : await SessionStatements.TextAsync(execution, name.ValueExpression);

    public static async Task<IReadOnlyList<string>> DevicesAsync(Execution execution, IList<DeviceInfo> devices)
    {
        if (devices.Count > MostDevices)
        {
            throw BackupErrors.TooManyDevices();
        }
        var paths = new List<string>();
        foreach (var device in devices)
        {
            if (device.DeviceType != DeviceType.Disk || device.PhysicalDevice is null)
            {
                throw SqlErrors.NotModelled($"a backup device that is not DISK");
            }
            var path = await SessionStatements.TextAsync(execution, device.PhysicalDevice);
            // A bare name lands in the server's own folder.
            paths.Add(
                Path.IsPathFullyQualified(path) || path.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
                    ? path
                    : Path.Combine(execution.Server.BackupFolder, path)
            );
        }
        return paths;
    }

    public static async Task<int> NumberAsync(Execution execution, ScalarExpression? value, int fallback) =>
        value is null ? fallback : (int)await SessionStatements.NumberAsync(execution, value);

    public static async Task<string?> TextAsync(Execution execution, ScalarExpression value)
    {
        var (type, found) = await RowStatements.EvaluateAsync(execution, value);
        return (string?)Conversion.Convert(found, type, SqlType.NVarChar(SqlType.Max));
    }

    public static string Say(int percent) => string.Create(CultureInfo.InvariantCulture, $"{percent} percent processed.");
}
