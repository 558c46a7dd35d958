namespace OctoMoveTui.Engine.Sql;

/// <summary>The files of a media set, as BACKUP's TO and RESTORE's FROM want them: disks and shares are DISK, containers and buckets URL.</summary>
public static class BackupDevices
{
    /// <summary>True for an Azure blob (https) or an S3 object.</summary>
    public static bool IsUrl(string file) =>
        file.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || file.StartsWith("s3://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The container or bucket of a URL, without a / at its end: scheme, host and the first part of the path.</summary>
    public static string ContainerOf(string url)
    {
        var path = url.IndexOf('/', url.IndexOf("://", StringComparison.Ordinal) + 3);
        var end = path < 0 ? -1 : url.IndexOf('/', path + 1);
        return end < 0 ? url : url[..end];
    }

    /// <summary>True for a URL with a query (where a SAS token is) or a user in it: the secret goes into a credential, never into a name.</summary>
    public static bool HoldsSecret(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
            return false;
        var path = url.IndexOf('/', start + 3);
        return url.Contains('?', StringComparison.Ordinal) || url[start..(path < 0 ? url.Length : path)].Contains('@', StringComparison.Ordinal);
    }

    /// <summary>The same URL without those.</summary>
    public static string WithoutSecret(string url)
    {
        if (!HoldsSecret(url))
            return url;
        var bare = url.Split('?')[0];
        var start = bare.IndexOf("://", StringComparison.Ordinal) + 3;
        var path = bare.IndexOf('/', start);
        var host = bare[start..(path < 0 ? bare.Length : path)];
        return bare[..start] + host[(host.LastIndexOf('@') + 1)..] + (path < 0 ? "" : bare[path..]);
    }

    /// <summary>"DISK = @file0, DISK = @file1".</summary>
    public static string Clause(IReadOnlyList<string> files) =>
        string.Join(", ", files.Select((file, number) => $"{(IsUrl(file) ? "URL" : "DISK")} = @file{number}"));

    /// <summary>The parameters of <see cref="Clause"/>.</summary>
    public static IEnumerable<(string Name, object? Value)> Values(IReadOnlyList<string> files) =>
        files.Select((file, number) => ($"@file{number}", (object?)file));
}
