using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Sessions;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>BACKUP DATABASE: a consistent copy of the rows into real files, percent by percent.</summary>
internal sealed class BackupJob
{
    private const int BlockBytes = 64 * 1024;
    private const int FirstWithFullOnSecondary = 17;

    private readonly Execution execution;
    private readonly BackupDatabaseStatement statement;
    private BackupOptions options = null!;

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
        options = await BackupOptions.ReadAsync(execution, statement);
        var databaseName = await MediaOptions.NameAsync(execution, statement.DatabaseName);
        var devices = await BackupDevice.ReadAsync(execution, statement.Devices);
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
        if (database.Replica == ReplicaRole.Secondary && !options.CopyOnly && Server.Options.Major < FirstWithFullOnSecondary)
        {
            throw BackupErrors.OnReplica();
        }
        // The gate is the edition, not its name's first word: Web says 2 like Standard, and can't.
        var canCompress = Server.Options.EngineEdition is 3 or 8 || Server.Options.Edition.StartsWith("Standard", StringComparison.Ordinal);
        if (!canCompress && options.Compression == true)
        {
            throw BackupErrors.NotInThisEdition("BACKUP DATABASE WITH COMPRESSION", Server.Options.Edition);
        }
        return !canCompress && options.Encryption is not null
            ? throw BackupErrors.NotInThisEdition("BACKUP DATABASE WITH ENCRYPTION", Server.Options.Edition)
            : database;
    }

    private async Task WriteAsync(DatabaseState database, IReadOnlyList<BackupDevice> devices)
    {
        var started = Server.LocalNow;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var encryption = Encryption();
        using var media = MediaWriter.Open(Server, devices, options, started);
        using var content = Snapshot.Of(database, Server.Paths.ToReal(Server.DataFolder));
        var header = HeaderFor(database, media, started, content.Length) with { Encryption = encryption, DeviceType = devices[0].Type };
        media.Start(header);
        header = header with { CompressedBytes = await WriteBlocksAsync(media, content, database, header), Finished = Server.LocalNow };
        media.End(header);
        await ReportAsync(header, clock.Elapsed, () => Server.History.Add(header, [.. devices.Select(device => device.Name)]));
    }

    private BackupEncryption? Encryption()
    {
        if (options.Encryption is not var (algorithm, name))
        {
            return null;
        }
        var certificate = Server.Secrets.Certificates.GetValueOrDefault(name) ?? throw SqlErrors.UnknownPrincipal("certificate", name, "find");
        return new BackupEncryption(algorithm, certificate.Thumbprint);
    }

    /// <summary>Returns how many bytes of content were written.</summary>
    private async Task<long> WriteBlocksAsync(MediaWriter media, FileStream content, DatabaseState database, BackupHeader header)
    {
        var room = Server.Options.FreeBytes ?? long.MaxValue;
        var (written, bytes) = (0, 0L);
        var blocks = (content.Length + BlockBytes - 1) / BlockBytes;
        var buffer = new byte[BlockBytes];
        var progress = new Progress(execution, CurrentCommand.Backup, options.Stats);
        await progress.BeginAsync("BACKUP DATABASE", WaitTypes.ZeroingLog);
        await progress.RunAsync(percent =>
        {
            for (; written < blocks * percent / 100; written++)
            {
                var block = buffer.AsSpan(0, content.ReadAtLeast(buffer, BlockBytes, throwOnEndOfStream: false));
                ReadOnlySpan<byte> packed = header.Compressed ? Snapshot.Compress(block) : block;
                bytes += packed.Length;
                room -= packed.Length;
                if (room < 0)
                {
                    throw BackupErrors.WriteFailed(media.DeviceOf(written), ServiceAccountDisk.Full);
                }
                media.Write(written, packed, options.Checksum);
            }
            media.Flush();
            if (percent == 100 && database.RottenPage is { } page && options is { Checksum: true, ContinueAfterError: false })
            {
                throw BackupErrors.PageIsRotten(database.Name, page, database.DataFile.Path);
            }
        });
        return bytes;
    }

    private async Task ReportAsync(BackupHeader header, TimeSpan took, Action writeHistory)
    {
        var progress = new Progress(execution, CurrentCommand.Backup, options.Stats);
        var pages = await progress.SayPagesAsync(header, header.Database);
        if (header.IsDamaged)
        {
            await progress.SayAsync(BackupErrors.SavedDamaged);
        }
        await progress.WriteHistoryAsync(writeHistory);
        await progress.SayAsync(new SqlMessage(3014, 1, 0, Summary("BACKUP DATABASE", pages, took)));
        execution.Done(CurrentCommand.Backup);
    }

    public static string Summary(string what, long pages, TimeSpan took)
    {
        var seconds = Math.Max(0.001, took.TotalSeconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what} successfully processed {pages} pages in {seconds:0.000} seconds ({pages * DatabaseFile.PageBytes / seconds / 1048576:0.000} MB/sec)."
        );
    }

    private BackupHeader HeaderFor(DatabaseState database, MediaWriter media, DateTime started, long bytes)
    {
        const decimal lsnBase = 36_000_000_000_000_000m;
        var lsn = lsnBase + Interlocked.Add(ref database.LogSequence, 2) * 100;
        return new BackupHeader
        {
            Database = database.Name,
            Name = options.Name,
            Description = options.Description,
            MediaName = media.Label.MediaName,
            MediaSetId = media.Label.MediaSetId,
            SetGuid = Guid.NewGuid(),
            FamilyGuid = database.FamilyGuid,
            RecoveryFork = database.RecoveryFork,
            BindingId = database.ServiceBrokerGuid,
            Position = media.Position,
            Stripes = media.Label.Families,
            Server = Server.Options.Name,
            Machine = Server.Options.Name.Split('\\')[0],
            User = execution.Session.Login.Name,
            ProductVersion = Server.Options.ProductVersion,
            InternalVersion = (int)ServerProperties.InternalVersion(Server),
            DatabaseCreated = database.Created,
            Started = started,
            FirstLsn = lsn,
            LastLsn = lsn + 100,
            CopyOnly = options.CopyOnly,
            Checksums = options.Checksum,
            Bytes = bytes,
            // Appending to compressed media compresses without being asked.
            Compressed = media.Label.Compressed,
            DatabaseKey = database.EncryptionKey,
            RottenPage = database.RottenPage,
            IsDamaged = database.RottenPage is not null && options is { Checksum: true, ContinueAfterError: true },
            Settings = database.Settings,
            Files =
            [
                .. database.Files.Select(file => new BackedUpFile(
                    file.Id,
                    file.IsLog,
                    file.LogicalName,
                    file.Path,
                    // What the rows take: the file itself may still wait for what SQLite has in its log.
                    file == database.DataFile ? Math.Max(file.Bytes, DatabaseFile.Round(bytes)) : file.Bytes,
                    Guid.NewGuid()
                )),
            ],
            Users = [.. database.Users.Values],
        };
    }
}
