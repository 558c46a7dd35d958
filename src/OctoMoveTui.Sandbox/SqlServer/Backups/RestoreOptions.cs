using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>What stands behind WITH in a RESTORE, evaluated.</summary>
internal sealed class RestoreOptions
{
    public int Position { get; private set; } = 1;
    public int Stats { get; private set; }
    public bool Checksum { get; private set; }

    /// <summary>NO_CHECKSUM or CONTINUE_AFTER_ERROR: damage that the checksums show is let through.</summary>
    public bool IgnoresChecksums { get; private set; }
    public bool ContinueAfterError { get; private set; }
    public bool Replace { get; private set; }
    public bool Recovery { get; private set; } = true;
    public bool RestrictedUser { get; private set; }
    public List<(string Logical, string Path)> Moves { get; } = [];

    public static async Task<RestoreOptions> ReadAsync(Execution execution, RestoreStatement statement)
    {
        var options = new RestoreOptions();
        foreach (var option in statement.Options)
        {
            switch (option)
            {
                case MoveRestoreOption move:
                    options.Moves.Add(
                        (
                            await SessionStatements.TextAsync(execution, move.LogicalFileName),
                            await SessionStatements.TextAsync(execution, move.OSFileName)
                        )
                    );
                    break;
                case ScalarExpressionRestoreOption { OptionKind: RestoreOptionKind.File } file:
                    options.Position = await MediaOptions.NumberAsync(execution, file.Value, 1);
                    break;
                case ScalarExpressionRestoreOption { OptionKind: RestoreOptionKind.Stats } stats:
                    options.Stats = await MediaOptions.NumberAsync(execution, stats.Value, 10);
                    break;
                case ScalarExpressionRestoreOption
                {
                    OptionKind: RestoreOptionKind.MediaName
                        or RestoreOptionKind.BufferCount
                        or RestoreOptionKind.MaxTransferSize
                        or RestoreOptionKind.BlockSize
                }:
                    break;
                default:
                    options.Set(option.OptionKind);
                    break;
            }
        }
        return options;
    }

    private void Set(RestoreOptionKind option)
    {
        switch (option)
        {
            case RestoreOptionKind.Stats:
                Stats = 10;
                break;
            case RestoreOptionKind.Checksum:
                Checksum = true;
                break;
            case RestoreOptionKind.Replace:
                Replace = true;
                break;
            case RestoreOptionKind.Recovery:
                Recovery = true;
                break;
            case RestoreOptionKind.NoRecovery:
                Recovery = false;
                break;
            case RestoreOptionKind.RestrictedUser:
                RestrictedUser = true;
                break;
            case RestoreOptionKind.NoChecksum:
                IgnoresChecksums = true;
                break;
            case RestoreOptionKind.ContinueAfterError:
                IgnoresChecksums = ContinueAfterError = true;
                break;
            case RestoreOptionKind.StopOnError
            or RestoreOptionKind.Restart
            or RestoreOptionKind.Unload
            or RestoreOptionKind.NoUnload:
                break;
            default:
                throw BackupErrors.UnknownOption(option.ToString().ToUpperInvariant(), "RESTORE");
        }
    }
}
