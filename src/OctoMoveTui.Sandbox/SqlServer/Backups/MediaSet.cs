using System.IO.Compression;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>The files that a RESTORE was given, opened and put together.</summary>
internal sealed class MediaSet
{
    private readonly IReadOnlyList<string> devices;
    private readonly List<(MediaLabel Label, IReadOnlyList<BackupSetOnFile> Sets)> families;

    private MediaSet(IReadOnlyList<string> devices, List<(MediaLabel, IReadOnlyList<BackupSetOnFile>)> families) =>
        (this.devices, this.families) = (devices, families);

    public MediaLabel Label => families[0].Label;
    public IReadOnlyList<string> Devices => devices;
    public IEnumerable<BackupHeader> Headers => families[0].Sets.Select(set => set.Header);

    public static MediaSet Open(ServiceAccountDisk disk, IReadOnlyList<string> devices)
    {
        var families = new List<(MediaLabel, IReadOnlyList<BackupSetOnFile>)>();
        foreach (var device in devices)
        {
            if (disk.WhyNotReadable(device) is { } why)
            {
                throw BackupErrors.CannotOpen(device, why, forWriting: false);
            }
            try
            {
                families.Add(BackupFile.Read(device));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw BackupErrors.CannotOpen(
                    device,
                    failure is IOException ? ServiceAccountDisk.InUse : ServiceAccountDisk.AccessDenied,
                    forWriting: false
                );
            }
        }
        return new MediaSet(devices, families);
    }

    public BackupHeader Header(int position) =>
        Headers.FirstOrDefault(header => header.Position == position) ?? throw BackupErrors.UnknownPosition(position, devices[0]);

    /// <summary>All stripes must be there, each once, and of one media set.</summary>
    public void DemandAllStripes()
    {
        var given = families
            .Where(family => family.Label.MediaSetId == Label.MediaSetId)
            .Select(family => family.Label.Family)
            .Distinct()
            .Count();
        if (given < Label.Families)
        {
            throw BackupErrors.MissingStripes(Label.Families, given);
        }
        if (families.Count > Label.Families)
        {
            throw BackupErrors.OtherStripeCount(devices[^1]);
        }
    }

    /// <summary>The number of the first block whose checksum is wrong.</summary>
    public int? FirstDamage(int position) => Blocks(position).Where(block => block.Damaged).Select(block => (int?)block.Number).Min();

    /// <summary>The database as it was; with bytes missing or rotten if the file is and nobody asked for checksums.</summary>
    public byte[] Content(int position)
    {
        var joined = Blocks(position).OrderBy(block => block.Number).SelectMany(block => block.Content).ToArray();
        if (!Header(position).Compressed)
        {
            return joined;
        }
        try
        {
            using var inflate = new DeflateStream(new MemoryStream(joined), CompressionMode.Decompress);
            using var content = new MemoryStream();
            inflate.CopyTo(content);
            return content.ToArray();
        }
        catch (InvalidDataException)
        {
            throw BackupErrors.Damaged();
        }
    }

    private IEnumerable<BackupBlock> Blocks(int position) =>
        families.SelectMany(family => family.Sets.Where(set => set.Header.Position == position)).SelectMany(set => set.Blocks);
}
