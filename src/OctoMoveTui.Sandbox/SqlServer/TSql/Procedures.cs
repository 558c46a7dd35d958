using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>An argument of a procedure; Output names the caller's variable that gets the value back.</summary>
internal sealed record Argument(string Name, SqlType Type, object? Value, string? Output = null);

/// <summary>EXEC and remote procedure calls: sp_executesql and the system procedures that a move needs.</summary>
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
        CloudRules.Check(execution.Server.Options, databaseName, execution.Database.Name, $"{databaseName}..{name}");
        var database = databaseName is null ? null : execution.Server.Open(databaseName, execution.Session);
        execution.Tokens.ProcedureDepth++;
        var status = 0;
        try
        {
            status = name.ToLowerInvariant() switch
            {
                "sp_executesql" => await ExecuteSqlAsync(execution, database, arguments, caller),
                "sp_updatestats" => UpdateStatistics(execution, database ?? execution.Database),
                var other => await ExtendedProcedures.RunAsync(execution, other, arguments)
                    ?? throw SqlErrors.UnknownProcedure(databaseName is null ? name : $"{databaseName}..{name}"),
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
        // EXECUTE AS ends with the module that said it.
        var impersonations = execution.Session.Impersonations;
        var success = await BatchRunner.RunAsync(execution.Nested(variables, database), text);
        execution.Session.Revert(impersonations);
        foreach (var output in given.Where(argument => argument.Output is not null))
        {
            var (type, value) = variables.Find(output.Name)!.Value;
            caller.Set(output.Output!, type, value);
        }
        return success ? 0 : Math.Max(1, execution.Session.LastError);
    }

    private static int UpdateStatistics(Execution execution, DatabaseState database)
    {
        Permissions.Demand(execution.Session, database, "ALTER");
        return database.Settings.ReadOnly ? throw SqlErrors.ReadOnlyDatabase(database.Name) : 0;
    }
}
