using OctoMoveTui.Sandbox.OctopusServer;
using OctoMoveTui.Sandbox.SqlServer;

namespace OctoMoveTui.Sandbox;

/// <summary>What kind of world to build. Equal options and seeds build equal worlds.</summary>
public sealed record WorldOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>Packages in the built-in repository, over three spaces.</summary>
    public int Packages { get; init; } = 300;

    /// <summary>Finished tasks, each with its log.</summary>
    public int TaskLogs { get; init; } = 200;

    public int Artifacts { get; init; } = 60;

    /// <summary>How long the deployment that is executing at the beginning goes on once its node is drained; zero: it ends at once.</summary>
    public TimeSpan ExecutingTaskLasts { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Whether a second deployment executes that waits for a manual intervention, and so never ends by itself.</summary>
    public bool TaskWaitsForPerson { get; init; }

    /// <summary>A task that executes and does not listen when it is cancelled: how long it goes on once its node is drained. Null: there is none.</summary>
    public TimeSpan? DeafTaskLasts { get; init; }

    /// <summary>How many deployments are queued behind one that executes in the same project. They time out a day after they were queued.</summary>
    public int QueuedTasks { get; init; }

    /// <summary>How long one percent of a backup or restore takes.</summary>
    public TimeSpan StatsPause { get; init; }

    /// <summary>How long Octopus Server takes to start.</summary>
    public TimeSpan OctopusDelay { get; init; }

    public TimeSpan ReindexLasts { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Where the world lies; null: a new folder in the temporary directory.</summary>
    public string? Folder { get; init; }

    /// <summary>The program that copies the directories: octomove itself, rsync, robocopy or rclone.</summary>
    public string CopyWith { get; init; } = "octomove";

    /// <summary>2: the old server is a cluster of two nodes, and the new one is to become one; 1: neither.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>How many nodes the licence allows.</summary>
    public int LicensedNodes { get; init; } = 2;

    /// <summary>How often running servers report; null: every two seconds.</summary>
    public TimeSpan? Heartbeat { get; init; }

    /// <summary>What is going to move, in octomove's own word; empty: octomove asks.</summary>
    public string Shape { get; init; } = "";

    /// <summary>Leaves the folder when the world ends.</summary>
    public bool Keep { get; init; }

    public string OldVersion { get; init; } = "2026.2.4120";

    /// <summary>The version of Octopus Server on the new machine; null: the same as on the old one, as it must be.</summary>
    public string? NewVersion { get; init; }

    /// <summary>The instance that moves.</summary>
    public string Instance { get; init; } = InstanceRecord.DefaultName;

    /// <summary>Further instances on the old machine, each with a service that runs and a config file that names a database which isn't there.</summary>
    public IReadOnlyList<string> OtherInstances { get; init; } = [];

    /// <summary>Leaves instance, program and address of the old server out of octomove.json.</summary>
    public bool IsToBeFound { get; init; }

    /// <summary>Registers the instances in the registry as versions before 2020 did, whatever the version is now.</summary>
    public bool InstancesInRegistry { get; init; }

    /// <summary>Whether Octopus Server is installed on the new machine; otherwise only Windows Installer is there.</summary>
    public bool NewIsInstalled { get; init; } = true;

    public string OldSqlVersion { get; init; } = "15.0.4430.1";
    public string NewSqlVersion { get; init; } = "16.0.4236.2";

    /// <summary>Makes the old SQL Server another kind than it would be.</summary>
    public Func<SqlServerOptions, SqlServerOptions> OldSql { get; init; } = options => options;

    /// <summary>Makes the new SQL Server another kind than it would be.</summary>
    public Func<SqlServerOptions, SqlServerOptions> NewSql { get; init; } = options => options;

    /// <summary>16, or 32 as new installations have since 2024.4.</summary>
    public int KeyBytes { get; init; } = 16;

    /// <summary>How often an enabled watchdog looks for a stopped service.</summary>
    public TimeSpan WatchdogInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a scheduled task on the old machine restarts a stopped Octopus Server.</summary>
    public bool Watchdog { get; init; } = true;

    /// <summary>Whether the server re-indexes the packages whenever it starts; off in installations since 2019.9.</summary>
    public bool IndexAtStartUp { get; init; }

    /// <summary>The packages of the default space lie as they did before there were spaces: <c>Packages/Acme.Web/Acme.Web.1.2.3.zip</c>.</summary>
    public bool FlatPackages { get; init; }

    /// <summary>
    /// So many packages, finished tasks and artifacts have lost their file long before the move, and as many files of each kind lie there that no
    /// row knows.
    /// </summary>
    public int MissingBeforeMove { get; init; }

    /// <summary>Prints a line before the answer of commands that only answer.</summary>
    public bool NoiseBeforeAnswers { get; init; }

    /// <summary>Whether one listening Tentacle can't be reached: a firewall that knows the old server only.</summary>
    public bool DeafTarget { get; init; }

    /// <summary>The account of the old service.</summary>
    public string OldServiceAccount { get; init; } = "LocalSystem";

    /// <summary>The services that the old one depends on, as <c>sc qc</c> shows them.</summary>
    public string OldDependsOn { get; init; } = "";

    /// <summary>New:ServiceAccount of the configuration.</summary>
    public string ServiceAccount { get; init; } = "";

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
