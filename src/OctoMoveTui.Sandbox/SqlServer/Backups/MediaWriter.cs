namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>The files that a BACKUP writes, one a stripe, and the label that makes them one media set.</summary>
internal sealed class MediaWriter : IDisposable
{
    private readonly IReadOnlyList<BackupDevice> devices;
    private readonly List<FileStream> files = [];

    private MediaWriter(IReadOnlyList<BackupDevice> devices, MediaLabel label, int position) =>
        (this.devices, Label, Position) = (devices, label, position);

    public MediaLabel Label { get; }

    /// <summary>The backup set's number on the media, from 1.</summary>
    public int Position { get; }

    /// <summary>FORMAT makes a new media set; INIT keeps the label and drops the sets; without both the set is appended.</summary>
    public static MediaWriter Open(SqlServerInstance server, IReadOnlyList<BackupDevice> devices, BackupOptions options, DateTime started)
    {
        foreach (var device in devices)
        {
            device.DemandWritable(server);
        }
        var fresh = new MediaLabel(Guid.NewGuid(), options.MediaName, devices.Count, 1, started, server.Options.Name) { Compressed = options.Compression == true };
        if (options.Format || devices.All(IsEmpty))
        {
            return new MediaWriter(devices, fresh, 1).Create(FileMode.Create);
        }
        if (devices.FirstOrDefault(device => device.IsUrl && !IsEmpty(device)) is { } blob)
        {
            // Blobs can be replaced, never appended to.
            throw BackupErrors.BlobExists(blob.Name);
        }
        var (label, sets) = options.Init ? (BackupFile.ReadLabel(devices[0].Path, devices[0].Name) ?? fresh, []) : BackupFile.Read(devices[0].Path, devices[0].Name);
        Check(label, devices, options, sets.Count > 0);
        return new MediaWriter(devices, label, sets.Count + 1).Create(options.Init ? FileMode.Create : FileMode.Append);
    }

    /// <summary>What is asked for must fit what the media was made for.</summary>
    private static void Check(MediaLabel label, IReadOnlyList<BackupDevice> devices, BackupOptions options, bool appends)
    {
        if (label.Families > devices.Count)
        {
            throw BackupErrors.MissingStripes(label.Families, devices.Count);
        }
        if (label.Families < devices.Count)
        {
            throw BackupErrors.OtherStripeCount(devices[0].Name, label.Families, devices.Count);
        }
        if (!appends)
        {
            return;
        }
        if (options.Encryption is not null)
        {
            throw BackupErrors.CannotAppendEncrypted();
        }
        if (options.Compression is { } wanted && wanted != label.Compressed)
        {
            throw wanted ? BackupErrors.Incompatible("COMPRESSION", "NO_COMPRESSION") : BackupErrors.Incompatible("NO_COMPRESSION", "COMPRESSION");
        }
    }

    private static bool IsEmpty(BackupDevice device) => !File.Exists(device.Path) || new FileInfo(device.Path).Length == 0;

    private MediaWriter Create(FileMode mode)
    {
        foreach (var device in devices)
        {
            try
            {
                if (device.IsUrl)
                {
                    // Folders in a blob's name are part of the name: they don't have to be made first.
                    Directory.CreateDirectory(Path.GetDirectoryName(device.Path)!);
                }
                files.Add(new FileStream(device.Path, mode, FileAccess.Write, FileShare.Read));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Dispose();
                throw BackupErrors.CannotOpen(
                    device.Name,
                    failure is IOException ? ServiceAccountDisk.InUse : ServiceAccountDisk.AccessDenied,
                    forWriting: true
                );
            }
        }
        return this;
    }

    public void Start(BackupHeader header)
    {
        for (var i = 0; i < files.Count; i++)
        {
            if (files[i].Position == 0)
            {
                BackupFile.WriteLabel(files[i], Label with { Family = i + 1 });
            }
            BackupFile.WriteStart(files[i], header);
        }
    }

    /// <summary>Which device gets this block: they take turns.</summary>
    public string DeviceOf(int block) => devices[block % devices.Count].Name;

    public void Write(int block, ReadOnlySpan<byte> content, bool checksum) => BackupFile.WriteBlock(files[block % files.Count], block, content, checksum);

    /// <summary>What is written so far can be seen from outside, and stays behind if the backup is cut short.</summary>
    public void Flush() => files.ForEach(file => file.Flush());

    public void End(BackupHeader header)
    {
        foreach (var file in files)
        {
            BackupFile.WriteEnd(file, header);
            file.Flush();
        }
    }

    public void Dispose() => files.ForEach(file => file.Dispose());
}
