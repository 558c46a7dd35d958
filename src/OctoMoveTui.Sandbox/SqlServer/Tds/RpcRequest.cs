using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.Tds;

/// <summary>A parameter as it came over the wire; the value is in its stored form.</summary>
internal sealed record RpcParameter(string Name, SqlType Type, object? Value, bool IsOutput);

/// <summary>A call of a procedure by name or by its well-known number.</summary>
internal sealed record RpcRequest(string Procedure, IReadOnlyList<RpcParameter> Parameters)
{
    private const ushort ByNumber = 0xFFFF;
    private const byte AnotherCall = 0xFF;

    private static readonly string[] WellKnown =
    [
        "",
        "sp_cursor",
        "sp_cursoropen",
        "sp_cursorprepare",
        "sp_cursorexecute",
        "sp_cursorprepexec",
        "sp_cursorunprepare",
        "sp_cursorfetch",
        "sp_cursoroption",
        "sp_cursorclose",
        "sp_executesql",
        "sp_prepare",
        "sp_execute",
        "sp_prepexec",
        "sp_prepexecrpc",
        "sp_unprepare",
    ];

    public static RpcRequest Read(byte[] body)
    {
        var reader = new TdsReader(body).SkipAllHeaders();
        var length = reader.UInt16();
        var number = length == ByNumber ? reader.UInt16() : 0;
        var procedure = length == ByNumber ? WellKnown.ElementAtOrDefault(number) ?? $"procedure {number}" : reader.Unicode(length);
        reader.UInt16();

        var parameters = new List<RpcParameter>();
        while (!reader.AtEnd)
        {
            if (reader.Peek() == AnotherCall)
            {
                throw SqlErrors.NotModelled("several calls in one request");
            }
            var name = reader.BVarChar();
            var output = (reader.Byte() & 1) != 0;
            var type = TypeReader.Read(reader);
            parameters.Add(new RpcParameter(name, type, TypeReader.ReadValue(reader, type), output));
        }
        return new RpcRequest(procedure, parameters);
    }
}
