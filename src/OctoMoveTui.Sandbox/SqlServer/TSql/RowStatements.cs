using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Sessions;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>Statements that read or change rows.</summary>
internal static class RowStatements
{
    public static async Task SelectAsync(Execution execution, SelectStatement select)
    {
        if (select.Into is not null || select.ComputeClauses.Count > 0)
        {
            throw SqlErrors.NotModelled("SELECT INTO");
        }
        using var statement = execution.Translate();
        var with = statement.Queries.CommonTables(select.WithCtesAndXmlNamespaces);
        var (sql, columns) = statement.Queries.Translate(select.QueryExpression, null);
        var assigned = ((select.QueryExpression as QuerySpecification)?.SelectElements ?? [])
            .OfType<SelectSetVariable>()
            .Select(set => set.Variable.Name)
            .ToList();
        if (assigned.Count > 0 && assigned.Count != columns.Count)
        {
            throw new SqlServerException(
                new SqlMessage(
                    141,
                    1,
                    15,
                    "A SELECT statement that assigns a value to a variable must not be combined with data-retrieval operations."
                )
            );
        }
        var count = await ReadAsync(execution, statement, statement.Complete(sql, with), columns, assigned);
        execution.Done(CurrentCommand.Select, count);
    }

    public static async Task WriteAsync(Execution execution, Func<WriteTranslator, Write> translate, ushort command)
    {
        using var statement = execution.Translate();
        var write = translate(new WriteTranslator(statement));
        var count = await ChangeAsync(
            execution,
            write.Database,
            async connection =>
            {
                using var sqlite = Prepare(connection, statement, write.Sql, write.Database, out var context);
                try
                {
                    return await RunAsync(execution, connection, sqlite, write);
                }
                catch (SqliteException failure)
                {
                    throw SqliteFailures.Translate(failure, context, write, execution.Cancel);
                }
            }
        );
        execution.Done(command, count);
    }

    /// <summary>Runs a change under the database's write lock: in the session's transaction, or in one of its own.</summary>
    public static async Task<T> ChangeAsync<T>(Execution execution, DatabaseState database, Func<DatabaseConnection, Task<T>> change)
    {
        if (database.Settings.ReadOnly)
        {
            throw SqlErrors.ReadOnlyDatabase(database.Name);
        }
        var session = execution.Session;
        if (session.Transaction.IsOpen)
        {
            return await change(await session.Transaction.EnlistAsync(database, session.Options.LockTimeout, execution.Cancel));
        }
        var connection = await TransactionState.LockForWritingAsync(database, session.Options.LockTimeout, execution.Cancel);
        try
        {
            // The database may have changed hands while we waited for the lock.
            execution.Server.CheckOpen(database, session);
            if (database.Settings.ReadOnly)
            {
                throw SqlErrors.ReadOnlyDatabase(database.Name);
            }
            var result = await change(connection);
            connection.Commit();
            return result;
        }
        catch
        {
            connection.Rollback();
            throw;
        }
        finally
        {
            TransactionState.Unlock(database, connection);
        }
    }

    /// <summary>The value of an expression outside of any query: SET @x = …, PRINT …, an argument.</summary>
    public static async Task<(SqlType Type, object? Value)> EvaluateAsync(Execution execution, ScalarExpression expression)
    {
        using var statement = execution.Translate();
        var value = statement.Expressions.Translate(expression, new Scope());
        object? found = null;
        await EachRowAsync(
            execution,
            statement,
            statement.Complete("SELECT " + value.Sql),
            row =>
            {
                found = row[0];
                return ValueTask.CompletedTask;
            }
        );
        return (value.Type, found);
    }

    public static async Task<bool> IsTrueAsync(Execution execution, BooleanExpression condition)
    {
        using var statement = execution.Translate();
        var sql = new PredicateTranslator(statement).Translate(condition, new Scope());
        var found = false;
        await EachRowAsync(
            execution,
            statement,
            statement.Complete($"SELECT CASE WHEN {sql} THEN 1 ELSE 0 END"),
            row =>
            {
                found = row[0] is 1L;
                return ValueTask.CompletedTask;
            }
        );
        return found;
    }

    private static async Task<long> ReadAsync(
        Execution execution,
        Translation statement,
        string sql,
        IReadOnlyList<QueryColumn> columns,
        List<string> assigned
    )
    {
        var results = columns.Select(column => column.ForClient).ToList();
        long count = 0;
        if (assigned.Count == 0)
        {
            execution.Tokens.Columns(results);
        }
        await EachRowAsync(
            execution,
            statement,
            sql,
            row =>
            {
                count++;
                if (assigned.Count == 0)
                {
                    return execution.Tokens.RowAsync(results, row, execution.Cancel);
                }
                for (var i = 0; i < assigned.Count; i++)
                {
                    execution.Variables.Set(assigned[i], columns[i].Type, row[i]);
                }
                return ValueTask.CompletedTask;
            }
        );
        return count;
    }

    private static async Task EachRowAsync(Execution execution, Translation statement, string sql, Func<object?[], ValueTask> each)
    {
        var connection = statement.Connection;
        using var command = Prepare(connection, statement, sql, statement.Database, out var context);
        using var stop = execution.Cancel.Register(connection.Interrupt);
        try
        {
            using var reader = command.ExecuteReader();
            var row = new object?[reader.FieldCount];
            while (reader.Read())
            {
                execution.Cancel.ThrowIfCancellationRequested();
                Fill(reader, row);
                await each(row);
            }
        }
        catch (SqliteException failure)
        {
            throw SqliteFailures.Translate(failure, context, null, execution.Cancel);
        }
    }

    private static async Task<long> RunAsync(Execution execution, DatabaseConnection connection, SqliteCommand command, Write write)
    {
        using var stop = execution.Cancel.Register(connection.Interrupt);
        if (write.Output.Count == 0)
        {
            return command.ExecuteNonQuery();
        }
        // The rows are told only when all of them are changed: a statement that fails half-way has changed none.
        var rows = new List<object?[]>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                var row = new object?[reader.FieldCount];
                Fill(reader, row);
                rows.Add(row);
            }
        }
        var results = write.Output.Select(column => column.ForClient).ToList();
        execution.Tokens.Columns(results);
        foreach (var row in rows)
        {
            await execution.Tokens.RowAsync(results, row, execution.Cancel);
        }
        return rows.Count;
    }

    private static SqliteCommand Prepare(
        DatabaseConnection connection,
        Translation statement,
        string sql,
        DatabaseState database,
        out StatementContext context
    )
    {
        context = new StatementContext(statement.Session) { Database = database, Connection = connection };
        connection.Context = context;
        var command = connection.Sqlite.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in statement.Parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }
        return command;
    }

    private static void Fill(SqliteDataReader reader, object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
        }
    }
}
