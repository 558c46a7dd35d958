using OctoMoveTui.Engine.Steps;

namespace OctoMoveTui.Engine.Moving;

/// <summary>The order of the steps of each shape of a move, and the only place that has it. Steps on one line work side by side.</summary>
public static class TheMove
{
    /// <summary>Server and database: the stages, in order.</summary>
    public static IReadOnlyList<IReadOnlyList<MoveStep>> Stages { get; } =
    [
        [new CheckOldServer()],
        [new InstallOctopusServer()],
        [new CheckNewServer()],
        [new SaveMasterKey()],
        [new CopyDirectoriesAhead()],
        [new CompareBeforeOutage()],

        [new EnterMaintenanceMode()],
        [new WaitForTasks()],
        [new TakeStock()],
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
        [new AddFurtherNodes()],
        [new LeaveMaintenanceMode()],

        [new RetireOldServer()],
    ];

    /// <summary>Server and database: all steps, in order.</summary>
    public static IReadOnlyList<MoveStep> Steps { get; } = [.. Stages.SelectMany(each => each)];

    /// <summary>The shapes that there is an order for, as they are offered.</summary>
    public static IReadOnlyList<MoveShape> Shapes => [.. StagesOfShapes.Keys];

    private static Dictionary<MoveShape, IReadOnlyList<IReadOnlyList<MoveStep>>> StagesOfShapes { get; } = new()
    {
        [MoveShape.ServerAndDatabase] = Stages,
        [MoveShape.DatabaseOnly] =
        [
            [new CheckOldServer()],
            [new CheckNewSqlServer()],
            [new SaveMasterKey()],

            [new EnterMaintenanceMode()],
            [new WaitForTasks()],
            [new TakeStock()],
            [new StopOldServer()],
            [new BackUpDatabase()],

            [new BringBackupOver()],
            [new RestoreDatabase()],
            [new FixDatabaseUsers()],
            [new AttachDatabase()],
            [new VerifyBeforeStart()],
            [new StartServerAgain()],
            [new LetTasksRun()],
            [new VerifyNewServer()],
            [new LeaveMaintenanceMode()],
        ],
        [MoveShape.ServerOnly] =
        [
            [new CheckOldServer()],
            [new InstallOctopusServer()],
            [new CheckNewServer()],
            [new SaveMasterKey()],
            [new CopyDirectoriesAhead()],
            [new CompareBeforeOutage()],

            [new EnterMaintenanceMode()],
            [new WaitForTasks()],
            [new TakeStock()],
            [new StopOldServer()],
            [new CopyDirectories()],

            [new CreateInstance()],
            [new PlaceDirectories()],
            [new VerifyBeforeStart()],
            [new StartNewServer()],
            [new ReindexPackages()],
            [new VerifyNewServer()],
            [new LeaveMaintenanceMode()],

            [new RetireOldServer()],
        ],
        [MoveShape.FoldersOnly] =
        [
            [new CheckOldServer()],
            [new CopyDirectoriesAhead()],
            [new CompareBeforeOutage()],

            [new EnterMaintenanceMode()],
            [new WaitForTasks()],
            [new TakeStock()],
            [new StopOldServer()],
            [new CopyDirectories()],

            [new PlaceDirectories()],
            [new VerifyBeforeStart()],
            [new StartServerAgain()],
            [new LetTasksRun()],
            [new ReindexPackages()],
            [new VerifyNewServer()],
            [new LeaveMaintenanceMode()],
        ],
        [MoveShape.Rehearsal] =
        [
            [new CheckOldServer()],
            [new InstallOctopusServer()],
            [new CheckNewServer()],
            [new SaveMasterKey()],

            // The database first: a file that belongs to a row of the backup was there before the row was.
            [new BackUpDatabase()],
            [new CopyDirectories()],

            [new BringBackupOver()],
            [new RestoreDatabase()],
            [new FixDatabaseUsers()],
            [new MuteDatabase()],
            [new CreateInstance()],
            [new PlaceDirectories()],
            [new VerifyBeforeStart()],
            [new StartNewServer()],
            [new VerifyNewServer()],
        ],
    };

    /// <summary>True when one of these steps changes something, in a move of whatever shape: from then on the plan stays as it is.</summary>
    internal static bool HasChangedSomething(IEnumerable<StepId> steps) =>
        steps.Any(step => Shapes.SelectMany(StepsOf).Any(each => each.Id == step && each.Nature != StepNature.ReadsOnly));

    /// <summary>The stages of a move of that shape, in order.</summary>
    public static IReadOnlyList<IReadOnlyList<MoveStep>> StagesOf(MoveShape shape) => StagesOfShapes[shape];

    /// <summary>All steps of a move of that shape, in order.</summary>
    public static IEnumerable<MoveStep> StepsOf(MoveShape shape) => StagesOf(shape).SelectMany(each => each);
}
