using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>BACKUP DATABASE: a consistent copy of the rows into real files, percent by percent.</summary>
internal sealed class BackupJob
{
    private const int BlockBytes = 64 * 1024;

    private readonly Execution execution;
    private readonly BackupDatabaseStatement statement;
    private readonly HashSet<BackupOptionKind> flags = [];
    private string? name,
        description,
        mediaName;
    private int stats;

    private BackupJob(Execution execution, BackupDatabaseStatement statement) => (this.execution, this.statement) = (execution, statement);

    private SqlServerInstance Server => execution.Server;

    public static async Task RunAsync(Execution execution, BackupStatement statement)
    {
        if (statement is not BackupDatabaseStatement { Files.Count: 0 } backup || backup.MirrorToClauses.Count > 0)
        {
            throw SqlErrors.NotModelled(statement is BackupDatabaseStatement ? "BACKUP of single files, or MIRROR TO" : "BACKUP LOG");
        }
        try
        {
            await new BackupJob(execution, backup).RunAsync();
        }
        catch (SqlServerException failure)
        {
            throw BackupErrors.Chain(failure, statement);
        }
        catch (OperationCanceledException)
        {
            execution.Tokens.Message(BackupErrors.Aborted);
            execution.Tokens.Message(BackupErrors.Terminating(statement));
            throw;
        }
    }

    private async Task RunAsync()
    {
        await ReadOptionsAsync();
        var databaseName = await MediaOptions.NameAsync(execution, statement.DatabaseName);
        var devices = await MediaOptions.DevicesAsync(execution, statement.Devices);
        var database = Check(databaseName);
        if (!await database.FileOperations.WaitAsync(0, execution.Cancel))
        {
            throw BackupErrors.Serialized();
        }
        try
        {
            await WriteAsync(database, devices);
        }
        finally
        {
            database.FileOperations.Release();
        }
    }

    private async Task ReadOptionsAsync()
    {
        foreach (var option in statement.Options)
        {
            switch (option.OptionKind)
            {
                case BackupOptionKind.Name:
                    name = await MediaOptions.TextAsync(execution, option.Value);
                    break;
                case BackupOptionKind.Description:
                    description = await MediaOptions.TextAsync(execution, option.Value);
                    break;
                case BackupOptionKind.MediaName:
                    mediaName = await MediaOptions.TextAsync(execution, option.Value);
                    break;
                case BackupOptionKind.Stats:
                    stats = await MediaOptions.NumberAsync(execution, option.Value, 10);
                    break;
                case BackupOptionKind.CopyOnly
                or BackupOptionKind.Checksum
                or BackupOptionKind.NoChecksum
                or BackupOptionKind.StopOnError
                or BackupOptionKind.Format
                or BackupOptionKind.NoFormat
                or BackupOptionKind.Init
                or BackupOptionKind.NoInit
                or BackupOptionKind.Skip
                or BackupOptionKind.NoSkip
                or BackupOptionKind.Compression
                or BackupOptionKind.NoCompression
                or BackupOptionKind.MediaDescription
                or BackupOptionKind.BufferCount
                or BackupOptionKind.MaxTransferSize
                or BackupOptionKind.BlockSize:
                    flags.Add(option.OptionKind);
                    break;
                default:
                    throw BackupErrors.UnknownOption(option.OptionKind.ToString().ToUpperInvariant(), "BACKUP");
            }
        }
    }

    private DatabaseState Check(string databaseName)
    {
        if (execution.Session.Transaction.IsOpen)
        {
            throw BackupErrors.InTransaction();
        }
        var database = Server.Find(databaseName) ?? throw SqlErrors.UnknownDatabase(databaseName, 11);
        if (databaseName.Equals("tempdb", StringComparison.OrdinalIgnoreCase))
        {
            throw BackupErrors.TempDb();
        }
        Permissions.Demand(execution.Session, database, "BACKUP DATABASE");
        Server.CheckOpen(database, execution.Session);
        var canCompress = Server.Options.EngineEdition is 3 or 8 || Server.Options.Edition.StartsWith("Standard", StringComparison.Ordinal);
        return flags.Contains(BackupOptionKind.Compression) && !canCompress
            ? throw BackupErrors.NotInThisEdition("BACKUP DATABASE WITH COMPRESSION", Server.Options.Edition)
            : database;
    }

    private async Task WriteAsync(DatabaseState database, IReadOnlyList<string> devices)
    {
        foreach (var device in devices)
        {
            if (Server.Disk.WhyNotWritable(device) is { } why)
            {
                throw BackupErrors.CannotOpen(device, why, forWriting: true);
            }
        }
        var started = Server.LocalNow;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var label = LabelFor(devices, started, out var position);
        var compressed = flags.Contains(BackupOptionKind.Compression);
        var snapshot = Snapshot.Of(database, Server.DataFolder);
        var content = compressed ? Snapshot.Compress(snapshot) : snapshot;
        var header = HeaderFor(database, label, position, started, snapshot.Length, content.Length);

        var files = Open(devices);
        try
        {
            await WriteBlocksAsync(devices, files, header, content);
            header = header with { Finished = Server.LocalNow };
            foreach (var file in files)
            {
                BackupFile.WriteEnd(file, header);
                await file.FlushAsync(execution.Cancel);
            }
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
        await ReportAsync(header, clock.Elapsed);
        Server.History.Add(header, devices);
        execution.Done(CurrentCommand.Backup);
    }

    /// <summary>FORMAT makes a new media set; INIT keeps the label and drops the sets; without both the set is appended.</summary>
    private MediaLabel LabelFor(IReadOnlyList<string> devices, DateTime started, out int position)
    {
        position = 1;
        var fresh = new MediaLabel(Guid.NewGuid(), mediaName, devices.Count, 1, started, Server.Options.Name);
        var first = devices[0];
        if (flags.Contains(BackupOptionKind.Format) || devices.All(device => !File.Exists(device) || new FileInfo(device).Length == 0))
        {
            return fresh;
        }
        var (label, sets) = flags.Contains(BackupOptionKind.Init) ? (BackupFile.ReadLabel(first) ?? fresh, []) : BackupFile.Read(first);
        if (label.Families != devices.Count)
        {
            throw BackupErrors.OtherStripeCount(first);
        }
        position = sets.Count + 1;
        return label;
    }

    private List<FileStream> Open(IReadOnlyList<string> devices)
    {
        var appends = !flags.Contains(BackupOptionKind.Format) && !flags.Contains(BackupOptionKind.Init);
        var files = new List<FileStream>();
        foreach (var device in devices)
        {
            try
            {
                files.Add(new FileStream(device, appends ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                files.ForEach(file => file.Dispose());
                throw BackupErrors.CannotOpen(
                    device,
                    failure is IOException ? ServiceAccountDisk.InUse : ServiceAccountDisk.AccessDenied,
                    forWriting: true
                );
            }
        }
        return files;
    }

    private async Task WriteBlocksAsync(IReadOnlyList<string> devices, List<FileStream> files, BackupHeader header, byte[] content)
    {
        var label = new MediaLabel(header.MediaSetId, header.MediaName, files.Count, 1, header.Started, Server.Options.Name);
        for (var i = 0; i < files.Count; i++)
        {
            if (files[i].Position == 0)
            {
                BackupFile.WriteLabel(files[i], label with { Family = i + 1 });
            }
            BackupFile.WriteStart(files[i], header);
        }
        var room = Server.Options.FreeBytes ?? long.MaxValue;
        var written = 0;
        var blocks = (content.Length + BlockBytes - 1) / BlockBytes;
        await new Progress(execution, CurrentCommand.Backup, stats).RunAsync(
            "BACKUP DATABASE",
            percent =>
            {
                for (; written < (long)blocks * percent / 100; written++)
                {
                    var block = content.AsSpan(written * BlockBytes, Math.Min(BlockBytes, content.Length - written * BlockBytes));
                    room -= block.Length;
                    if (room < 0)
                    {
                        throw BackupErrors.WriteFailed(devices[written % files.Count], ServiceAccountDisk.Full);
                    }
                    BackupFile.WriteBlock(files[written % files.Count], written, block, flags.Contains(BackupOptionKind.Checksum));
                }
                // What is written so far can be seen from outside, and stays behind if the backup is cut short.
                files.ForEach(file => file.Flush());
            }
        );
    }

    private async Task ReportAsync(BackupHeader header, TimeSpan took)
    {
        var progress = new Progress(execution, CurrentCommand.Backup, stats);
        var pages = 0L;
        foreach (var file in header.Files)
        {
            var own = file.IsLog ? 2 : file.Bytes / DatabaseFile.PageBytes;
            pages += own;
            await progress.SayAsync(
                new SqlMessage(
                    4035,
                    1,
                    0,
                    $"Processed {own} pages for database '{header.Database}', file '{file.LogicalName}' on file {header.Position}."
                )
            );
        }
        await progress.SayAsync(new SqlMessage(3014, 1, 0, Summary("BACKUP DATABASE", pages, took)));
    }

    public static string Summary(string what, long pages, TimeSpan took)
    {
        var seconds = Math.Max(0.001, took.TotalSeconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what} successfully processed {pages} pages in {seconds:0.000} seconds ({pages * DatabaseFile.PageBytes / seconds / 1048576:0.000} MB/sec)."
        );
    }

    private BackupHeader HeaderFor(
        DatabaseState database,
        MediaLabel label,
        int position,
        DateTime started,
        long bytes,
        long compressedBytes
    )
    {
        const decimal lsnBase = 36_000_000_000_000_000m;
        var lsn = lsnBase + Interlocked.Add(ref database.LogSequence, 2) * 100;
        return new BackupHeader
        {
            Database = database.Name,
            Name = name,
            Description = description,
            MediaName = label.MediaName,
            MediaSetId = label.MediaSetId,
            SetGuid = Guid.NewGuid(),
            FamilyGuid = database.FamilyGuid,
            RecoveryFork = database.RecoveryFork,
            BindingId = database.ServiceBrokerGuid,
            Position = position,
            Stripes = label.Families,
            Server = Server.Options.Name,
            Machine = Server.Options.Name.Split('\\')[0],
            User = execution.Session.Login.Name,
            ProductVersion = Server.Options.ProductVersion,
            InternalVersion = (int)ServerProperties.InternalVersion(Server),
            DatabaseCreated = database.Created,
            Started = started,
            FirstLsn = lsn,
            LastLsn = lsn + 100,
            CopyOnly = flags.Contains(BackupOptionKind.CopyOnly),
            Checksums = flags.Contains(BackupOptionKind.Checksum),
            Compressed = flags.Contains(BackupOptionKind.Compression),
            Bytes = bytes,
            CompressedBytes = compressedBytes,
            Settings = database.Settings,
            Files =
            [
                .. database.Files.Select(file => new BackedUpFile(
                    file.Id,
                    file.IsLog,
                    file.LogicalName,
                    file.Path,
                    file.Bytes,
                    Guid.NewGuid()
                )),
            ],
            Users = [.. database.Users.Values],
        };
    }
}
