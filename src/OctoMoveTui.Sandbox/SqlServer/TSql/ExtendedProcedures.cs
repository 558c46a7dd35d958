using OctoMoveTui.Sandbox.SqlServer.Catalog;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>The xp_ procedures that look at the machine: files, drives, the registry. Most tell a login that isn't sysadmin nothing, without saying so.</summary>
internal static class ExtendedProcedures
{
    /// <summary>Null: there is no such procedure.</summary>
    public static async Task<int?> RunAsync(Execution execution, string name, IReadOnlyList<Argument> arguments) =>
        name switch
        {
            "xp_fileexist" => await FileExistAsync(execution, arguments),
            "xp_fixeddrives" => await FixedDrivesAsync(execution),
            "xp_dirtree" => await DirectoryTreeAsync(execution, arguments),
            "xp_instance_regread" => await ReadRegistryAsync(execution, arguments),
            "xp_create_subdir" => CreateSubdirectory(execution, arguments),
            "xp_delete_file" => DeleteBackup(execution, arguments),
            _ => null,
        };

    private static Task<int> FileExistAsync(Execution execution, IReadOnlyList<Argument> arguments) =>
        AnswerAsync(
            execution,
            [.. new[] { "File Exists", "File is a Directory", "Parent Directory Exists" }.Select(name => new ResultColumn(name, SqlType.Int))],
            [TableFunctions.FileExists(execution.Server, execution.Session.Login.IsSysadmin, Text(arguments, 0))]
        );

    private static Task<int> FixedDrivesAsync(Execution execution)
    {
        var free = execution.Server.Disk.FreeBytes(execution.Server.DataFolder) / (1024 * 1024);
        return AnswerAsync(
            execution,
            [new("drive", SqlType.Char(1)), new("MB free", SqlType.Int)],
            [["C", Math.Min(free, int.MaxValue)]]
        );
    }

    /// <summary>directory, depth (0: all the way down), and whether files are wanted, which then get a column that tells them apart.</summary>
    private static Task<int> DirectoryTreeAsync(Execution execution, IReadOnlyList<Argument> arguments)
    {
        var depth = Number(arguments, 1) is var given and > 0 ? given : int.MaxValue;
        var files = Number(arguments, 2) != 0;
        var columns = new List<ResultColumn> { new("subdirectory", SqlType.NVarChar(255)), new("depth", SqlType.Int) };
        if (files)
        {
            columns.Add(new ResultColumn("file", SqlType.Int));
        }
        var folder = Text(arguments, 0) ?? "";
        var disk = execution.Server.Disk;
        var visible = execution.Session.Login.IsSysadmin && disk.MayRead(folder) && Directory.Exists(disk.Real(folder));
        return AnswerAsync(execution, columns, visible ? Tree(new DirectoryInfo(disk.Real(folder)), 1, depth, files) : []);
    }

    private static IEnumerable<object?[]> Tree(DirectoryInfo folder, int level, int depth, bool files)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (entry is FileInfo && files)
            {
                yield return [entry.Name, level, 1];
            }
            if (entry is not DirectoryInfo directory)
            {
                continue;
            }
            yield return files ? [entry.Name, level, 0] : [entry.Name, level];
            foreach (var row in level < depth ? Tree(directory, level + 1, depth, files) : [])
            {
                yield return row;
            }
        }
    }

    /// <summary>The default backup folder, which no property tells before SQL Server 2019. Other values there are none.</summary>
    private static async Task<int> ReadRegistryAsync(Execution execution, IReadOnlyList<Argument> arguments)
    {
        DemandSysadmin(execution, "xp_instance_regread");
        if (Text(arguments, 0) != "HKEY_LOCAL_MACHINE" || Text(arguments, 1) != @"Software\Microsoft\MSSQLServer\MSSQLServer")
        {
            throw new SqlServerException(
                new SqlMessage(22001, 1, 16, "RegOpenKeyEx() returned error 2, 'The system cannot find the file specified.'")
            );
        }
        if (Text(arguments, 2)?.Equals("BackupDirectory", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new SqlServerException(
                new SqlMessage(22001, 1, 16, "RegQueryValueEx() returned error 2, 'The system cannot find the file specified.'")
            );
        }
        return await AnswerAsync(
            execution,
            [new("Value", SqlType.NVarChar(4000)), new("Data", SqlType.NVarChar(4000))],
            [["BackupDirectory", execution.Server.BackupFolder]]
        );
    }

    private static int CreateSubdirectory(Execution execution, IReadOnlyList<Argument> arguments)
    {
        DemandSysadmin(execution, "xp_create_subdir");
        var folder = Text(arguments, 0) ?? "";
        if (!execution.Server.Disk.MayWrite(folder))
        {
            throw new SqlServerException(new SqlMessage(22048, 1, 16, "xp_create_subdir() returned error 5, 'Access is denied.'"));
        }
        Directory.CreateDirectory(execution.Server.Disk.Real(folder));
        return 0;
    }

    private static int DeleteBackup(Execution execution, IReadOnlyList<Argument> arguments)
    {
        DemandSysadmin(execution, "xp_delete_file");
        var path = Text(arguments, 1) ?? "";
        var real = execution.Server.Disk.Real(path);
        // It removes real backup files only, and says nothing of others.
        if (execution.Server.Disk.MayWrite(path) && Backups.BackupFile.IsBackup(real))
        {
            File.Delete(real);
        }
        return 0;
    }

    private static async Task<int> AnswerAsync(Execution execution, IReadOnlyList<ResultColumn> columns, IEnumerable<object?[]> rows)
    {
        execution.Tokens.Columns(columns);
        var count = 0;
        foreach (var row in rows)
        {
            await execution.Tokens.RowAsync(columns, [.. row.Select(Stored.FromClr)], execution.Cancel);
            count++;
        }
        execution.Done(CurrentCommand.Select, count);
        return 0;
    }

    private static string? Text(IReadOnlyList<Argument> arguments, int index) =>
        index < arguments.Count ? (string?)Conversion.Convert(arguments[index].Value, arguments[index].Type, SqlType.NVarChar(4000)) : null;

    private static int Number(IReadOnlyList<Argument> arguments, int index) =>
        index < arguments.Count && Conversion.Convert(arguments[index].Value, arguments[index].Type, SqlType.Int) is long number ? (int)number : 0;

    private static void DemandSysadmin(Execution execution, string procedure)
    {
        if (!execution.Session.Login.IsSysadmin)
        {
            throw SqlErrors.ExecuteDenied(procedure);
        }
    }
}
