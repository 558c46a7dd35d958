using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Catalog;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>An argument of a procedure; Output names the caller's variable that gets the value back.</summary>
internal sealed record Argument(string Name, SqlType Type, object? Value, string? Output = null);

/// <summary>EXEC and remote procedure calls: sp_executesql and the few system procedures that a move needs.</summary>
internal static class Procedures
{
    /// <summary>EXEC('…') and sp_executesql only lead to statements, which are looked at one by one.</summary>
    public static bool RunsStatements(ExecuteStatement statement) =>
        statement.ExecuteSpecification.ExecutableEntity
            is not ExecutableProcedureReference { ProcedureReference.ProcedureReference.Name.BaseIdentifier.Value: var name }
        || name.Equals("sp_executesql", StringComparison.OrdinalIgnoreCase);

    /// <summary>EXEC inside a batch.</summary>
    public static async Task<bool> ExecuteAsync(Execution execution, ExecuteStatement statement)
    {
        var specification = statement.ExecuteSpecification;
        if (specification.ExecuteContext is not null || specification.LinkedServer is not null)
        {
            throw SqlErrors.NotModelled("EXECUTE AS or AT");
        }
        switch (specification.ExecutableEntity)
        {
            case ExecutableStringList list:
                var text = "";
                foreach (var part in list.Strings)
                {
                    text += await SessionStatements.TextAsync(execution, part);
                }
                return await BatchRunner.RunAsync(execution.Nested(new VariableScope(), null), text);
            case ExecutableProcedureReference { ProcedureReference.ProcedureReference.Name: { } name } call:
                var arguments = new List<Argument>();
                foreach (var parameter in call.Parameters)
                {
                    var (type, value) = await RowStatements.EvaluateAsync(execution, parameter.ParameterValue);
                    arguments.Add(
                        new Argument(
                            parameter.Variable?.Name ?? "",
                            type,
                            value,
                            parameter.IsOutput ? ((VariableReference)parameter.ParameterValue).Name : null
                        )
                    );
                }
                var status = await CallAsync(
                    execution,
                    name.DatabaseIdentifier?.Value,
                    name.BaseIdentifier.Value,
                    arguments,
                    execution.Variables
                );
                if (specification.Variable is { } result)
                {
                    execution.Variables.Set(result.Name, SqlType.Int, (long)status);
                }
                return status == 0;
            default:
                throw SqlErrors.NotModelled("EXEC");
        }
    }

    /// <summary>Runs a procedure: its statements end with DONEINPROC, then come the return status and DONEPROC.</summary>
    public static async Task<int> CallAsync(
        Execution execution,
        string? databaseName,
        string name,
        IReadOnlyList<Argument> arguments,
        VariableScope caller
    )
    {
        var database = databaseName is null ? null : execution.Server.Open(databaseName, execution.Session);
        execution.Tokens.ProcedureDepth++;
        var status = 0;
        try
        {
            status = name.ToLowerInvariant() switch
            {
                "sp_executesql" => await ExecuteSqlAsync(execution, database, arguments, caller),
                "xp_fileexist" => await FileExistAsync(execution, arguments),
                "xp_fixeddrives" => await FixedDrivesAsync(execution),
                "xp_create_subdir" => CreateSubdirectory(execution, arguments),
                "xp_delete_file" => DeleteBackup(execution, arguments),
                "sp_updatestats" => UpdateStatistics(execution, database ?? execution.Database),
                _ => throw SqlErrors.UnknownProcedure(databaseName is null ? name : $"{databaseName}..{name}"),
            };
        }
        finally
        {
            execution.Tokens.ProcedureDepth--;
        }
        execution.Tokens.ReturnStatus(status);
        execution.Tokens.DoneProcedure(failed: status != 0);
        return status;
    }

    private static async Task<int> ExecuteSqlAsync(
        Execution execution,
        DatabaseState? database,
        IReadOnlyList<Argument> arguments,
        VariableScope caller
    )
    {
        if (arguments.Count == 0 || arguments[0].Value is not string text)
        {
            throw new SqlServerException(
                new SqlMessage(214, 2, 16, "Procedure expects parameter '@statement' of type 'ntext/nchar/nvarchar'.")
            );
        }
        if (!arguments[0].Type.IsUnicode)
        {
            throw new SqlServerException(
                new SqlMessage(214, 2, 16, "Procedure expects parameter '@statement' of type 'ntext/nchar/nvarchar'.")
            );
        }
        var declared = Script.ParseParameters(arguments.Count > 1 ? (string?)arguments[1].Value ?? "" : "");
        var given = arguments.Skip(2).ToList();
        var variables = new VariableScope();
        for (var i = 0; i < declared.Count; i++)
        {
            var name = declared[i].VariableName.Value;
            var type = TypeRules.From(declared[i].DataType);
            var argument =
                given.Find(candidate => candidate.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? (i < given.Count && given[i].Name.Length == 0 ? given[i] : null)
                ?? throw SqlErrors.MissingParameter(text, name);
            variables.Declare(name, type, Conversion.Convert(argument.Value, argument.Type, type));
        }
        if (given.Find(argument => argument.Name.Length > 0 && variables.Find(argument.Name) is null) is { } unknown)
        {
            throw new SqlServerException(new SqlMessage(8145, 1, 16, $"{unknown.Name} is not a parameter for procedure ."));
        }
        var success = await BatchRunner.RunAsync(execution.Nested(variables, database), text);
        foreach (var output in given.Where(argument => argument.Output is not null))
        {
            var (type, value) = variables.Find(output.Name)!.Value;
            caller.Set(output.Output!, type, value);
        }
        return success ? 0 : Math.Max(1, execution.Session.LastError);
    }

    private static async Task<int> FileExistAsync(Execution execution, IReadOnlyList<Argument> arguments)
    {
        var columns = new[] { "File Exists", "File is a Directory", "Parent Directory Exists" }
            .Select(name => new ResultColumn(name, SqlType.Int))
            .ToList();
        var row = TableFunctions.FileExists(
            execution.Server,
            execution.Session.Login.IsSysadmin,
            arguments.Count > 0 ? (string?)arguments[0].Value : null
        );
        execution.Tokens.Columns(columns);
        await execution.Tokens.RowAsync(columns, [.. row.Select(Stored.FromClr)], execution.Cancel);
        execution.Done(CurrentCommand.Select, 1);
        return 0;
    }

    private static async Task<int> FixedDrivesAsync(Execution execution)
    {
        var columns = new List<ResultColumn> { new("drive", SqlType.Char(1)), new("MB free", SqlType.Int) };
        execution.Tokens.Columns(columns);
        var free = execution.Server.Disk.FreeBytes(execution.Server.DataFolder) / (1024 * 1024);
        await execution.Tokens.RowAsync(columns, ["C", Math.Min(free, int.MaxValue)], execution.Cancel);
        execution.Done(CurrentCommand.Select, 1);
        return 0;
    }

    private static int CreateSubdirectory(Execution execution, IReadOnlyList<Argument> arguments)
    {
        DemandSysadmin(execution, "xp_create_subdir");
        var folder = (string?)arguments[0].Value ?? "";
        if (!execution.Server.Disk.MayWrite(folder))
        {
            throw new SqlServerException(new SqlMessage(22048, 1, 16, "xp_create_subdir() returned error 5, 'Access is denied.'"));
        }
        Directory.CreateDirectory(folder);
        return 0;
    }

    private static int DeleteBackup(Execution execution, IReadOnlyList<Argument> arguments)
    {
        DemandSysadmin(execution, "xp_delete_file");
        var path = arguments.Count > 1 ? (string?)arguments[1].Value ?? "" : "";
        // It removes real backup files only, and says nothing of others.
        if (execution.Server.Disk.MayWrite(path) && Backups.BackupFile.IsBackup(path))
        {
            File.Delete(path);
        }
        return 0;
    }

    private static int UpdateStatistics(Execution execution, DatabaseState database)
    {
        Permissions.Demand(execution.Session, database, "ALTER");
        return database.Settings.ReadOnly ? throw SqlErrors.ReadOnlyDatabase(database.Name) : 0;
    }

    private static void DemandSysadmin(Execution execution, string procedure)
    {
        if (!execution.Session.Login.IsSysadmin)
        {
            throw SqlErrors.ExecuteDenied(procedure);
        }
    }
}
