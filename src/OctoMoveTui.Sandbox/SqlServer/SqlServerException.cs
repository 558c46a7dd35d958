namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>One ERROR or INFO token's worth of news.</summary>
public sealed record SqlMessage(int Number, byte State, byte Severity, string Text, int Line = 1, string Procedure = "");

/// <summary>A statement failed the way SQL Server fails it: one message or, as BACKUP does, a chain whose first is the cause.</summary>
public sealed class SqlServerException : Exception
{
    public SqlServerException(params IReadOnlyList<SqlMessage> messages)
        : base(string.Join(" ", messages.Select(message => message.Text))) => Messages = messages;

    public IReadOnlyList<SqlMessage> Messages { get; }

    public int Number => Messages[0].Number;

    /// <summary>Most run-time errors end only their statement; errors of names and permissions end the batch.</summary>
    internal bool EndsBatch =>
        Messages[0] switch
        {
            { Severity: >= 17 } => true,
            { Number: 515 or 547 or 2601 or 2627 or 2628 or 8134 or 50000 } => false,
            { Number: >= 3000 and < 3300 } => false,
            { Number: 5069 or 5070 or 15023 or 15025 or 15063 or 15151 } => false,
            _ => true,
        };
}
