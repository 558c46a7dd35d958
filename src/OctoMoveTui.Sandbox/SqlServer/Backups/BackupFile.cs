using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>The label of a media: which set, and which member of it this file is.</summary>
internal sealed record MediaLabel(Guid MediaSetId, string? MediaName, int Families, int Family, DateTime Written, string Server);

/// <summary>A backup set as read from one file: its header and the blocks that this stripe holds.</summary>
internal sealed record BackupSetOnFile(BackupHeader Header, IReadOnlyList<BackupBlock> Blocks);

/// <summary>One block of the database; damaged when its checksum says so.</summary>
internal sealed record BackupBlock(int Number, byte[] Content, bool Damaged);

/// <summary>
/// The double's own container, in the manner of a tape: a label, then for each backup set a start, blocks, and an end. Each record has a
/// tag, a length and a checksum, so a truncated or altered file is found out. A set without an end was cut short and doesn't count.
/// </summary>
internal static class BackupFile
{
    private const int TagLength = 4,
        RecordHeader = TagLength + 4 + 4;
    private const string Label = "TAPE",
        SetStart = "SSET",
        Data = "DATA",
        SetEnd = "ESET";

    public static bool IsBackup(string path)
    {
        try
        {
            return ReadLabel(path) is not null;
        }
        catch (Exception unreadable) when (unreadable is SqlServerException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static void WriteLabel(Stream to, MediaLabel label) => Write(to, Label, JsonSerializer.SerializeToUtf8Bytes(label));

    public static void WriteStart(Stream to, BackupHeader header) => Write(to, SetStart, JsonSerializer.SerializeToUtf8Bytes(header));

    public static void WriteEnd(Stream to, BackupHeader header) => Write(to, SetEnd, JsonSerializer.SerializeToUtf8Bytes(header));

    /// <summary>Without CHECKSUM nothing notices a block that rots.</summary>
    public static void WriteBlock(Stream to, int number, ReadOnlySpan<byte> content, bool checksum)
    {
        var payload = new byte[4 + content.Length];
        BitConverter.TryWriteBytes(payload, number);
        content.CopyTo(payload.AsSpan(4));
        Write(to, Data, payload, checksum);
    }

    public static MediaLabel? ReadLabel(string path)
    {
        using var file = Open(path);
        return file.Length == 0 ? null
            : ReadRecord(file, path) is (Label, var json, false) ? JsonSerializer.Deserialize<MediaLabel>(json)
            : throw BackupErrors.NotABackup(path);
    }

    /// <summary>All sets of the file, finished ones; a torn or altered structure is 3241.</summary>
    public static (MediaLabel Label, IReadOnlyList<BackupSetOnFile> Sets) Read(string path)
    {
        using var file = Open(path);
        if (file.Length == 0)
        {
            throw BackupErrors.EmptyFile(path);
        }
        if (
            ReadRecord(file, path) is not (Label, var labelJson, false)
            || JsonSerializer.Deserialize<MediaLabel>(labelJson) is not { } label
        )
        {
            throw BackupErrors.NotABackup(path);
        }
        var sets = new List<BackupSetOnFile>();
        List<BackupBlock>? blocks = null;
        while (file.Position < file.Length)
        {
            switch (ReadRecord(file, path))
            {
                case (SetStart, _, false) when blocks is null:
                    blocks = [];
                    break;
                case (Data, var payload, var damaged) when blocks is not null && payload.Length >= 4:
                    blocks.Add(new BackupBlock(BitConverter.ToInt32(payload), payload[4..], damaged));
                    break;
                case (SetEnd, var json, false) when blocks is not null:
                    sets.Add(new BackupSetOnFile(JsonSerializer.Deserialize<BackupHeader>(json)!, blocks));
                    blocks = null;
                    break;
                default:
                    throw BackupErrors.NotABackup(path);
            }
        }
        // A set that never ended: the backup was cut short.
        return blocks is null && sets.Count > 0 ? (label, sets) : throw BackupErrors.NotABackup(path);
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static void Write(Stream to, string tag, byte[] payload, bool checksum = true)
    {
        Span<byte> header = stackalloc byte[RecordHeader];
        Encoding.ASCII.GetBytes(tag, header);
        BitConverter.TryWriteBytes(header[TagLength..], payload.Length);
        BitConverter.TryWriteBytes(header[(TagLength + 4)..], checksum ? Checksum(payload) : 0u);
        to.Write(header);
        to.Write(payload);
    }

    private static (string Tag, byte[] Payload, bool Damaged) ReadRecord(FileStream file, string path)
    {
        Span<byte> header = stackalloc byte[RecordHeader];
        if (file.ReadAtLeast(header, RecordHeader, throwOnEndOfStream: false) < RecordHeader)
        {
            throw BackupErrors.NotABackup(path);
        }
        var length = BitConverter.ToInt32(header[TagLength..]);
        if (length < 0 || length > file.Length - file.Position)
        {
            throw BackupErrors.NotABackup(path);
        }
        var payload = new byte[length];
        file.ReadExactly(payload);
        var expected = BitConverter.ToUInt32(header[(TagLength + 4)..]);
        return (Encoding.ASCII.GetString(header[..TagLength]), payload, expected != 0 && expected != Checksum(payload));
    }

    private static uint Checksum(byte[] payload) => Math.Max(1, BitConverter.ToUInt32(SHA256.HashData(payload)));
}
