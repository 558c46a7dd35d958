namespace OctoMoveTui.Sandbox.SqlServer.Sessions;

/// <summary>What a session runs now, as sys.dm_exec_requests shows it. Whoever runs a long statement keeps it up to date.</summary>
internal sealed class RunningRequest(string command, DateTime started)
{
    private string? waitType;

    /// <summary>"BACKUP DATABASE", "RESTORE DATABASE", "RESTORE VERIFYON", "DBCC CHECKDB", else "SELECT" and so on.</summary>
    public string Command { get; set; } = command;
    public DateTime Started { get; } = started;

    /// <summary>0 to 100; 0 for all statements that don't count.</summary>
    public float PercentComplete { get; set; }

    /// <summary>What it waits for now (<see cref="WaitTypes"/>); null: it runs.</summary>
    public string? WaitType
    {
        get => waitType;
        set
        {
            waitType = value;
            LastWaitType = value ?? LastWaitType;
        }
    }

    /// <summary>What it waited for last, even if it runs now.</summary>
    public string LastWaitType { get; private set; } = "MISCELLANEOUS";
}

/// <summary>The waits that a person who watches a backup or a restore gets to see.</summary>
internal static class WaitTypes
{
    /// <summary>Reading or writing the backup itself.</summary>
    public const string BackupIo = "BACKUPIO";

    /// <summary>Filling the new log file with zeros; nothing is copied meanwhile.</summary>
    public const string ZeroingLog = "ASYNC_IO_COMPLETION";

    /// <summary>Creating data files without instant file initialization; nothing is copied meanwhile.</summary>
    public const string CreatingFiles = "PREEMPTIVE_OS_WRITEFILEGATHER";
}
