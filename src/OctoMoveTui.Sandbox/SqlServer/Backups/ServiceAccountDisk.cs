namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>The disk as the server's service account sees it: Windows error codes on every platform, as SQL Server reports them.</summary>
internal sealed class ServiceAccountDisk(SqlServerOptions options, ServerPaths paths, IReadOnlyList<string> own)
{
    public const int NotFound = 2,
        PathNotFound = 3,
        AccessDenied = 5,
        InUse = 32,
        NotSupported = 50,
        NoNetworkPath = 53,
        WrongPassword = 86,
        Full = 112;

    /// <summary>Why a file can't be written there; null: it can.</summary>
    public int? WhyNotWritable(string path) => WhyNot(path, MayWrite(path));

    /// <summary>Why a file can't be read; null: it can.</summary>
    public int? WhyNotReadable(string path) => WhyNot(path, MayRead(path)) ?? (File.Exists(Real(path)) ? null : NotFound);

    public bool MayWrite(string path) => IsOwn(path) || (options.WritableFolders?.Any(folder => IsBeneath(Real(path), paths.FolderOfTest(folder))) ?? true);

    public bool MayRead(string path) =>
        IsOwn(path)
        || (options.WritableFolders is null && options.ReadableFolders is null)
        || (options.WritableFolders ?? []).Concat(options.ReadableFolders ?? []).Any(folder => IsBeneath(Real(path), paths.FolderOfTest(folder)));

    /// <summary>Where it lies for this process.</summary>
    public string Real(string path) => paths.ToReal(path);

    public long FreeBytes(string folder) => options.FreeBytes ?? DriveOf(Real(folder)).AvailableFreeSpace;

    public long TotalBytes(string folder) => Math.Max(DriveOf(Real(folder)).TotalSize, options.FreeBytes ?? 0);

    public string VolumeOf(string path) =>
        paths.IsWindows == OperatingSystem.IsWindows() ? DriveOf(path).RootDirectory.FullName
        : paths.IsWindows ? char.ToUpperInvariant(path[0]) + @":\"
        : "/";

    private static DriveInfo DriveOf(string path)
    {
        var full = Path.GetFullPath(path);
        return DriveInfo
                .GetDrives()
                .Where(drive => drive.IsReady && IsBeneath(full, drive.RootDirectory.FullName))
                .OrderByDescending(drive => drive.RootDirectory.FullName.Length)
                .FirstOrDefault()
            ?? new DriveInfo(Path.GetPathRoot(full)!);
    }

    public static string Describe(int code) =>
        code switch
        {
            NotFound => "2(The system cannot find the file specified.)",
            PathNotFound => "3(The system cannot find the path specified.)",
            InUse => "32(The process cannot access the file because it is being used by another process.)",
            NotSupported => "50(The request is not supported.)",
            NoNetworkPath => "53(The network path was not found.)",
            WrongPassword => "86(The specified network password is not correct.)",
            Full => "112(There is not enough space on the disk.)",
            _ => "5(Access is denied.)",
        };

    private int? WhyNot(string path, bool allowed)
    {
        if (paths.IsUnreachableShare(path))
        {
            return NoNetworkPath;
        }
        if (!paths.IsFullyQualified(path) || !Directory.Exists(Path.GetDirectoryName(Real(path))))
        {
            // On Linux SQL Server says "access denied" of a directory that isn't there.
            return paths.IsWindows ? PathNotFound : AccessDenied;
        }
        return !allowed || Directory.Exists(Real(path)) ? AccessDenied : null;
    }

    private bool IsOwn(string path) => own.Any(folder => IsBeneath(Real(path), Real(folder)));

    private static bool IsBeneath(string path, string folder)
    {
        var relative = Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(path));
        return relative == "." || (!relative.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(relative));
    }
}
