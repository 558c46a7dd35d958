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
        new("dm_os_file_exists", 1, false, Define("file_exists bit!, file_is_a_directory bit!, parent_directory_exists bit!"), (context, values) => [FileExists(context.Server, context.Login.IsSysadmin, (string?)values[0])]),
        new("dm_os_enumerate_filesystem", 2, false, Define("""
            full_filesystem_path nvarchar512!, parent_directory nvarchar512!, file_or_directory_name nvarchar512!, level int!, is_directory bit!, size_in_bytes bigint!, last_write_time datetime2!
            """), Enumerate),
    ];

    public static TableFunction? Find(SchemaObjectName name) => name.SchemaIdentifier?.Value.Equals("sys", StringComparison.OrdinalIgnoreCase) == true
        ? All.FirstOrDefault(function => function.Name.Equals(name.BaseIdentifier.Value, StringComparison.OrdinalIgnoreCase))
        : null;

    /// <summary>File, directory, parent directory: for anybody but sysadmins three times 0, whatever is there.</summary>
    public static object?[] FileExists(SqlServerInstance server, bool sysadmin, string? path)
    {
        if (!sysadmin || string.IsNullOrEmpty(path) || !server.Disk.MayRead(path))
        {
            return [0L, 0L, 0L];
        }
        return [File.Exists(path), Directory.Exists(path), Directory.Exists(Path.GetDirectoryName(path.TrimEnd(Path.DirectorySeparatorChar)))];
    }

    private static IEnumerable<object?[]> VolumeStats(CatalogContext context, object?[] values)
    {
        Permissions.DemandServer(context.Statement.Session, "VIEW SERVER STATE");
        return context.Server.Databases.SelectMany(database => database.Files.Select(file => new object?[]
        {
            database.Id, file.Id, database.Id, file.Id, context.Server.Disk.VolumeOf(file.Path), "", "", "NTFS",
            context.Server.Disk.TotalBytes(file.Path), context.Server.Disk.FreeBytes(file.Path),
        }));
    }

    private static IEnumerable<object?[]> Enumerate(CatalogContext context, object?[] values)
    {
        Permissions.DemandServer(context.Statement.Session, "VIEW SERVER STATE");
        var folder = (string?)values[0];
        return folder is null || !Directory.Exists(folder) || !context.Server.Disk.MayRead(folder) ? [] : new DirectoryInfo(folder)
            .EnumerateFileSystemInfos((string?)values[1] ?? "*").Select(entry => new object?[]
                { entry.FullName, folder, entry.Name, 0, entry is DirectoryInfo, entry is FileInfo file ? file.Length : 0L, entry.LastWriteTime });
    }
}
