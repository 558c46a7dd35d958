namespace OctoMoveTui.Engine.Words;

/// <summary>A step in words: the title on the list, its line in the guide, and how it can be taken back.</summary>
public sealed record StepWords(string Title, string Guide, string WayBack)
{
    private const string Nothing = "It changes nothing.";

    internal static readonly StepWords CheckOldServer = new("Check the old server", "–", Nothing);
    internal static readonly StepWords InstallOctopusServer = new(
        "Install Octopus Server", "5", "Uninstall it on the new server: msiexec /x with the same MSI, or Settings > Apps. No instance has been made by it.");
    internal static readonly StepWords CheckNewServer = new("Check the new server", "–", Nothing);
    internal static readonly StepWords CheckNewSqlServer = new("Check the new SQL Server", "–", Nothing);
    internal static readonly StepWords SaveMasterKey = new("Save the master key", "2", "It changes nothing on either server.");
    internal static readonly StepWords CopyDirectoriesAhead = new(
        "Copy directories ahead", "7", "Only copies are made; the old server keeps its files. Delete the copies to take it back.");
    internal static readonly StepWords CompareBeforeOutage = new("Compare database and files", "–", Nothing);
    internal static readonly StepWords EnterMaintenanceMode = new(
        "Enter maintenance mode", "1", "Turn maintenance mode off and stop draining on the old server.");
    internal static readonly StepWords WaitForTasks = new("Wait for running tasks", "1", "It only waits; what you have cancelled stays cancelled.");
    internal static readonly StepWords TakeStock = new("Take stock of the old server", "–", Nothing);
    internal static readonly StepWords StopOldServer = new(
        "Stop the old server", "1", "Set the old database READ_WRITE, the service to automatic, and start it.");
    internal static readonly StepWords BackUpDatabase = new("Back up the database", "3", "Delete the backup file. The old database is only read.");
    internal static readonly StepWords CopyDirectories = new("Copy directories", "7", "Delete the copies. The old server keeps its files.");
    internal static readonly StepWords BringBackupOver = new("Bring the backup over", "4", "Delete the copied file.");
    internal static readonly StepWords RestoreDatabase = new("Restore the database", "4", "Drop the restored database on the new SQL Server.");
    internal static readonly StepWords FixDatabaseUsers = new("Fix database users", "4", "Drop the restored database on the new SQL Server.");
    internal static readonly StepWords AttachDatabase = new(
        "Attach the server to it", "–", "The same command with the old connection string; the old database is as it was, but read-only.");
    internal static readonly StepWords StartServerAgain = new(
        "Start the server", "–", "Stop and disable the service again; then each step before this one can be taken back.");
    internal static readonly StepWords LetTasksRun = new(
        "Let tasks run again", "–", "Drain the node again; queued tasks that ran meanwhile must not run a second time: cancel them.");
    internal static readonly StepWords MuteDatabase = new("Mute the scratch database", "–", "Drop the scratch database. The old one is not touched.");
    internal static readonly StepWords CreateInstance = new(
        "Create the instance", "5, 6", "Uninstall the new service, delete the new instance (delete-instance) and its config file.");
    internal static readonly StepWords PlaceDirectories = new("Place directories", "7", "Where the database stays, set the old paths with \"path\" while the server is stopped. The old directories are as they were; delete the copies.");
    internal static readonly StepWords VerifyBeforeStart = new(
        "Verify before start", "–", "It only looks, unless a copied file is damaged: then Retry copies that file again. The old server is not touched.");
    internal static readonly StepWords StartNewServer = new(
        "Start the new server", "8", "Stop and uninstall the new service; the old server can still be started again.");
    internal static readonly StepWords ReindexPackages = new(
        "Re-index packages", "8", "Stop the new service. The old server is as it was; queued tasks that ran here meanwhile must not run there again: cancel them.");
    internal static readonly StepWords VerifyNewServer = new(
        "Verify the new server", "–", "It adds one task to the new server, its check of the database. The old server is not touched.");
    internal static readonly StepWords AddFurtherNodes = new(
        "Add further nodes", "–", "Stop and disable the service on each of those machines, too; the old server can still be started again.");
    internal static readonly StepWords LeaveMaintenanceMode = new(
        "Leave maintenance mode", "–", "This is the point of no return: what users do from now on exists only on the new server.");
    internal static readonly StepWords RetireOldServer = new(
        "Retire the old server", "–", "The old service and database stay where they are, stopped and read-only.");
}
