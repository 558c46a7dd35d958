using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>The label of a media: which set, and which member of it this file is.</summary>
internal sealed record MediaLabel(Guid MediaSetId, string? MediaName, int Families, int Family, DateTime Written, string Server)
{
    public bool Compressed { get; init; }
}

/// <summary>A backup set as read from one file: its header and where the blocks are that this stripe holds.</summary>
internal sealed record BackupSetOnFile(BackupHeader Header, IReadOnlyList<BackupBlock> Blocks);

/// <summary>Where one block of the database lies in the file; a checksum of 0 was never taken.</summary>
internal sealed record BackupBlock(int Number, long Offset, int Length, uint Checksum);

/// <summary>
/// The double's own container, in the manner of a tape: a label, then for each backup set a start, blocks, and an end. Each record has a
/// tag, a length and a checksum, so a truncated or altered file is found out. A set without an end was cut short and doesn't count.
/// </summary>
internal static class BackupFile
{
    private const int TagLength = 4,
        RecordHeader = TagLength + 4 + 4,
        BlockNumber = 4,
        LongestText = 16 * 1024 * 1024;
    private const string Label = "TAPE",
        SetStart = "SSET",
        Data = "DATA",
        SetEnd = "ESET";

    public static bool IsBackup(string path)
    {
        try
        {
            return ReadLabel(path, path) is not null;
        }
        catch (Exception unreadable) when (unreadable is SqlServerException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static void WriteLabel(Stream to, MediaLabel label) => WriteText(to, Label, label);

    public static void WriteStart(Stream to, BackupHeader header) => WriteText(to, SetStart, header);

    public static void WriteEnd(Stream to, BackupHeader header) => WriteText(to, SetEnd, header);

    /// <summary>Without CHECKSUM nothing notices a block that rots.</summary>
    public static void WriteBlock(Stream to, int number, ReadOnlySpan<byte> content, bool checksum)
    {
        Span<byte> prefix = stackalloc byte[BlockNumber];
        BitConverter.TryWriteBytes(prefix, number);
        WriteHeader(to, Data, BlockNumber + content.Length, checksum ? Checksum(content) : 0);
        to.Write(prefix);
        to.Write(content);
    }

    /// <summary>One block's content, and whether it is not what was written.</summary>
    public static (byte[] Content, bool Damaged) ReadBlock(FileStream file, BackupBlock block)
    {
        var content = new byte[block.Length];
        file.Position = block.Offset;
        var whole = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length;
        return (content, !whole || (block.Checksum != 0 && block.Checksum != Checksum(content)));
    }

    public static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Null: the file is empty.</summary>
    public static MediaLabel? ReadLabel(string path, string device)
    {
        using var file = Open(path);
        return file.Length == 0 ? null : ReadLabel(file, device);
    }

    /// <summary>All sets of the file, finished ones; a torn structure is 3241, one that is continued by something else 3242.</summary>
    public static (MediaLabel Label, IReadOnlyList<BackupSetOnFile> Sets) Read(string path, string device)
    {
        using var file = Open(path);
        if (file.Length == 0)
        {
            throw BackupErrors.EmptyFile(device);
        }
        var label = ReadLabel(file, device);
        var sets = new List<BackupSetOnFile>();
        List<BackupBlock>? blocks = null;
        Span<byte> number = stackalloc byte[BlockNumber];
        while (file.Position < file.Length)
        {
            var (tag, length, checksum) = ReadHeader(file, device);
            switch (tag)
            {
                case SetStart when blocks is null:
                    ReadText<BackupHeader>(file, length, checksum, device);
                    blocks = [];
                    break;
                case Data when blocks is not null && length >= BlockNumber:
                    file.ReadExactly(number);
                    blocks.Add(new BackupBlock(BitConverter.ToInt32(number), file.Position, length - BlockNumber, checksum));
                    file.Position += length - BlockNumber;
                    break;
                case SetEnd when blocks is not null:
                    sets.Add(new BackupSetOnFile(ReadText<BackupHeader>(file, length, checksum, device), blocks));
                    blocks = null;
                    break;
                default:
                    throw BackupErrors.NotTapeFormat(device);
            }
        }
        // A set that never ended: the backup was cut short.
        return blocks is null && sets.Count > 0 ? (label, sets) : throw BackupErrors.NotABackup(device);
    }

    private static MediaLabel ReadLabel(FileStream file, string device)
    {
        Span<byte> tag = stackalloc byte[TagLength];
        if (file.ReadAtLeast(tag, TagLength, throwOnEndOfStream: false) < TagLength || !tag.SequenceEqual("TAPE"u8))
        {
            throw BackupErrors.NotABackup(device);
        }
        try
        {
            file.Position = 0;
            var (_, length, checksum) = ReadHeader(file, device);
            return ReadText<MediaLabel>(file, length, checksum, device);
        }
        catch (SqlServerException)
        {
            // A tape it is, but somebody else's.
            throw BackupErrors.OfOtherSoftware(device);
        }
    }

    private static (string Tag, int Length, uint Checksum) ReadHeader(FileStream file, string device)
    {
        Span<byte> header = stackalloc byte[RecordHeader];
        if (file.ReadAtLeast(header, RecordHeader, throwOnEndOfStream: false) < RecordHeader)
        {
            throw BackupErrors.NotABackup(device);
        }
        var tag = Encoding.ASCII.GetString(header[..TagLength]);
        var length = BitConverter.ToInt32(header[TagLength..]);
        return tag is not (Label or SetStart or Data or SetEnd) ? throw BackupErrors.NotTapeFormat(device)
            : length < 0 || length > file.Length - file.Position ? throw BackupErrors.NotABackup(device)
            : (tag, length, BitConverter.ToUInt32(header[(TagLength + 4)..]));
    }

    private static T ReadText<T>(FileStream file, int length, uint checksum, string device)
    {
        if (length > LongestText)
        {
            throw BackupErrors.NotABackup(device);
        }
        var json = new byte[length];
        file.ReadExactly(json);
        return Checksum(json) == checksum ? JsonSerializer.Deserialize<T>(json)! : throw BackupErrors.NotABackup(device);
    }

    private static void WriteText<T>(Stream to, string tag, T value)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value);
        WriteHeader(to, tag, json.Length, Checksum(json));
        to.Write(json);
    }

    private static void WriteHeader(Stream to, string tag, int length, uint checksum)
    {
        Span<byte> header = stackalloc byte[RecordHeader];
        Encoding.ASCII.GetBytes(tag, header);
        BitConverter.TryWriteBytes(header[TagLength..], length);
        BitConverter.TryWriteBytes(header[(TagLength + 4)..], checksum);
        to.Write(header);
    }

    private static uint Checksum(ReadOnlySpan<byte> payload)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(payload, hash);
        return Math.Max(1, BitConverter.ToUInt32(hash));
    }
}
