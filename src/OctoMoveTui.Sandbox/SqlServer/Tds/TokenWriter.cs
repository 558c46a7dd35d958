using System.Globalization;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.Tds;

/// <summary>A column of a result as COLMETADATA tells it.</summary>
internal sealed record ResultColumn(string Name, SqlType Type, bool Nullable = true, bool Identity = false);

/// <summary>What ENVCHANGE can tell.</summary>
internal enum EnvironmentChange : byte
{
    Database = 1,
    Language = 2,
    PacketSize = 4,
    Collation = 7,
    BeginTransaction = 8,
    Commit = 9,
    Rollback = 10,
    ResetDone = 18,
}

/// <summary>The command codes in DONE tokens, as captured from real servers.</summary>
internal static class CurrentCommand
{
    public const ushort None = 0,
        Select = 193,
        Insert = 195,
        Delete = 196,
        Update = 197,
        CreateTable = 198,
        CreateDatabase = 203,
        Rollback = 210,
        BeginTransaction = 212,
        Commit = 213,
        AlterDatabase = 215,
        Execute = 224,
        Use = 226,
        Backup = 228,
        Restore = 229,
        MediaRows = 230,
        HeaderOnly = 250,
        Attention = 253,
        FileListOnly = 376,
        VerifyOnly = 377;
}

/// <summary>Writes the answer's tokens and sends them: whenever much has gathered, when told to (live progress), and at the end.</summary>
internal sealed class TokenWriter(PacketStream packets, string server)
{
    private const byte ReturnStatusToken = 0x79,
        ColMetadata = 0x81,
        ErrorToken = 0xAA,
        InfoToken = 0xAB,
        ReturnValueToken = 0xAC,
        LoginAckToken = 0xAD,
        RowToken = 0xD1,
        EnvChangeToken = 0xE3,
        DoneToken = 0xFD,
        DoneProcToken = 0xFE,
        DoneInProcToken = 0xFF;
    private const ushort More = 1,
        Failed = 2,
        HasCount = 0x10,
        Cancelled = 0x20;
    private const int EnoughToSend = 16 * 1024;

    private readonly TdsWriter writer = new();
    private (byte Token, ushort Status, ushort Command, long Count)? pending;

    /// <summary>Within a procedure statements end with DONEINPROC, and only the procedure itself with DONEPROC.</summary>
    public int ProcedureDepth { get; set; }

    public void EnvChange(EnvironmentChange kind, string now, string before)
    {
        var start = Begin(EnvChangeToken, kind);
        writer.BVarChar(now);
        writer.BVarChar(before);
        End(start);
    }

    public void EnvChange(EnvironmentChange kind, ReadOnlySpan<byte> now, ReadOnlySpan<byte> before)
    {
        var start = Begin(EnvChangeToken, kind);
        writer.Byte((byte)now.Length);
        writer.Bytes(now);
        writer.Byte((byte)before.Length);
        writer.Bytes(before);
        End(start);
    }

    private int Begin(byte token, EnvironmentChange kind)
    {
        SettlePending();
        writer.Byte(token);
        writer.UInt16(0);
        var start = writer.Length;
        writer.Byte((byte)kind);
        return start;
    }

    private void End(int start) => writer.Patch(start - 2, (ushort)(writer.Length - start));

    public void LoginAck(string version)
    {
        var parts = version.Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        writer.Byte(LoginAckToken);
        writer.UInt16(0);
        var start = writer.Length;
        writer.Bytes([1, 0x74, 0, 0, 4]);
        writer.BVarChar("Microsoft SQL Server");
        writer.Bytes([(byte)parts[0], (byte)parts[1], (byte)(parts[2] >> 8), (byte)parts[2]]);
        End(start);
    }

    /// <summary>Says a message in the session's language.</summary>
    public Func<SqlMessage, SqlMessage> Translate { get; set; } = message => message;

    public void Message(SqlMessage message)
    {
        message = Translate(message);
        SettlePending();
        writer.Byte(message.Severity > 10 ? ErrorToken : InfoToken);
        writer.UInt16(0);
        var start = writer.Length;
        writer.Int32(message.Number);
        writer.Bytes([message.State, message.Severity]);
        writer.UsVarChar(message.Text);
        writer.BVarChar(server);
        writer.BVarChar(message.Procedure);
        writer.Int32(message.Line);
        End(start);
    }

    public void Columns(IReadOnlyList<ResultColumn> columns)
    {
        SettlePending();
        writer.Byte(ColMetadata);
        writer.UInt16((ushort)columns.Count);
        foreach (var column in columns)
        {
            writer.Int32(0);
            writer.UInt16((ushort)(8 | (column.Nullable ? 1 : 0) | (column.Identity ? 0x10 : 0)));
            TypeWriter.WriteType(writer, column.Type, column.Nullable);
            writer.BVarChar(column.Name);
        }
    }

    public async ValueTask RowAsync(IReadOnlyList<ResultColumn> columns, IReadOnlyList<object?> values, CancellationToken cancel)
    {
        var fitted = Fitted(columns, values);
        writer.Byte(RowToken);
        for (var i = 0; i < columns.Count; i++)
        {
            TypeWriter.WriteValue(writer, columns[i].Type, columns[i].Nullable, fitted[i]);
        }
        if (writer.Length > EnoughToSend)
        {
            // Whole packets only: the client's asynchronous reader trips over short packets inside of long values.
            var whole = writer.Length - writer.Length % packets.Room;
            await packets.WriteAsync(writer.Content[..whole], last: false, cancel);
            writer.RemoveFirst(whole);
        }
    }

    /// <summary>Before the first byte of a row is written: a sum that outgrew its type is an error, a concatenation that outgrew it is cut.</summary>
    private static object?[] Fitted(IReadOnlyList<ResultColumn> columns, IReadOnlyList<object?> values)
    {
        var fitted = new object?[columns.Count];
        for (var i = 0; i < fitted.Length; i++)
        {
            var type = columns[i].Type;
            fitted[i] = values[i] switch
            {
                long whole when type.IsWhole && !type.Holds(whole) => throw SqlErrors.Overflow(type.Name),
                string text when type.IsText && type.Length != SqlType.Max && text.Length > type.Length => text[..type.Length],
                byte[] bytes when type.IsBinary && type.Length != SqlType.Max && bytes.Length > type.Length => bytes[..type.Length],
                var value => value,
            };
        }
        return fitted;
    }

    public void ReturnStatus(int status)
    {
        SettlePending();
        writer.Byte(ReturnStatusToken);
        writer.Int32(status);
    }

    public void ReturnValue(int ordinal, string name, SqlType type, object? value)
    {
        SettlePending();
        writer.Byte(ReturnValueToken);
        writer.UInt16((ushort)ordinal);
        writer.BVarChar(name);
        writer.Byte(1);
        writer.Int32(0);
        writer.UInt16(1);
        TypeWriter.WriteType(writer, type, nullable: true);
        TypeWriter.WriteValue(writer, type, nullable: true, value);
    }

    /// <summary>A statement has ended. Its DONE waits until it is known whether more follows.</summary>
    public void Done(ushort command, long? count = null, bool failed = false)
    {
        SettlePending();
        pending = (
            ProcedureDepth > 0 ? DoneInProcToken : DoneToken,
            (ushort)((count is null ? 0 : HasCount) | (failed ? Failed : 0)),
            command,
            count ?? 0
        );
    }

    public void DoneProcedure(bool failed = false)
    {
        SettlePending();
        pending = (ProcedureDepth > 0 ? DoneInProcToken : DoneProcToken, failed ? Failed : (ushort)0, CurrentCommand.Execute, 0);
    }

    /// <summary>A DONE in the middle of a statement: it closes a progress message, so that the client's NextResult returns.</summary>
    public void DoneSoFar(ushort command) => WriteDone(ProcedureDepth > 0 ? DoneInProcToken : DoneToken, More, command, 0);

    private void SettlePending()
    {
        if (pending is { } done)
        {
            pending = null;
            WriteDone(done.Token, (ushort)(done.Status | More), done.Command, done.Count);
        }
    }

    private void WriteDone(byte token, ushort status, ushort command, long count)
    {
        writer.Byte(token);
        writer.UInt16(status);
        writer.UInt16(command);
        writer.Int64(count);
    }

    /// <summary>Sends what has gathered, in the middle of the message.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        if (writer.Length > 0)
        {
            var content = writer.Content;
            await packets.WriteAsync(content, last: false, cancel);
            writer.Clear();
        }
    }

    /// <summary>Ends the message.</summary>
    public async Task EndAsync(CancellationToken cancel)
    {
        var done = pending ?? (DoneToken, 0, CurrentCommand.None, 0L);
        pending = null;
        WriteDone(done.Token, done.Status, done.Command, done.Count);
        await packets.WriteAsync(writer.Content, last: true, cancel);
        writer.Clear();
        ProcedureDepth = 0;
    }

    /// <summary>A message of its own, as real servers send it after the interrupted one.</summary>
    public async Task AcknowledgeAttentionAsync(CancellationToken cancel)
    {
        writer.Clear();
        WriteDone(DoneToken, Cancelled, CurrentCommand.Attention, 0);
        await packets.WriteAsync(writer.Content, last: true, cancel);
        writer.Clear();
    }
}
