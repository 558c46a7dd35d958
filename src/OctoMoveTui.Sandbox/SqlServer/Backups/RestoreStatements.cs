using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Sessions;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>RESTORE in all its kinds: those that only look at the media are here, the real one is <see cref="RestoreJob"/>.</summary>
internal static class RestoreStatements
{
    public static async Task RunAsync(Execution execution, RestoreStatement statement)
    {
        try
        {
            if (execution.Session.Transaction.IsOpen)
            {
                throw BackupErrors.InTransaction();
            }
            if (statement.Kind == RestoreStatementKind.Database)
            {
                await new RestoreJob(execution, statement).RunAsync();
                return;
            }
            var devices = await BackupDevice.ReadAsync(execution, statement.Devices);
            var options = await RestoreOptions.ReadAsync(execution, statement);
            if (!Permissions.MayCreateDatabases(execution.Session))
            {
                throw SqlErrors.Denied("CREATE DATABASE", "master");
            }
            var media = statement.Kind == RestoreStatementKind.LabelOnly ? null : MediaSet.Open(execution.Server, devices);
            switch (statement.Kind)
            {
                case RestoreStatementKind.LabelOnly:
                    await LabelAsync(execution, devices[0]);
                    break;
                case RestoreStatementKind.HeaderOnly:
                    await HeaderAsync(execution, media!);
                    break;
                case RestoreStatementKind.FileListOnly:
                    var header = media!.Header(options.Position);
                    media.DemandCertificate(execution.Server.Secrets, header, contentToo: true);
                    await RowsAsync(execution, MediaRows.FileColumns, MediaRows.Files(header), CurrentCommand.FileListOnly);
                    break;
                case RestoreStatementKind.VerifyOnly:
                    await VerifyAsync(execution, media!, options);
                    break;
                default:
                    throw SqlErrors.NotModelled($"RESTORE {statement.Kind}");
            }
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

    private static async Task LabelAsync(Execution execution, BackupDevice device)
    {
        device.DemandReadable(execution.Server);
        var label = BackupFile.ReadLabel(device.Path, device.Name) ?? throw BackupErrors.EmptyFile(device.Name);
        await RowsAsync(execution, MediaRows.LabelColumns, [MediaRows.Label(label)], CurrentCommand.HeaderOnly);
    }

    private static async Task HeaderAsync(Execution execution, MediaSet media)
    {
        foreach (var header in media.Headers)
        {
            media.DemandCertificate(execution.Server.Secrets, header, contentToo: false);
        }
        await RowsAsync(
            execution,
            MediaRows.HeaderColumns(execution.Server.Options.Major),
            media.Headers.Select(header => MediaRows.Header(header with { DeviceType = media.DeviceType })),
            CurrentCommand.HeaderOnly
        );
    }

    private static async Task VerifyAsync(Execution execution, MediaSet media, RestoreOptions options)
    {
        var header = media.Header(options.Position);
        media.DemandAllStripes();
        media.DemandCertificate(execution.Server.Secrets, header, contentToo: true);
        if (options.Checksum && !header.Checksums)
        {
            throw BackupErrors.NoChecksums();
        }
        var (read, count) = (0, media.BlockCount(options.Position));
        using var blocks = media.Blocks(options.Position).GetEnumerator();
        var progress = new Progress(execution, CurrentCommand.VerifyOnly, options.Stats);
        await progress.BeginAsync("RESTORE VERIFYON", WaitTypes.BackupIo);
        await progress.RunAsync(percent =>
        {
            for (; read < (long)count * percent / 100 && blocks.MoveNext(); read++)
            {
                if (blocks.Current.Damaged && !options.IgnoresChecksums)
                {
                    throw BackupErrors.Damaged();
                }
            }
        });
        execution.Tokens.Message(new SqlMessage(3262, 1, 0, $"The backup set on file {options.Position} is valid."));
        execution.Done(CurrentCommand.VerifyOnly);
    }

    private static async Task RowsAsync(
        Execution execution,
        IReadOnlyList<ResultColumn> columns,
        IEnumerable<object?[]> rows,
        ushort command
    )
    {
        var count = 0;
        execution.Tokens.Columns(columns);
        foreach (var row in rows)
        {
            await execution.Tokens.RowAsync(columns, [.. row.Select(Types.Stored.FromClr)], execution.Cancel);
            count++;
        }
        execution.Tokens.Done(CurrentCommand.MediaRows, count);
        execution.Done(command);
    }
}
