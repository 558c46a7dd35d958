namespace OctoMoveTui.Sandbox.CopyTools;

/// <summary>A fault on request: what goes wrong in the next copy of rsync, robocopy or rclone on a machine.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="AfterFiles">How many files are copied well before that.</param>
/// <param name="ExitCode">The exit code, where the program ends with one.</param>
public sealed record CopyFault(CopyFaultKind Kind, int AfterFiles = 0, int ExitCode = 0)
{
    /// <summary>What the program says on its way out.</summary>
    public string Message { get; init; } = "";
}

public enum CopyFaultKind
{
    /// <summary>It ends with the exit code.</summary>
    Fail,

    /// <summary>It leaves half a file, as it would when it is killed, and ends with the exit code.</summary>
    HalfFile,

    /// <summary>It does nothing any more, until it is stopped.</summary>
    Hang,

    /// <summary>It writes a wrong byte, with the right size and time, and says nothing.</summary>
    WrongByte,

    /// <summary>It leaves a file out and says nothing.</summary>
    LeaveOut,
}

/// <summary>How a machine answers when another comes by ssh.</summary>
public enum SshAnswer
{
    Welcome,
    RefusesKey,
    HostKeyUnknown,
    NotListening,

    /// <summary>ssh works, and there is no rsync.</summary>
    NoRsync,
}
