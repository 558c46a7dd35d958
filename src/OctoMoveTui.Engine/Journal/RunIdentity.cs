namespace OctoMoveTui.Engine.Journal;

/// <summary>Which run of octomove this is: what another machine reads in the lock and the journal to know whom it has to do with.</summary>
/// <param name="Machine">The machine, as plans call it.</param>
/// <param name="Host">Its real name, with its domain where it has one.</param>
/// <param name="MachineId">What tells it from another machine of the same name: a hash of the id that its system was installed with; null where there is none.</param>
/// <param name="User">The account.</param>
/// <param name="Process">The process.</param>
/// <param name="Program">The version of octomove.</param>
public sealed record RunIdentity(string Machine, string Host, string? MachineId, string User, int Process, string Program)
{
    /// <summary>When the process began, in units of its own system that no clock can shift; null where that can't be told.</summary>
    public string? ProcessBegan { get; init; }

    /// <summary>Which start of the machine this is; null where the system has no name for it.</summary>
    public string? Boot { get; init; }

    /// <summary>Which numbering of processes is meant, where a machine has several, as with containers; null where it has one.</summary>
    public string? Processes { get; init; }

    /// <summary>This process, now.</summary>
    /// <param name="machine">The machine, as plans call it.</param>
    /// <param name="program">The version of octomove.</param>
    public static RunIdentity Here(string machine, string program) =>
        new(machine, ThisMachine.Host, ThisMachine.Id, Environment.UserName, Environment.ProcessId, program)
        {
            ProcessBegan = ProcessLife.BeganOf(Environment.ProcessId),
            Boot = ThisMachine.Boot,
            Processes = ThisMachine.Processes,
        };

    /// <summary>
    /// True when both ran on one and the same machine. One start of it is one machine, whatever it is called; else the name counts, and not alone where
    /// the ids are known.
    /// </summary>
    public bool IsOnMachineOf(RunIdentity other) =>
        (Boot is not null && Boot == other.Boot)
        || (string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase) && (MachineId is null || other.MachineId is null || MachineId == other.MachineId));

    /// <summary>True when a number of a process means the same to both.</summary>
    public bool SharesProcessesWith(RunIdentity other) => IsOnMachineOf(other) && Processes == other.Processes;

    /// <summary>Who, for a person.</summary>
    public override string ToString() => Words.LockNotes.Who(this);
}
