using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Checks;

/// <summary>The order of the SQL Server checks, and the only place that has it. The letters of their ids are in docs/checks.md.</summary>
public static class AllSqlChecks
{
    /// <summary>All of them, for both servers.</summary>
    public static IReadOnlyList<SqlCheck> Checks { get; } =
    [
        new ServerVersion(),
        new Cloud(),
        new NotTheOldDatabase(),
        new DatabaseThatStays(),
        new LoginMode(),
        new Platform(),
        new VersionRule(),
        new EditionFeatures(),

        new DatabaseState(),
        new DatabaseCollation(),
        new ColumnCollations(),
        new ServerCollation(),
        new PageVerify(),
        new AutoClose(),
        new ReadCommittedSnapshot(),
        new Replication(),
        new Containment(),
        new DatabaseOwner(),
        new DatabaseSize(),
        new Encryption(),
        new Availability(),
        new Snapshots(),

        new BackupRight(),
        new FenceRight(),
        new ReadRight(),
        new SessionsRight(),
        new RestoreRight(),
        new OctopusLogin(),

        new ServiceAccount(),
        new BackupFolder(),
        new DataFolders(),
        new UrlCredential(),
        new ProbeWritten(),
        new ProbeRead(),
        new SpaceForBackup(),
        new SpaceForRestore(),

        new DatabaseClash(),
        new FileClash(),
        new RunningBackup(),
        new LastBackups(),
        new LastIntegrityCheck(),
        new Sessions(),
        new ExpressLimit(),
        new Clock(),
    ];

    /// <summary>Those of one server, as far as a move of that shape needs them.</summary>
    public static IEnumerable<SqlCheck> Of(Side side, MoveShape shape = MoveShape.ServerAndDatabase) =>
        Checks.Where(each => each.Sides.Contains(side) && each.IsFor(shape));
}
