using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.TSql;
using static OctoMoveTui.Sandbox.SqlServer.Catalog.CatalogView;

namespace OctoMoveTui.Sandbox.SqlServer.Catalog;

/// <summary>A table-valued function. A keyed one gives all its rows with the arguments in front, so that APPLY can join them.</summary>
internal sealed class TableFunction(string name, int arguments, bool keyed, IReadOnlyList<SourceColumn> columns, Func<CatalogContext, object?[], IEnumerable<object?[]>> rows)
{
    public string Name => name;
    public int Arguments => arguments;
    public bool IsKeyed => keyed;
    public IReadOnlyList<SourceColumn> Columns => columns;

    /// <summary>The major version that has it first; for older ones it is error 208.</summary>
    public int Since { get; init; }

    public IEnumerable<object?[]> Rows(CatalogContext context, object?[] values) => rows(context, values);
}

/// <summary>The table-valued functions of the sys schema.</summary>
internal static class TableFunctions
{
    private static readonly TableFunction[] All =
    [
        new("dm_os_volume_stats", 2, true, Define("""
            database_id int!, file_id int!, volume_mount_point nvarchar512, volume_id nvarchar512, logical_volume_name nvarchar512, file_system_type nvarchar512, total_bytes bigint, available_bytes bigint
            """), VolumeStats),
        new("dm_os_file_exists", 1, false, Define("file_exists bit!, file_is_a_directory bit!, parent_directory_exists bit!"), (context, values) => [FileExists(context.Server, context.Login.IsSysadmin, (string?)values[0])]) { Since = 14 },
        new("dm_os_enumerate_filesystem", 2, false, Define("""
            full_filesystem_path nvarchar512!, parent_directory nvarchar512!, file_or_directory_name nvarchar512!, level int!, is_directory bit!, size_in_bytes bigint!, last_write_time datetime2!
            """), Enumerate) { Since = 14 },
    ];

    public static TableFunction? Find(SchemaObjectName name, SqlServerOptions server) => name.SchemaIdentifier?.Value.Equals("sys", StringComparison.OrdinalIgnoreCase) == true
        ? All.FirstOrDefault(function => function.Since <= server.Major && function.Name.Equals(name.BaseIdentifier.Value, StringComparison.OrdinalIgnoreCase))
        : null;

    /// <summary>File, directory, parent directory: for anybody but sysadmins three times 0, whatever is there.</summary>
    public static object?[] FileExists(SqlServerInstance server, bool sysadmin, string? path)
    {
        if (!sysadmin || string.IsNullOrEmpty(path) || !server.Disk.MayRead(path))
        {
            return [0L, 0L, 0L];
        }
        var real = server.Disk.Real(path);
        return [File.Exists(real), Directory.Exists(real), Directory.Exists(Path.GetDirectoryName(real.TrimEnd(Path.DirectorySeparatorChar)))];
    }

    private static IEnumerable<object?[]> VolumeStats(CatalogContext context, object?[] values)
    {
        Permissions.DemandState(context.Statement.Session);
        // A real disk changes while it is looked at; all files of a volume tell the same.
        var free = new Dictionary<string, long>();
        return context.Server.Databases.SelectMany(database => database.Files.Select(file => new object?[]
        {
            database.Id, file.Id, database.Id, file.Id, context.Server.Disk.VolumeOf(file.Path), "", "", context.Server.Paths.IsWindows ? "NTFS" : "ext4",
            context.Server.Disk.TotalBytes(file.Path), FreeBytes(file.Path),
        }));

        long FreeBytes(string path)
        {
            var volume = context.Server.Disk.VolumeOf(path);
            return free.TryGetValue(volume, out var known) ? known : free[volume] = context.Server.Disk.FreeBytes(path);
        }
    }

    private static IEnumerable<object?[]> Enumerate(CatalogContext context, object?[] values)
    {
        Permissions.DemandState(context.Statement.Session);
        var folder = (string?)values[0];
        var disk = context.Server.Disk;
        return folder is null || !disk.MayRead(folder) || !Directory.Exists(disk.Real(folder)) ? [] : new DirectoryInfo(disk.Real(folder))
            .EnumerateFileSystemInfos((string?)values[1] ?? "*").Select(entry => new object?[]
                { context.Server.Paths.Combine(folder, entry.Name), folder, entry.Name, 0, entry is DirectoryInfo, entry is FileInfo file ? file.Length : 0L, entry.LastWriteTime });
    }
}
