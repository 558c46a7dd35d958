using System.Text;

namespace OctoMoveTui.Sandbox.SqlServer.Tds;

/// <summary>Who logs in, from where, to what.</summary>
internal sealed record Login7(
    int PacketSize,
    string Host,
    string User,
    string Password,
    string Application,
    string Language,
    string Database,
    bool Integrated,
    bool WantsFeatures
)
{
    public static Login7 Read(byte[] body)
    {
        var reader = new TdsReader(body);
        reader.Position = 8;
        var packetSize = reader.Int32();
        reader.Position = 25;
        var integrated = (reader.Byte() & 0x80) != 0;
        reader.Position = 27;
        var features = (reader.Byte() & 0x10) != 0;
        return new Login7(packetSize, Text(36), Text(40), Unscramble(Bytes(44)), Text(48), Text(64), Text(68), integrated, features);

        string Text(int at) => Encoding.Unicode.GetString(Bytes(at));

        byte[] Bytes(int at)
        {
            reader.Position = at;
            var (offset, length) = (reader.UInt16(), reader.UInt16());
            reader.Position = offset;
            return reader.Bytes(length * 2);
        }
    }

    private static string Unscramble(byte[] password)
    {
        for (var i = 0; i < password.Length; i++)
        {
            var mixed = (byte)(password[i] ^ 0xA5);
            password[i] = (byte)(mixed << 4 | mixed >> 4);
        }
        return Encoding.Unicode.GetString(password);
    }

    // The generated one would print the password.
    public override string ToString() => $"{User}@{Host} {Application} {Database}";
}
