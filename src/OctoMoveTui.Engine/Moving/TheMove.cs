using OctoMoveTui.Engine.Steps;

namespace OctoMoveTui.Engine.Moving;

/// <summary>The order of the steps, and the only place that has it. Steps on one line work side by side.</summary>
public static class TheMove
{
    /// <summary>The stages, in order.</summary>
    public static IReadOnlyList<IReadOnlyList<MoveStep>> Stages { get; } =
    [
        [new CheckOldServer()],
        [new CheckNewServer()],
        [new SaveMasterKey()],
        [new CopyDirectoriesAhead()],

        [new EnterMaintenanceMode()],
        [new WaitForTasks()],
        [new StopOldServer()],
        [new BackUpDatabase(), new CopyDirectories()],

        [new BringBackupOver()],
        [new RestoreDatabase()],
        [new FixDatabaseUsers()],
        [new CreateInstance()],
        [new PlaceDirectories()],
        [new VerifyBeforeStart()],
        [new StartNewServer()],
        [new ReindexPackages()],
        [new VerifyNewServer()],
        [new LeaveMaintenanceMode()],

        [new RetireOldServer()],
    ];

    /// <summary>All steps, in order.</summary>
    public static IReadOnlyList<MoveStep> Steps { get; } = [.. Stages.SelectMany(each => each)];

    /// <summary>The one step of the new server that may wait until octomove runs there: it only looks.</summary>
    public static StepId CheckNewServer { get; } = new("check-new-server");
}
