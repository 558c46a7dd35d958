using Microsoft.Data.Sqlite;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>What SQLite complains of, in SQL Server's words.</summary>
internal static class SqliteFailures
{
    private const int Interrupted = 9;
    private const int UniqueFailed = 2067,
        PrimaryKeyFailed = 1555,
        NotNullFailed = 1299,
        ForeignKeyFailed = 787;

    public static Exception Translate(SqliteException failure, StatementContext context, Write? write, CancellationToken cancel)
    {
        if (context.Failure is { } known)
        {
            return known;
        }
        if (failure.SqliteErrorCode == Interrupted)
        {
            return new OperationCanceledException(cancel);
        }
        if (write is null)
        {
            return failure;
        }
        var columns = failure.Message.Split("failed: ")[^1].TrimEnd('\'', '.').Split(", ").Select(column => column.Split('.')[^1]).ToList();
        var table = $"{write.Table.Schema}.{write.Table.Name}";
        return failure.SqliteExtendedErrorCode switch
        {
            NotNullFailed => SqlErrors.NullNotAllowed(columns[0], $"{write.Database.Name}.{table}", write.Verb),
            ForeignKeyFailed => SqlErrors.ForeignKey(write.Verb, write.Database.Name),
            UniqueFailed or PrimaryKeyFailed => Duplicate(write, table, columns),
            _ => failure,
        };
    }

    private static SqlServerException Duplicate(Write write, string table, List<string> columns)
    {
        var index = write.Table.Indexes.FirstOrDefault(candidate =>
            candidate.Unique
            && candidate
                .Columns.Order(StringComparer.OrdinalIgnoreCase)
                .SequenceEqual(columns.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase)
        );
        return index is { PrimaryKey: false }
            ? SqlErrors.DuplicateIndexRow(table, index.Name)
            : SqlErrors.DuplicateKey(index?.Name ?? "PK", table);
    }
}
