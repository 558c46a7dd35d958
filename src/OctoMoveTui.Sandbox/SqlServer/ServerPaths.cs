namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>The system that SQL Server pretends to run on.</summary>
public enum ServerPlatform
{
    Windows,
    Linux,
}

/// <summary>
/// Paths as the server says them, and where they really lie. On the platform that this process runs on the two are the same. A server that
/// pretends the other one has its own folder under <c>C:\SqlData</c> or <c>/var/opt/mssql</c>, other drives and directories beneath that, and
/// shares where <see cref="SqlServerOptions.Shares"/> puts them.
/// </summary>
internal sealed class ServerPaths(SqlServerOptions options)
{
    private const string WindowsRoot = @"C:\SqlData",
        LinuxRoot = "/var/opt/mssql",
        Elsewhere = "elsewhere";

    private readonly string folder = Path.GetFullPath(options.Folder);

    public bool IsWindows { get; } = options.Platform is { } platform ? platform == ServerPlatform.Windows : OperatingSystem.IsWindows();

    /// <summary>Whether names mean the same to the server and to this process.</summary>
    private bool IsOurOwn => IsWindows == OperatingSystem.IsWindows();

    public char Separator => IsWindows ? '\\' : '/';

    /// <summary>How names of files compare: Windows doesn't mind case.</summary>
    public StringComparison Comparison => IsWindows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The folder beneath which data, log and backup folders lie, as the server says it.</summary>
    public string Root => IsOurOwn ? folder : IsWindows ? WindowsRoot : LinuxRoot;

    public bool IsFullyQualified(string path) =>
        IsWindows
            ? (path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && path[2] is '\\' or '/') || IsUnc(path)
            : path.StartsWith('/');

    public string Combine(string directory, string name) => directory.TrimEnd(Separator) + Separator + name;

    /// <summary>The directory that a path lies in; null: the path is a root.</summary>
    public string? DirectoryOf(string path)
    {
        var trimmed = path.TrimEnd('/', '\\');
        var at = trimmed.LastIndexOfAny(IsWindows ? ['\\', '/'] : ['/']);
        return at < 0 ? null : trimmed[..Math.Max(1, at)];
    }

    /// <summary>Where it lies for this process.</summary>
    public string ToReal(string path)
    {
        if (IsOurOwn)
        {
            return path;
        }
        if (Beneath(path, Root) is { } own)
        {
            return Join(folder, own);
        }
        foreach (var (share, real) in options.Shares)
        {
            if (Beneath(path, share) is { } shared)
            {
                return Join(real, shared);
            }
        }
        return Join(Path.Combine(folder, Elsewhere), path.Replace(':', '/').TrimStart('\\', '/'));
    }

    /// <summary>A folder that a test names: as the server says it, or as it really is.</summary>
    public string FolderOfTest(string path) => IsFullyQualified(path) ? ToReal(path) : path;

    /// <summary>A share that there is, or a share that nobody answers for.</summary>
    public bool IsUnreachableShare(string path) => IsWindows && IsUnc(path) && !IsOurOwn && options.Shares.Keys.All(share => Beneath(path, share) is null);

    private static bool IsUnc(string path) => path.StartsWith(@"\\", StringComparison.Ordinal) || path.StartsWith("//", StringComparison.Ordinal);

    /// <summary>What remains of the path below the folder; null: it lies elsewhere.</summary>
    private string? Beneath(string path, string directory)
    {
        var (full, above) = (Normal(path), Normal(directory).TrimEnd('/'));
        return full.Equals(above, Comparison) ? ""
            : full.StartsWith(above + "/", Comparison) ? full[(above.Length + 1)..]
            : null;
    }

    private string Normal(string path) => IsWindows ? path.Replace('\\', '/') : path;

    private static string Join(string real, string rest) =>
        rest.Split(['\\', '/'], StringSplitOptions.RemoveEmptyEntries).Aggregate(real, Path.Combine);
}
