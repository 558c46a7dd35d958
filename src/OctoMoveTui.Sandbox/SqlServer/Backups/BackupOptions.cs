using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>What stands behind WITH in a BACKUP, evaluated.</summary>
internal sealed class BackupOptions
{
    /// <summary>Bytes, in multiples of the smallest; more than 4 MB is for S3 only, where the parts are larger.</summary>
    private const int SmallestTransfer = 64 * 1024,
        LargestTransfer = 20 * 1024 * 1024;

    private readonly HashSet<BackupOptionKind> flags = [];

    public string? Name { get; private set; }
    public string? Description { get; private set; }
    public string? MediaName { get; private set; }

    /// <summary>Percent between two messages; 0: none are said.</summary>
    public int Stats { get; private set; }

    public (string Algorithm, string Certificate)? Encryption { get; private set; }
    public bool CopyOnly => flags.Contains(BackupOptionKind.CopyOnly);
    public bool Checksum => flags.Contains(BackupOptionKind.Checksum);
    public bool Format => flags.Contains(BackupOptionKind.Format);
    public bool Init => flags.Contains(BackupOptionKind.Init);
    public bool ContinueAfterError => flags.Contains(BackupOptionKind.ContinueAfterError);

    /// <summary>Null: neither COMPRESSION nor NO_COMPRESSION was said.</summary>
    public bool? Compression =>
        flags.Contains(BackupOptionKind.Compression) ? true
        : flags.Contains(BackupOptionKind.NoCompression) ? false
        : null;

    public static async Task<BackupOptions> ReadAsync(Execution execution, BackupStatement statement)
    {
        var options = new BackupOptions();
        foreach (var option in statement.Options)
        {
            await options.ReadAsync(execution, option);
        }
        return options;
    }

    private async Task ReadAsync(Execution execution, BackupOption option)
    {
        if (option is BackupEncryptionOption encryption)
        {
            if (encryption.Encryptor.CryptoMechanismType != CryptoMechanismType.Certificate)
            {
                throw SqlErrors.NotModelled("backup encryption with an asymmetric key");
            }
            Encryption = (Spell(encryption.Algorithm), encryption.Encryptor.Identifier.Value);
            return;
        }
        switch (option.OptionKind)
        {
            case BackupOptionKind.Name:
                Name = await MediaOptions.TextAsync(execution, option.Value);
                break;
            case BackupOptionKind.Description:
                Description = await MediaOptions.TextAsync(execution, option.Value);
                break;
            case BackupOptionKind.MediaName:
                MediaName = await MediaOptions.TextAsync(execution, option.Value);
                break;
            case BackupOptionKind.Stats:
                Stats = await MediaOptions.NumberAsync(execution, option.Value, 10);
                break;
            case BackupOptionKind.MaxTransferSize:
                var size = await MediaOptions.NumberAsync(execution, option.Value, SmallestTransfer);
                if (size % SmallestTransfer != 0 || size is < SmallestTransfer or > LargestTransfer)
                {
                    throw BackupErrors.InvalidValue("MAXTRANSFERSIZE");
                }
                break;
            case BackupOptionKind.CopyOnly
            or BackupOptionKind.Checksum
            or BackupOptionKind.NoChecksum
            or BackupOptionKind.StopOnError
            or BackupOptionKind.ContinueAfterError
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
            or BackupOptionKind.BlockSize:
                flags.Add(option.OptionKind);
                break;
            default:
                throw BackupErrors.UnknownOption(option.OptionKind.ToString().ToUpperInvariant(), "BACKUP");
        }
    }

    private static string Spell(EncryptionAlgorithm algorithm) =>
        algorithm switch
        {
            EncryptionAlgorithm.Aes128 => "aes_128",
            EncryptionAlgorithm.Aes192 => "aes_192",
            EncryptionAlgorithm.Aes256 => "aes_256",
            EncryptionAlgorithm.TripleDes3Key => "triple_des_3key",
            _ => throw SqlErrors.NotModelled($"backup encryption with {algorithm}"),
        };
}
