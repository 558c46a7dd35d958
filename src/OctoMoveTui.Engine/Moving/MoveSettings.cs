namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// What a person configured: defaults &lt; octomove.json &lt; OCTOMOVE_… environment &lt; options. The plan is made from it once; secrets in it
/// (environment only) stay in memory.
/// </summary>
public sealed class MoveSettings
{
    /// <summary>The move folder.</summary>
    public string Move { get; set; } = "";

    /// <summary>
    /// What moves: <c>server-and-database</c>, <c>database-only</c>, <c>server-only</c>, <c>folders-only</c> or <c>rehearsal</c>; empty = asked for when a move begins.
    /// </summary>
    public string Shape { get; set; } = "";

    /// <summary>How this machine is called in plans; empty = its host name. For hosts that go by another name, such as cluster nodes.</summary>
    public string Machine { get; set; } = "";

    /// <summary>The old server.</summary>
    public ServerSettings Old { get; set; } = new();

    /// <summary>The new server.</summary>
    public ServerSettings New { get; set; } = new();

    /// <summary>Where the backup set goes.</summary>
    public BackupSettings Backup { get; set; } = new();

    /// <summary>How directories are copied, and by which program.</summary>
    public CopySettings Copy { get; set; } = new();

    /// <summary>Where single directories go when nothing but directories moves.</summary>
    public FolderSettings Folders { get; set; } = new();

    /// <summary>What an unattended run does about tasks that waiting does not end.</summary>
    public TaskSettings Tasks { get; set; } = new();

    /// <summary>How database and files are compared.</summary>
    public AgreementSettings Agreement { get; set; } = new();

    /// <summary>How far the checks look.</summary>
    public CheckSettings Check { get; set; } = new();

    /// <summary>How often things are asked for again.</summary>
    public TimingSettings Timing { get; set; } = new();

    /// <summary>An API key of an Octopus administrator: OCTOMOVE_ApiKey. Works on both servers, for keys live in the database.</summary>
    public string? ApiKey { get; set; }

    /// <summary>True: nobody has an API key. octomove does not ask for one and goes without.</summary>
    public bool WithoutApiKey { get; set; }

    /// <summary>The master key: OCTOMOVE_MasterKey.</summary>
    public string? MasterKey { get; set; }

    /// <summary>The file that the master key is saved to, and read from on the new server; empty = in the move folder.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>The passphrase of that file: OCTOMOVE_KeyFilePassphrase.</summary>
    public string? KeyFilePassphrase { get; set; }

    /// <summary>The name that this machine has in plans.</summary>
    internal string ThisMachine => Machine.Length > 0 ? Machine : Environment.MachineName;
}

/// <summary>One of the two servers.</summary>
public sealed class ServerSettings
{
    /// <summary>The name of the machine, see <see cref="MoveSettings.Machine"/>; empty = this one.</summary>
    public string Machine { get; set; } = "";

    /// <summary>The instance name of Octopus Server. Old: empty = the only one on the machine, else asked for. New: empty = as on the old server.</summary>
    public string Instance { get; set; } = "";

    /// <summary>The path of the Octopus.Server executable; empty = found.</summary>
    public string OctopusServer { get; set; } = "";

    /// <summary>The Windows service controller (<c>sc.exe</c>).</summary>
    public string Sc { get; set; } = "sc.exe";

    /// <summary>The Windows task scheduler's command (<c>schtasks.exe</c>), for the watchdog task.</summary>
    public string Schtasks { get; set; } = "schtasks.exe";

    /// <summary>The command that lists processes; empty = <c>tasklist.exe</c> on Windows, <c>/proc</c> on Linux.</summary>
    public string Tasklist { get; set; } = "";

    /// <summary>The command of HTTP.sys (<c>netsh.exe</c>), for certificate bindings and reserved addresses.</summary>
    public string Netsh { get; set; } = "netsh.exe";

    /// <summary>The command for access lists (<c>icacls.exe</c>): what the account of the new service may do in the directories.</summary>
    public string Icacls { get; set; } = "icacls.exe";

    /// <summary>The Windows registry's command (<c>reg.exe</c>), for where Octopus Server is installed and what versions before 2020 registered.</summary>
    public string Reg { get; set; } = "reg.exe";

    /// <summary>The folder of the files that name the machine's instances; empty = where Octopus Server has it.</summary>
    public string InstanceRecords { get; set; } = "";

    /// <summary>New: Windows Installer's program (<c>msiexec.exe</c>), for installing Octopus Server.</summary>
    public string Msiexec { get; set; } = "msiexec.exe";

    /// <summary>New: a folder where the installer of Octopus Server lies; empty = in the move folder, or beside it.</summary>
    public string InstallerFolder { get; set; } = "";

    /// <summary>The address of the web portal, including a virtual directory where there is one.</summary>
    public string Url { get; set; } = "";

    /// <summary>The connection string. Old: empty = read from the instance. New: what the new Octopus Server will use.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The password for it, from the environment: OCTOMOVE_New__Password.</summary>
    public string? Password { get; set; }

    /// <summary>A second connection string, of a login that may restore databases; empty = the same login as above.</summary>
    public string AdminConnectionString { get; set; } = "";

    /// <summary>The password for it, from the environment: OCTOMOVE_New__AdminPassword.</summary>
    public string? AdminPassword { get; set; }

    /// <summary>
    /// New: the Windows account that the service will run under: DOMAIN\name, DOMAIN\name$ for a managed one (gMSA), NT AUTHORITY\NETWORK SERVICE;
    /// empty = Local System. It is given the rights that it needs in the directories and on the portal's addresses.
    /// </summary>
    public string ServiceAccount { get; set; } = "";

    /// <summary>New: the password of that account, from the environment: OCTOMOVE_New__ServicePassword. It is on no command line.</summary>
    public string? ServicePassword { get; set; }

    /// <summary>New: the name of the server node; empty = that of its machine. An old node's name keeps that node's row and with it its task cap.</summary>
    public string NodeName { get; set; } = "";

    /// <summary>New: the machines that are to become further nodes of the server, with commas between; empty = none.</summary>
    public string FurtherNodes { get; set; } = "";

    /// <summary>The home directory of the instance. Old: empty = read from the instance.</summary>
    public string Home { get; set; } = "";
}

/// <summary>Where the backup set goes, as each SQL Server sees it.</summary>
public sealed class BackupSettings
{
    /// <summary>The folder as the old SQL Server's service account sees it; empty = its default backup folder.</summary>
    public string FolderOnOldSql { get; set; } = "";

    /// <summary>The same folder as the new SQL Server's service account sees it; empty = the same path.</summary>
    public string FolderOnNewSql { get; set; } = "";

    /// <summary>
    /// The folder on the old side as octomove on the new server sees it, where bring-backup-over runs: for carrying the file over when the new
    /// SQL Server can't read it where it lies. With <see cref="ThroughMoveFolder"/>: as octomove on the old server sees it.
    /// </summary>
    public string CarryFrom { get; set; } = "";

    /// <summary>A folder that octomove on the new server can write, as it sees it; the new SQL Server reads it as <see cref="FolderOnNewSql"/>.</summary>
    public string CarryTo { get; set; } = "";

    /// <summary>
    /// True when old and new side share nothing but the move folder: octomove on the old server puts the backup there, octomove on the new
    /// server takes it out. Costs the outage a second copy; needs both folders above.
    /// </summary>
    public bool ThroughMoveFolder { get; set; }

    /// <summary>How many files the backup is written to, 1 to 64; 0 = one, or four above 50 GB.</summary>
    public int Stripes { get; set; }
}

/// <summary>What an unattended run does about tasks on the old server. A person is asked instead.</summary>
public sealed class TaskSettings
{
    /// <summary>About tasks that wait for a manual intervention, and so for somebody who isn't there.</summary>
    public StuckTasks WhenStuck { get; set; }
}

/// <summary>What to do about tasks that wait for a manual intervention when nobody can be asked.</summary>
public enum StuckTasks
{
    /// <summary>Stop; nothing is cancelled.</summary>
    Stop,

    /// <summary>Cancel them.</summary>
    Cancel,

    /// <summary>Leave them as they are and go on: they travel in the database.</summary>
    Leave,
}

/// <summary>How far the checks look.</summary>
public sealed class CheckSettings
{
    /// <summary>How many listening Tentacles the new server tries to reach; 0 = none.</summary>
    public int Tentacles { get; set; } = 20;

    /// <summary>How long one of them may take to answer.</summary>
    public TimeSpan TentacleAnswers { get; set; } = TimeSpan.FromSeconds(3);
}

/// <summary>How often things are asked for again, and how long they may take.</summary>
public sealed class TimingSettings
{
    /// <summary>Between two looks at running tasks, a starting server, a re-index task.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a request to Octopus Server may take.</summary>
    public TimeSpan Request { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long SQL Server may take to answer a question about itself, or to do what is done at once. BACKUP, RESTORE, CHECKDB and counts may take longer.</summary>
    public TimeSpan Question { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a command of Octopus.Server or of Windows may take before it is ended. Installers and programs that copy may take longer.</summary>
    public TimeSpan Command { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a request is sent again by itself when Octopus Server, or a proxy before it, puts it off.</summary>
    public TimeSpan ServerBusy { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the tasks on the old server may stay the same, none ended and none begun, before it is asked what to do about them.</summary>
    public TimeSpan TasksUnchanged { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a service may take to stop.</summary>
    public TimeSpan ServiceStop { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long sessions on the old database may take to end after the service has stopped.</summary>
    public TimeSpan SessionsGone { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a node on another machine must not have reported before it counts as stopped. A node reports about every 20 seconds: three are
    /// missed.
    /// </summary>
    public TimeSpan NodeSilent { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a step waits for people to stop, or to set up, nodes on other machines, before it fails and can be tried again.</summary>
    public TimeSpan OtherNodes { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the move waits for the re-index of the packages before it lets it run on by itself; null = until it has ended.</summary>
    public TimeSpan? Reindex { get; set; }

    /// <summary>How long the new server may take to answer after its start.</summary>
    public TimeSpan ServerStart { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a run gives a sign of life in the lock of the move folder.</summary>
    public TimeSpan LockBeat { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the lock of a run that can't be seen from here is watched for a sign of life, at least, before somebody is asked about it.</summary>
    public TimeSpan LockSilent { get; set; } = TimeSpan.FromSeconds(30);
}
