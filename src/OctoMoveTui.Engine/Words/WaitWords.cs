namespace OctoMoveTui.Engine.Words;

/// <summary>What a running BACKUP or RESTORE waits for, in words. Source: sys.dm_os_wait_stats in the documentation of SQL Server.</summary>
internal static class WaitWords
{
    /// <summary>The wait in words, or null when it is none worth a word.</summary>
    internal static string? Of(string? waitType, long blockedBy) => waitType switch
    {
        _ when blockedBy > 0 => $"waits for session {blockedBy} on that SQL Server",
        null or "" => null,
        "BACKUPIO" or "BACKUPBUFFER" or "BACKUPTHREAD" => "waits for the disk that holds the backup",
        "ASYNC_IO_COMPLETION" or "IO_COMPLETION" => "writes zeros into new files, or waits for the database's disk",
        "PREEMPTIVE_OS_WRITEFILEGATHER" => "fills the new data files with zeros: that SQL Server has no instant file initialization",
        "PREEMPTIVE_OS_WRITEFILE" or "PREEMPTIVE_OS_CREATEFILE" or "PREEMPTIVE_OS_FLUSHFILEBUFFERS" => "waits for the file system",
        "PREEMPTIVE_HTTP_REQUEST" => "waits for the cloud storage",
        "ASYNC_NETWORK_IO" => "waits for this program to read its messages",
        "WRITELOG" or "LOGBUFFER" => "waits for the log's disk",
        "THREADPOOL" or "RESOURCE_SEMAPHORE" or "CMEMTHREAD" => "waits for memory or threads: that SQL Server is busy",
        _ when waitType.StartsWith("LCK_", StringComparison.Ordinal) => "waits for other sessions to leave the database",
        _ when waitType.StartsWith("PAGEIOLATCH", StringComparison.Ordinal) => "waits for the database's disk",
        _ => $"waits ({waitType})",
    };
}
