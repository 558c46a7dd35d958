using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Backups;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Security;
using OctoMoveTui.Sandbox.SqlServer.Tds;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>How a statement ended, as far as the next one is concerned.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
    EndOfBatch,
}

/// <summary>Runs batches statement by statement: control flow, errors, and who executes what.</summary>
internal static class BatchRunner
{
    private const int HalfWay = 50;

    /// <summary>Runs a text; errors go to the client. True: all went well.</summary>
    public static async Task<bool> RunAsync(Execution execution, string text)
    {
        TSqlScript script;
        try
        {
            script = Script.Parse(text);
        }
        catch (SqlServerException failure) when (execution.TryDepth == 0)
        {
            Tell(execution, failure);
            return false;
        }
        var state = new RunState();
        foreach (var batch in script.Batches)
        {
            if (await RunAllAsync(execution, batch.Statements, state) == Flow.EndOfBatch)
            {
                break;
            }
        }
        return !state.Failed;
    }

    public static void Tell(Execution execution, SqlServerException failure)
    {
        foreach (var message in failure.Messages)
        {
            execution.Tokens.Message(message);
        }
        execution.Session.LastError = failure.Number;
        execution.Tokens.Done(CurrentCommand.None, failed: true);
    }

    private static async Task<Flow> RunAllAsync(Execution execution, IEnumerable<TSqlStatement> statements, RunState state)
    {
        foreach (var statement in statements)
        {
            var flow = await RunOneAsync(execution, statement, state);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }
        return Flow.Next;
    }

    private static async Task<Flow> RunOneAsync(Execution execution, TSqlStatement statement, RunState state)
    {
        execution.Cancel.ThrowIfCancellationRequested();
        try
        {
            return await ControlAsync(execution, statement, state);
        }
        catch (SqlServerException failure) when (execution.TryDepth == 0)
        {
            state.Failed = true;
            Tell(execution, failure);
            if (execution.Session.Options.XactAbort && execution.Session.Transaction.IsOpen)
            {
                Transactions.Rollback(execution);
                return Flow.EndOfBatch;
            }
            return failure.EndsBatch ? Flow.EndOfBatch : Flow.Next;
        }
    }

    private static async Task<Flow> ControlAsync(Execution execution, TSqlStatement statement, RunState state)
    {
        switch (statement)
        {
            case BeginEndBlockStatement block:
                return await RunAllAsync(execution, block.StatementList.Statements, state);
            case IfStatement choice:
                if (await RowStatements.IsTrueAsync(execution, choice.Predicate))
                {
                    return await RunOneAsync(execution, choice.ThenStatement, state);
                }
                return choice.ElseStatement is null ? Flow.Next : await RunOneAsync(execution, choice.ElseStatement, state);
            case WhileStatement loop:
                while (await RowStatements.IsTrueAsync(execution, loop.Predicate))
                {
                    var flow = await RunOneAsync(execution, loop.Statement, state);
                    if (flow is Flow.Break or Flow.EndOfBatch)
                    {
                        return flow == Flow.Break ? Flow.Next : flow;
                    }
                }
                return Flow.Next;
            case BreakStatement:
                return Flow.Break;
            case ContinueStatement:
                return Flow.Continue;
            case ReturnStatement { Expression: null }:
                return Flow.EndOfBatch;
            case TryCatchStatement tryCatch:
                return await TryAsync(execution, tryCatch, state);
            case ExecuteStatement execute:
                var afterwards = Procedures.RunsStatements(execute) ? null : await StrikeAsync(execution, execute);
                var isDone = await Procedures.ExecuteAsync(execution, execute);
                Drop(execution, afterwards);
                return isDone ? Flow.Next : FailedInside(state);
            default:
                var later = await StrikeAsync(execution, statement);
                await LeafAsync(execution, statement);
                Drop(execution, later);
                return Flow.Next;
        }

        static Flow FailedInside(RunState state)
        {
            state.Failed = true;
            return Flow.Next;
        }
    }

    private static async Task<Flow> TryAsync(Execution execution, TryCatchStatement tryCatch, RunState state)
    {
        try
        {
            return await RunAllAsync(execution.InsideTry(), tryCatch.TryStatements.Statements, state);
        }
        catch (SqlServerException failure) when (failure.Messages[0].Severity < 20)
        {
            var before = execution.Session.CaughtError;
            execution.Session.CaughtError = failure;
            try
            {
                return await RunAllAsync(execution, tryCatch.CatchStatements.Statements, state);
            }
            finally
            {
                execution.Session.CaughtError = before;
            }
        }
    }

    /// <summary>Trouble on request: before the statement, or half-way for those that take long. What is returned strikes when it is done.</summary>
    private static async Task<Strike?> StrikeAsync(Execution execution, TSqlStatement statement)
    {
        if (execution.Server.Faults.Strikes(Script.TextOf(statement), execution.Session.Application) is not { } fault)
        {
            return null;
        }
        if (fault.Kind == FaultKind.DropAfterwards)
        {
            return fault;
        }
        if (statement is not (BackupStatement or RestoreStatement))
        {
            await SufferAsync(execution, fault);
            return null;
        }
        var takesLong = statement is BackupStatement or RestoreStatement { Kind: RestoreStatementKind.Database or RestoreStatementKind.VerifyOnly };
        if (takesLong && (fault.Kind != FaultKind.Fail || fault.AtPercent is not null))
        {
            execution.LaterFault = fault with { AtPercent = fault.AtPercent ?? HalfWay };
        }
        else if (fault.Kind == FaultKind.Fail)
        {
            throw fault.Messages.Count > 1
                ? new SqlServerException(fault.Messages)
                : BackupErrors.Chain(new SqlServerException(fault.Messages), statement);
        }
        else
        {
            await SufferAsync(execution, fault);
        }
        return null;
    }

    private static void Drop(Execution execution, Strike? strike)
    {
        if (strike is null)
        {
            return;
        }
        execution.Session.Hangup?.Invoke(true);
        throw new OperationCanceledException("The connection was dropped on request.");
    }

    public static async Task SufferAsync(Execution execution, Strike fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Fail:
                throw new SqlServerException(fault.Messages);
            case FaultKind.Meanwhile:
                await fault.Meanwhile!();
                break;
            case FaultKind.Drop:
            case FaultKind.Close:
                execution.Session.Hangup?.Invoke(fault.Kind == FaultKind.Drop);
                throw new OperationCanceledException("The connection was dropped on request.");
            default:
                await Task.Delay(Timeout.InfiniteTimeSpan, execution.Server.Options.Time, execution.Cancel);
                break;
        }
    }

    private static Task LeafAsync(Execution execution, TSqlStatement statement)
    {
        CloudRules.Check(execution.Server.Options, statement);
        return statement switch
        {
            SelectStatement select => RowStatements.SelectAsync(execution, select),
            InsertStatement insert => RowStatements.WriteAsync(execution, writer => writer.Insert(insert), CurrentCommand.Insert),
            UpdateStatement update => RowStatements.WriteAsync(execution, writer => writer.Update(update), CurrentCommand.Update),
            DeleteStatement delete => RowStatements.WriteAsync(execution, writer => writer.Delete(delete), CurrentCommand.Delete),
            CreateTableStatement
            or DropTableStatement
            or CreateIndexStatement
            or TruncateTableStatement
            or AlterTableStatement
            or DropIndexStatement => TableStatements.RunAsync(execution, statement),
            CreateDatabaseStatement or AlterDatabaseStatement or DropDatabaseStatement or DbccStatement => DatabaseStatements.RunAsync(
                execution,
                statement
            ),
            CredentialStatement or DropCredentialStatement => CredentialStatements.RunAsync(execution, statement),
            MasterKeyStatement
            or CertificateStatementBase
            or DropCertificateStatement
            or DatabaseEncryptionKeyStatement => CertificateStatements.RunAsync(execution, statement),
            BackupStatement backup => BackupJob.RunAsync(execution, backup),
            RestoreStatement restore => RestoreStatements.RunAsync(execution, restore),
            CreateUserStatement
            or AlterUserStatement
            or DropUserStatement
            or AlterRoleStatement
            or CreateLoginStatement
            or AlterLoginStatement
            or DropLoginStatement
            or AlterAuthorizationStatement
            or AlterServerRoleStatement => SecurityStatements.RunAsync(execution, statement),
            SecurityStatement security => GrantStatements.RunAsync(execution, security),
            ExecuteAsStatement executeAs => Impersonation.ExecuteAsAsync(execution, executeAs),
            _ => SessionStatements.RunAsync(execution, statement),
        };
    }

    private sealed class RunState
    {
        public bool Failed { get; set; }
    }
}
