using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OctoMoveTui.Sandbox.World;

/// <summary>Everything in a world that looks like chance comes from here: one stream a purpose, so that adding a thing doesn't change all others.</summary>
internal sealed class SeededRandom(int seed)
{
    public Random For(string purpose) => new(BinaryPrimitives.ReadInt32LittleEndian(Bytes(purpose, 4)));

    public byte[] Bytes(string purpose, int count)
    {
        var bytes = new byte[count];
        var block = 0;
        for (var at = 0; at < count; block++)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}/{purpose}/{block}")));
            var length = Math.Min(hash.Length, count - at);
            hash.AsSpan(0, length).CopyTo(bytes.AsSpan(at));
            at += length;
        }

        return bytes;
    }

    public string Letters(string purpose, int count, string alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789") =>
        string.Concat(Bytes(purpose, count).Select(value => alphabet[value % alphabet.Length]));
}
