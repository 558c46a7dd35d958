using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Moving;

/// <summary>What moves from where to where. Immutable, without any secret, and with a fingerprint that ties a journal to it.</summary>
public sealed record MovePlan
{
    /// <summary>The one format that this version of octomove writes and reads.</summary>
    internal const int Format = 1;

    /// <summary>The version of this format.</summary>
    public int Version { get; init; } = Format;

    /// <summary>The id of the move: in the name and the description of the backup set, so that it is recognised later.</summary>
    public required string MoveId { get; init; }

    /// <summary>When the plan was made, UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>What moves. Server and database is not written: plans of before there was a choice keep their fingerprint.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public MoveShape Shape { get; init; }

    /// <summary>The old server.</summary>
    public required ServerPlan Old { get; init; }

    /// <summary>The new server.</summary>
    public required ServerPlan New { get; init; }

    /// <summary>Where the backup set goes.</summary>
    public required BackupPlan Backup { get; init; }

    /// <summary>The directories that move.</summary>
    public required IReadOnlyList<DirectoryPlan> Directories { get; init; }

    /// <summary>
    /// Directories that are not copied and whose place in the database has to change all the same, because it lies in the old home directory. Null when
    /// there are none.
    /// </summary>
    public IReadOnlyList<DirectoryPlan>? RePointed { get; init; }

    /// <summary>The program that copies the directories; null when octomove does it itself.</summary>
    public CopyPlan? Copy { get; init; }

    /// <summary>True when one machine does both sides: directories are then copied straight from old to new.</summary>
    [JsonIgnore]
    public bool OneMachine => string.Equals(Old.Machine, New.Machine, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The directories that are copied: all but those that both servers use where they lie. Left to a copy, such a one would be refused in the
    /// middle of the outage, as its own destination.
    /// </summary>
    [JsonIgnore]
    public IEnumerable<DirectoryPlan> DirectoriesToCopy => Directories.Where(each => !IsShared(each));

    /// <summary>True when both servers use the very same directory: one share, or one path of one machine.</summary>
    public bool IsShared(DirectoryPlan directory) => directory.StaysInPlace && (OneMachine || directory.IsOnShare);

    /// <summary>The server plan of one side.</summary>
    public ServerPlan Of(Side side) => side == Side.Old ? Old : New;

    /// <summary>The SHA-256 of the plan as it is saved, in hex.</summary>
    [JsonIgnore]
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())));

    /// <summary>The text of plan.json.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, MoveJson.Indented);

    /// <summary>Reads plan.json.</summary>
    /// <exception cref="JsonException">It isn't a plan.</exception>
    public static MovePlan FromJson(string text) => PlanReading.Read(text);
}

/// <summary>One of the two servers, as the plan knows it. Connection strings carry no password.</summary>
public sealed record ServerPlan
{
    /// <summary>The host name of the machine that does this side.</summary>
    public required string Machine { get; init; }

    /// <summary>The instance of Octopus Server.</summary>
    public required string Instance { get; init; }

    /// <summary>The path of the Octopus.Server executable.</summary>
    public required string OctopusServer { get; init; }

    /// <summary>The service controller.</summary>
    public required string Sc { get; init; }

    /// <summary>The task scheduler's command.</summary>
    public required string Schtasks { get; init; }

    /// <summary>The command that lists processes; empty = <c>tasklist.exe</c> on Windows, <c>/proc</c> elsewhere.</summary>
    public string Tasklist { get; init; } = "";

    /// <summary>The registry's command; null in a plan of an earlier version.</summary>
    public string? Reg { get; init; }

    /// <summary>The folder of the files that name the machine's instances; null = where Octopus Server has it.</summary>
    public string? InstanceRecords { get; init; }

    /// <summary>The version that was found when the plan was made; null on the new server, and in a plan of an earlier version.</summary>
    public string? OctopusVersion { get; init; }

    /// <summary>Windows Installer's program.</summary>
    public string Msiexec { get; init; } = "msiexec.exe";

    /// <summary>A folder where the installer of Octopus Server may lie, beside the move folder; empty = none.</summary>
    public string InstallerFolder { get; init; } = "";

    /// <summary>The address of the web portal.</summary>
    public required string Url { get; init; }

    /// <summary>The home directory.</summary>
    public required string Home { get; init; }

    /// <summary>How Octopus Server connects, without the password.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>How octomove connects where more rights are needed, without the password; the same as above when there is no second login.</summary>
    public required string AdminConnectionString { get; init; }

    /// <summary>The name of the database.</summary>
    public required string Database { get; init; }

    /// <summary>The command of HTTP.sys; null = netsh.exe. No default of its own: the fingerprint of a plan of an earlier version must stay what it was.</summary>
    public string? Netsh { get; init; }

    /// <summary>The command for access lists; null = icacls.exe.</summary>
    public string? Icacls { get; init; }

    /// <summary>Where <see cref="Netsh"/> is.</summary>
    [JsonIgnore]
    public string NetshFile => Netsh ?? "netsh.exe";

    /// <summary>Where <see cref="Icacls"/> is.</summary>
    [JsonIgnore]
    public string IcaclsFile => Icacls ?? "icacls.exe";

    /// <summary>The Windows account of the service; empty = Local System. With Windows authentication it is also who comes to SQL Server.</summary>
    public string ServiceAccount { get; init; } = "";

    /// <summary>The name of the server node; empty = that of its machine.</summary>
    public string NodeName { get; init; } = "";

    /// <summary>New: the machines that become further nodes of the server, by hand, when the first one is verified.</summary>
    public IReadOnlyList<string> FurtherNodes { get; init; } = [];

    /// <summary>The Windows service of the instance.</summary>
    [JsonIgnore]
    public string Service => InstanceRecord.ServiceOf(Instance);

    /// <summary>The config file that create-instance writes.</summary>
    [JsonIgnore]
    public string ConfigFile
    {
        get
        {
            var separator = Home.Contains('\\', StringComparison.Ordinal) ? '\\' : '/';
            var name = Instance == InstanceRecord.DefaultName ? "OctopusServer.config" : $"OctopusServer-{Instance}.config";
            return Home.TrimEnd(separator) + separator + name;
        }
    }
}

/// <summary>Where the backup set goes.</summary>
/// <param name="FileOnOldSql">The file as the old SQL Server sees it; of several stripes, the name that all of theirs are made from.</param>
/// <param name="FileOnNewSql">The same file as the new SQL Server sees it.</param>
/// <param name="CarryFrom">The file as octomove reads it, on the machine that carries it; or empty.</param>
/// <param name="CarryTo">The file as octomove on the new server writes it; the new SQL Server reads it as <paramref name="FileOnNewSql"/>. Or empty.</param>
public sealed record BackupPlan(string FileOnOldSql, string FileOnNewSql, string CarryFrom, string CarryTo)
{
    /// <summary>How many files the media set has: all of them are needed to restore (error 3132).</summary>
    public int Stripes { get; init; } = 1;

    /// <summary>
    /// True when old and new server share nothing but the move folder: octomove on the old server puts the files there
    /// (<paramref name="CarryFrom"/> is then how that machine reads them), and octomove on the new server takes them out.
    /// </summary>
    public bool ThroughMoveFolder { get; init; }

    /// <summary>The files as the old SQL Server sees them.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> FilesOnOldSql => Striped(FileOnOldSql);

    /// <summary>The files as the new SQL Server sees them.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> FilesOnNewSql => Striped(FileOnNewSql);

    /// <summary>The names that the stripes of <paramref name="file"/> have.</summary>
    public IReadOnlyList<string> Striped(string file)
    {
        if (Stripes <= 1 || file.Length == 0)
            return [file];
        var dot = file.LastIndexOf('.');
        return [.. Enumerable.Range(1, Stripes).Select(number => string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{file[..dot]}-{number}of{Stripes}{file[dot..]}"))];
    }
}

/// <summary>A directory that moves.</summary>
/// <param name="Kind">Artifacts, TaskLogs, Packages, EventExports or Imports.</param>
/// <param name="From">Its path on the old server.</param>
/// <param name="To">Its path on the new server.</param>
public sealed record DirectoryPlan(string Kind, string From, string To)
{
    /// <summary>True when old and new server name it by the same path. On two machines that is one directory only on a share.</summary>
    [JsonIgnore]
    public bool StaysInPlace => string.Equals(
        From.TrimEnd('/', '\\'), To.TrimEnd('/', '\\'), From.Contains('\\', StringComparison.Ordinal) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    /// <summary>True for UNC paths. <c>\\?\C:\…</c> begins like one and is a disk of the machine.</summary>
    [JsonIgnore]
    public bool IsOnShare => IsShare(From);

    /// <summary>True for UNC paths, see above.</summary>
    public static bool IsShare(string path) =>
        path.StartsWith(@"\\?\UNC\", StringComparison.OrdinalIgnoreCase)
        || (path.StartsWith(@"\\", StringComparison.Ordinal) && !path.StartsWith(@"\\?\", StringComparison.Ordinal) && !path.StartsWith(@"\\.\", StringComparison.Ordinal));
}

/// <summary>A program other than octomove that copies the directories.</summary>
/// <param name="With">Which.</param>
/// <param name="Program">Its path on the old server.</param>
/// <param name="To">Where it copies to, as it is configured; empty = where octomove would copy to.</param>
public sealed record CopyPlan(CopyProgram With, string Program, string To)
{
    /// <summary>Its path on the new server, where it is needed there too.</summary>
    public string ProgramOnNew { get; init; } = "";

    /// <summary>rsync: its <c>-e</c>.</summary>
    public string RemoteShell { get; init; } = "";

    /// <summary>rsync on Windows: what it puts before the letter of a drive.</summary>
    public string Drives { get; init; } = "";
}

/// <summary>The programs that can copy the directories in place of octomove.</summary>
public enum CopyProgram
{
    /// <summary>rsync, over SSH or to a directory.</summary>
    Rsync,

    /// <summary>robocopy, to a share of the new server or to a directory.</summary>
    Robocopy,

    /// <summary>rclone, to a remote from which the new server fetches, or to a directory.</summary>
    Rclone,
}

/// <summary>How things are written as JSON.</summary>
public static class MoveJson
{
    /// <summary>One line: the journal and the conversation with front ends.</summary>
    public static JsonSerializerOptions Line { get; } = Make(indented: false);

    /// <summary>For files that people read: the plan.</summary>
    public static JsonSerializerOptions Indented { get; } = Make(indented: true);

    private static JsonSerializerOptions Make(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = indented,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
