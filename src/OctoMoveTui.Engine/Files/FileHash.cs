using System.Buffers.Binary;
using System.ComponentModel;
using System.Globalization;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace OctoMoveTui.Engine.Files;

/// <summary>How contents are hashed.</summary>
[TypeConverter(typeof(FileHashKindConverter))]
public enum FileHashKind
{
    /// <summary>128 bits, faster than any disk: finds every accident.</summary>
    XxHash128,

    /// <summary>256 bits: finds intent, too, and compares with <c>sha256sum</c> and <c>Get-FileHash</c>. Costs processor time above about 1.8 GB/s a core.</summary>
    Sha256,
}

/// <summary>The hash of a file's contents.</summary>
/// <param name="First">The first 128 bits: of XxHash128 all there are.</param>
/// <param name="Rest">The other 128 bits of SHA-256; else 0.</param>
/// <param name="Kind">Which hash it is.</param>
public readonly record struct FileHash(UInt128 First, UInt128 Rest = default, FileHashKind Kind = FileHashKind.XxHash128)
{
    /// <summary>32 or 64 hexadecimal digits, as other programs print them.</summary>
    public override string ToString() => Kind == FileHashKind.Sha256
        ? First.ToString("x32", CultureInfo.InvariantCulture) + Rest.ToString("x32", CultureInfo.InvariantCulture)
        : First.ToString("x32", CultureInfo.InvariantCulture);
}

/// <summary>Hashes one file after the other. One for each thread.</summary>
internal sealed class FileHasher(FileHashKind kind)
{
    private readonly XxHash128 _fast = new();
    private readonly IncrementalHash? _secure = kind == FileHashKind.Sha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_secure is not null)
        {
            _secure.AppendData(bytes);
        }
        else
        {
            _fast.Append(bytes);
        }
    }

    /// <summary>The hash of what was appended; the next file can begin. Called as well to forget one that was given up.</summary>
    public FileHash Take()
    {
        if (_secure is null)
        {
            var hash = _fast.GetCurrentHashAsUInt128();
            _fast.Reset();
            return new FileHash(hash);
        }

        Span<byte> bytes = stackalloc byte[32];
        _secure.GetHashAndReset(bytes);
        return new FileHash(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]), FileHashKind.Sha256);
    }
}
