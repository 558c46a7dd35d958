using System.Buffers.Binary;

namespace OctoMoveTui.Sandbox.SqlServer.Tds;

/// <summary>The first exchange: versions and whether to encrypt.</summary>
internal static class PreLogin
{
    public const byte EncryptOff = 0,
        EncryptOn = 1,
        EncryptNotSupported = 2,
        EncryptRequired = 3;
    private const byte Version = 0,
        Encryption = 1,
        Mars = 4,
        End = 0xFF;

    /// <summary>What the client wants of encryption.</summary>
    public static byte EncryptionOf(byte[] body)
    {
        for (var at = 0; at + 4 < body.Length && body[at] != End; at += 5)
        {
            var offset = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at + 1));
            if (body[at] == Encryption && offset < body.Length)
            {
                return body[offset];
            }
        }
        return EncryptNotSupported;
    }

    public static byte[] Answer(byte encryption, int major, int build)
    {
        // Three options of five bytes and the terminator come before the data.
        const int data = 3 * 5 + 1;
        return
        [
            Version,
            0,
            data,
            0,
            6,
            Encryption,
            0,
            data + 6,
            0,
            1,
            Mars,
            0,
            data + 7,
            0,
            1,
            End,
            (byte)major,
            0,
            (byte)(build >> 8),
            (byte)build,
            0,
            0,
            encryption,
            0,
        ];
    }
}
