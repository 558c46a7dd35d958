using System.IO.Compression;
using OctoMoveTui.Sandbox.SqlServer.Databases;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>The next part of the database as it comes out of the backup.</summary>
internal sealed record MediaBlock(int Number, byte[] Content, bool Damaged);

/// <summary>The files that a RESTORE was given, opened and put together.</summary>
internal sealed class MediaSet
{
    private readonly IReadOnlyList<BackupDevice> devices;
    private readonly List<(MediaLabel Label, IReadOnlyList<BackupSetOnFile> Sets)> families;

    private MediaSet(IReadOnlyList<BackupDevice> devices, List<(MediaLabel, IReadOnlyList<BackupSetOnFile>)> families) =>
        (this.devices, this.families) = (devices, families);

    public MediaLabel Label => families[0].Label;
    public byte DeviceType => devices[0].Type;
    public IEnumerable<BackupHeader> Headers => families[0].Sets.Select(set => set.Header);

    public static MediaSet Open(SqlServerInstance server, IReadOnlyList<BackupDevice> devices)
    {
        var families = new List<(MediaLabel, IReadOnlyList<BackupSetOnFile>)>();
        foreach (var device in devices)
        {
            device.DemandReadable(server);
            try
            {
                families.Add(BackupFile.Read(device.Path, device.Name));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw BackupErrors.CannotOpen(
                    device.Name,
                    failure is IOException ? ServiceAccountDisk.InUse : ServiceAccountDisk.AccessDenied,
                    forWriting: false
                );
            }
        }
        return new MediaSet(devices, families);
    }

    public BackupHeader Header(int position) =>
        Headers.FirstOrDefault(header => header.Position == position) ?? throw BackupErrors.UnknownPosition(position, devices[0].Name);

    /// <summary>What is encrypted with a certificate opens only where that certificate is, with its private key.</summary>
    public void DemandCertificate(ServerSecrets secrets, BackupHeader header, bool contentToo)
    {
        if (header.Encryption is { } backup && secrets.Opener(backup.Thumbprint) is null)
        {
            throw BackupErrors.NoCertificate(backup.Thumbprint);
        }
        // Transparent data encryption leaves the header readable, but not the list of files.
        if (contentToo && header.DatabaseKey is { IsEncrypted: true } key && secrets.Opener(key.Thumbprint) is null)
        {
            throw BackupErrors.NoCertificate(key.Thumbprint);
        }
    }

    /// <summary>All stripes must be there, each once, and of one media set; in which order doesn't matter.</summary>
    public void DemandAllStripes()
    {
        for (var i = 0; i < families.Count; i++)
        {
            var label = families[i].Label;
            if (label.Families < families.Count)
            {
                throw BackupErrors.OtherStripeCount(devices[i].Name, label.Families, families.Count);
            }
            if (label.MediaSetId != Label.MediaSetId)
            {
                throw BackupErrors.OtherMediaSet(devices[i].Name);
            }
            var before = families.FindIndex(family => family.Label.Family == label.Family);
            if (before < i)
            {
                throw BackupErrors.SameStripeTwice(devices[i].Name, label.Family, devices[before].Name);
            }
        }
        if (families.Count < Label.Families)
        {
            throw BackupErrors.MissingStripes(Label.Families, families.Count);
        }
    }

    public int BlockCount(int position) => Sets(position).Sum(set => set.Set.Blocks.Count);

    /// <summary>The database as it was, block by block, in order. It is read as it is asked for.</summary>
    public IEnumerable<MediaBlock> Blocks(int position)
    {
        var compressed = Header(position).Compressed;
        var sources = Sets(position).Select(set => (File: BackupFile.Open(set.Device.Path), set.Set)).ToList();
        try
        {
            var all = sources.SelectMany(source => source.Set.Blocks.Select(block => (source.File, Block: block))).OrderBy(each => each.Block.Number);
            foreach (var (file, block) in all)
            {
                var (content, damaged) = BackupFile.ReadBlock(file, block);
                yield return compressed ? Inflate(block.Number, content, damaged) : new MediaBlock(block.Number, content, damaged);
            }
        }
        finally
        {
            sources.ForEach(source => source.File.Dispose());
        }
    }

    private static MediaBlock Inflate(int number, byte[] packed, bool damaged)
    {
        try
        {
            using var inflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
            using var content = new MemoryStream();
            inflate.CopyTo(content);
            return new MediaBlock(number, content.ToArray(), damaged);
        }
        catch (InvalidDataException)
        {
            return new MediaBlock(number, [], Damaged: true);
        }
    }

    private IEnumerable<(BackupDevice Device, BackupSetOnFile Set)> Sets(int position) =>
        devices.Zip(families).SelectMany(each => each.Second.Sets.Where(set => set.Header.Position == position).Select(set => (each.First, set)));
}
