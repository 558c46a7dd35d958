using System.Security.Cryptography;
using System.Text;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Tests.Octopus;

/// <summary>No byte of a key file can be changed or lost unnoticed.</summary>
public sealed class KeyFileDamageTests
{
    private static readonly KeyOrigin Origin = new("OLD-SERVER", "OctopusServer", "move-1", DateTimeOffset.UnixEpoch);

    public static TheoryData<string> Keys => ["5qJcW9E6B99teMmrOzaYNA==", "5qJcW9E6B99teMmrOzaYNOaiXFvROgffbXjJqzs2mDQ="];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_single_bit_that_is_flipped_is_noticed(string text)
    {
        var (key, file) = Sealed(text);
        for (var at = 0; at < file.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = file.ToArray();
                changed[at] ^= (byte)(1 << bit);
                ShouldBeRefused(changed, key.Fingerprint);
                ShouldBeRefused(changed, fingerprint: null);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_byte_that_is_exchanged_for_a_blank_or_a_line_end_is_noticed(string text)
    {
        var (_, file) = Sealed(text);
        for (var at = 0; at < file.Length; at++)
        {
            foreach (var other in " \t\r\n\v\f\0"u8)
            {
                if (file[at] == other)
                    continue;
                var changed = file.ToArray();
                changed[at] = other;
                ShouldBeRefused(changed, fingerprint: null);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_file_that_is_cut_short_anywhere_is_noticed(string text)
    {
        var (_, file) = Sealed(text);
        for (var length = 0; length < file.Length; length++)
            ShouldBeRefused(file[..length], fingerprint: null);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void What_is_appended_is_noticed(string text)
    {
        var (key, file) = Sealed(text);
        foreach (var more in new[] { "\n", " ", "A", "=", "\0", "\n" + Encoding.UTF8.GetString(file) })
            ShouldBeRefused([.. file, .. Encoding.UTF8.GetBytes(more)], key.Fingerprint);
    }

    private static (MasterKey Key, byte[] File) Sealed(string text)
    {
        var key = MasterKey.Parse(text);
        var file = KeyFile.Seal(key, Derive, Origin);
        KeyFile.Open("key", file, Derive, key.Fingerprint).ShouldBe(key);
        return (key, Encoding.UTF8.GetBytes(file));
    }

    private static void ShouldBeRefused(byte[] changed, string? fingerprint) =>
        Should.Throw<MoveFailure>(() => KeyFile.Open("key", Encoding.UTF8.GetString(changed), Derive, fingerprint)).Report.Cause.ShouldBe(FailureCause.MasterKey);

    // Thousands of files are opened here: one hash depends on salt and iterations as PBKDF2 does, and takes no third of a second.
    private static byte[] Derive(KeyFileHeader header) => SHA256.HashData([.. header.Salt, .. BitConverter.GetBytes(header.Iterations)]);
}
