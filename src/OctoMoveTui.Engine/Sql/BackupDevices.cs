namespace OctoMoveTui.Engine.Sql;

/// <summary>The files of a media set, as BACKUP's TO and RESTORE's FROM want them: disks and shares are DISK, containers and buckets URL.</summary>
public static class BackupDevices
{
    /// <summary>True for an Azure blob (https) or an S3 object.</summary>
    public static bool IsUrl(string file) =>
        file.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || file.StartsWith("s3://", StringComparison.OrdinalIgnoreCase);

    /// <summary>"DISK = @file0, DISK = @file1".</summary>
    public static string Clause(IReadOnlyList<string> files) =>
        string.Join(", ", files.Select((file, number) => $"{(IsUrl(file) ? "URL" : "DISK")} = @file{number}"));

    /// <summary>The parameters of <see cref="Clause"/>.</summary>
    public static IEnumerable<(string Name, object? Value)> Values(IReadOnlyList<string> files) =>
        files.Select((file, number) => ($"@file{number}", (object?)file));
}
