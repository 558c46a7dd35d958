namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>
/// Azure blobs and S3 buckets, kept as files: <c>BlobFolder/host/container/key</c>. Containers and buckets must be there already, as with the
/// real ones; two servers that are given the same folder reach the same storage, each with its own credential.
/// </summary>
internal static class BlobStore
{
    private const int FirstWithS3 = 16;
    private const string AzureIdentity = "SHARED ACCESS SIGNATURE",
        ManagedIdentity = "Managed Identity",
        S3Identity = "S3 Access Key";

    /// <summary>The blob behind a URL; an address or an edition for which there can't be one is refused.</summary>
    public static BackupDevice Find(SqlServerInstance server, string url)
    {
        if (Parse(url) is not var (scheme, host, container, key) || (scheme == "s3" && server.Options.Major < FirstWithS3))
        {
            throw BackupErrors.InvalidDeviceName(url);
        }
        if (scheme == "s3" && server.Options.EngineEdition == 4)
        {
            // Standard and Enterprise only; the documentation names no error number, so this one is from memory.
            throw BackupErrors.NotInThisEdition("BACKUP or RESTORE with S3-compatible object storage", server.Options.Edition);
        }
        // Without any storage the path leads nowhere, and WhyNot says so.
        var root = server.Options.BlobFolder ?? "";
        return new BackupDevice(url, Path.Combine(root, host.Replace(':', '_'), container, key.Replace('/', Path.DirectorySeparatorChar)), IsUrl: true);
    }

    /// <summary>
    /// Why the storage doesn't let this server in; null: it does. A missing or wrong credential is operating system error 86, a container that
    /// isn't there is 50 (the S3 troubleshooting page shows the latter; the former is from memory).
    /// </summary>
    public static int? WhyNot(SqlServerInstance server, BackupDevice device)
    {
        var (scheme, host, container, _) = Parse(device.Name)!.Value;
        var address = $"{scheme}://{host}/{container}";
        var credential = server.Secrets.Credentials.Values.FirstOrDefault(each =>
            each.Name.TrimEnd('/').Equals(address, StringComparison.OrdinalIgnoreCase)
        );
        if (credential is null)
        {
            return ServiceAccountDisk.WrongPassword;
        }
        if (scheme == "s3" && !credential.Identity.Equals(S3Identity, StringComparison.OrdinalIgnoreCase))
        {
            throw BackupErrors.WrongS3Identity();
        }
        var isUsable = scheme == "s3"
            ? credential.Secret?.Split(':') is [{ Length: > 0 }, { Length: > 0 }]
            // A secret that was pasted with its leading question mark is the usual mistake.
            : credential.Identity.Equals(AzureIdentity, StringComparison.OrdinalIgnoreCase) ? credential.Secret is { Length: > 0 } secret && secret[0] != '?'
            : credential.Identity.Equals(ManagedIdentity, StringComparison.OrdinalIgnoreCase);
        if (!isUsable)
        {
            return ServiceAccountDisk.WrongPassword;
        }
        return server.Options.BlobFolder is { } root && Directory.Exists(Path.Combine(root, host.Replace(':', '_'), container))
            ? null
            : ServiceAccountDisk.NotSupported;
    }

    private static (string Scheme, string Host, string Container, string Key)? Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.AbsolutePath.TrimStart('/').Split('/', 2) is not [{ Length: > 0 } container, { Length: > 0 } key])
        {
            return null;
        }
        var isAzure = uri.Scheme == "https" && uri.Host.Contains(".blob.", StringComparison.OrdinalIgnoreCase);
        return (isAzure || uri.Scheme == "s3") && !key.Split('/').Contains("..") ? (uri.Scheme, uri.Authority, container, key) : null;
    }
}
