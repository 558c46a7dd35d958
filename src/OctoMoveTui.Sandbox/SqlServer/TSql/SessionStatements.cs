using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>Statements that concern the session: variables, SET, USE, transactions, messages, waiting, KILL.</summary>
internal static class SessionStatements
{
    private const SetOptions Harmless =
        SetOptions.QuotedIdentifier
        | SetOptions.ConcatNullYieldsNull
        | SetOptions.CursorCloseOnCommit
        | SetOptions.ArithAbort
        | SetOptions.NumericRoundAbort
        | SetOptions.AnsiDefaults
        | SetOptions.AnsiNulls
        | SetOptions.AnsiNullDfltOn
        | SetOptions.AnsiPadding
        | SetOptions.AnsiWarnings
        | SetOptions.ArithIgnore;

    public static async Task RunAsync(Execution execution, TSqlStatement statement)
    {
        switch (statement)
        {
            case DeclareVariableStatement declare:
                foreach (var declaration in declare.Declarations)
                {
                    await DeclareAsync(execution, declaration);
                }
                break;
            case SetVariableStatement { Expression: { } expression, AssignmentKind: AssignmentKind.Equals } set:
                var (type, value) = await RowStatements.EvaluateAsync(execution, expression);
                execution.Variables.Set(set.Variable.Name, type, value);
                break;
            case UseStatement use:
                Use(execution, use.DatabaseName.Value);
                break;
            case PredicateSetStatement set:
                SetPredicate(execution, set);
                break;
            case SetTransactionIsolationLevelStatement:
                execution.Done(CurrentCommand.None);
                break;
            case SetCommandStatement set:
                foreach (var command in set.Commands)
                {
                    await SetAsync(execution, command);
                }
                break;
            case SetIdentityInsertStatement set:
                execution.Session.Options = execution.Session.Options with
                {
                    IdentityInsertTable = set.IsOn
                        ? TableSchema.StorageNameOf(set.Table.SchemaIdentifier?.Value ?? "dbo", set.Table.BaseIdentifier.Value)
                        : null,
                };
                break;
            case BeginTransactionStatement:
                Transactions.Begin(execution);
                break;
            case CommitTransactionStatement:
                Transactions.Commit(execution);
                break;
            case RollbackTransactionStatement:
                Transactions.Rollback(execution);
                break;
            case PrintStatement print:
                var (printed, text) = await RowStatements.EvaluateAsync(execution, print.Expression);
                execution.Tokens.Message(
                    new SqlMessage(0, 1, 0, (string?)Conversion.Convert(text, printed, SqlType.NVarChar(4000)) ?? " ")
                );
                break;
            case RaiseErrorStatement raise:
                await RaiseAsync(execution, raise);
                break;
            case ThrowStatement raise:
                await ThrowAsync(execution, raise);
                break;
            case WaitForStatement { WaitForOption: WaitForOption.Delay } wait:
                await WaitAsync(execution, wait);
                break;
            case RevertStatement revert:
                Security.Impersonation.Revert(execution, revert);
                break;
            case KillStatement kill:
                Kill(execution, kill);
                break;
            default:
                throw SqlErrors.NotModelled(statement.GetType().Name.Replace("Statement", "", StringComparison.Ordinal));
        }
    }

    private static async Task DeclareAsync(Execution execution, DeclareVariableElement declaration)
    {
        var type = TypeRules.From(declaration.DataType);
        object? value = null;
        if (declaration.Value is not null)
        {
            var (from, given) = await RowStatements.EvaluateAsync(execution, declaration.Value);
            value = Conversion.Convert(given, from, type);
        }
        execution.Variables.Declare(declaration.VariableName.Value, type, value);
    }

    public static void Use(Execution execution, string name)
    {
        var session = execution.Session;
        var database = session.Server.Open(name, session);
        execution.Tokens.EnvChange(EnvironmentChange.Database, database.Name, session.Database.Name);
        execution.Tokens.Message(new SqlMessage(5701, 1, 0, $"Changed database context to '{database.Name}'."));
        session.Database = database;
        execution.Done(CurrentCommand.Use);
    }

    private static void SetPredicate(Execution execution, PredicateSetStatement set)
    {
        var options = execution.Session.Options;
        execution.Session.Options = set.Options switch
        {
            SetOptions.NoCount => options with { NoCount = set.IsOn },
            SetOptions.XactAbort => options with { XactAbort = set.IsOn },
            SetOptions.ImplicitTransactions when !set.IsOn => options,
            _ when (set.Options & ~Harmless) == 0 => options,
            _ => throw SqlErrors.NotModelled($"SET {set.Options}"),
        };
        execution.Done(CurrentCommand.None);
    }

    private static async Task SetAsync(Execution execution, SetCommand command)
    {
        switch (command)
        {
            case GeneralSetCommand { CommandType: GeneralSetCommandType.LockTimeout } set:
                var (type, value) = await RowStatements.EvaluateAsync(execution, set.Parameter);
                execution.Session.Options = execution.Session.Options with
                {
                    LockTimeout = (int)(long)Conversion.Convert(value, type, SqlType.Int)!,
                };
                break;
            case GeneralSetCommand { CommandType: GeneralSetCommandType.Language } set:
                var language = set.Parameter is Literal literal ? literal.Value : await TextAsync(execution, set.Parameter);
                execution.Session.Language =
                    Languages.Find(language)
                    ?? throw new SqlServerException(
                        new SqlMessage(
                            2740,
                            1,
                            16,
                            $"SET LANGUAGE failed because '{language}' is not an official language name or a language alias on this SQL Server."
                        )
                    );
                execution.Tokens.Message(new SqlMessage(5703, 1, 0, $"Changed language setting to {execution.Session.Language}."));
                break;
            case GeneralSetCommand
            {
                CommandType: GeneralSetCommandType.DateFormat
                    or GeneralSetCommandType.DateFirst
                    or GeneralSetCommandType.DeadlockPriority
            }:
            case SetFipsFlaggerCommand:
                break;
            default:
                throw SqlErrors.NotModelled("SET " + (command as GeneralSetCommand)?.CommandType);
        }
        execution.Done(CurrentCommand.None);
    }

    /// <summary>RAISERROR with a text and arguments for %s and %d.</summary>
    private static async Task RaiseAsync(Execution execution, RaiseErrorStatement raise)
    {
        var text = await TextAsync(execution, raise.FirstParameter);
        foreach (var argument in raise.OptionalParameters)
        {
            var (type, value) = await RowStatements.EvaluateAsync(execution, argument);
            var at = text.IndexOf('%', StringComparison.Ordinal);
            if (at >= 0 && at + 1 < text.Length)
            {
                text = text[..at] + Conversion.Convert(value, type, SqlType.NVarChar(4000)) + text[(at + 2)..];
            }
        }
        var severity = (byte)await NumberAsync(execution, raise.SecondParameter);
        var message = new SqlMessage(50000, (byte)await NumberAsync(execution, raise.ThirdParameter), severity, text);
        if (severity > 10)
        {
            throw new SqlServerException(message);
        }
        execution.Tokens.Message(message);
        if ((raise.RaiseErrorOptions & RaiseErrorOptions.NoWait) != 0)
        {
            await execution.Tokens.FlushAsync(execution.Cancel);
        }
    }

    private static async Task ThrowAsync(Execution execution, ThrowStatement raise)
    {
        if (raise.ErrorNumber is null)
        {
            throw execution.Session.CaughtError
                ?? new SqlServerException(
                    new SqlMessage(10704, 1, 15, "To rethrow an error, a THROW statement must be used inside a CATCH block.")
                );
        }
        throw new SqlServerException(
            new SqlMessage(
                (int)await NumberAsync(execution, raise.ErrorNumber),
                (byte)await NumberAsync(execution, raise.State),
                16,
                await TextAsync(execution, raise.Message)
            )
        );
    }

    private static async Task WaitAsync(Execution execution, WaitForStatement wait)
    {
        var text = await TextAsync(execution, wait.Parameter);
        if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var delay))
        {
            throw new SqlServerException(new SqlMessage(148, 1, 15, $"Incorrect time syntax in time string '{text}' used with WAITFOR."));
        }
        await Task.Delay(delay, execution.Server.Options.Time, execution.Cancel);
        execution.Done(CurrentCommand.None);
    }

    private static void Kill(Execution execution, KillStatement kill)
    {
        Permissions.DemandServer(execution.Session, "ALTER ANY CONNECTION");
        if (kill.WithStatusOnly || kill.Parameter is not IntegerLiteral number)
        {
            throw SqlErrors.NotModelled("KILL … WITH STATUSONLY");
        }
        var id = long.Parse(number.Value, CultureInfo.InvariantCulture);
        if (id == execution.Session.Id)
        {
            throw SqlErrors.OwnSession();
        }
        (execution.Server.Sessions.FirstOrDefault(session => session.Id == id) ?? throw SqlErrors.UnknownSession(id)).Kill();
        execution.Done(CurrentCommand.None);
    }

    public static async Task<string> TextAsync(Execution execution, ScalarExpression expression)
    {
        var (type, value) = await RowStatements.EvaluateAsync(execution, expression);
        return (string?)Conversion.Convert(value, type, SqlType.NVarChar(SqlType.Max)) ?? "";
    }

    public static async Task<long> NumberAsync(Execution execution, ScalarExpression expression)
    {
        var (type, value) = await RowStatements.EvaluateAsync(execution, expression);
        return (long?)Conversion.Convert(value, type, SqlType.BigInt) ?? 0;
    }
}
