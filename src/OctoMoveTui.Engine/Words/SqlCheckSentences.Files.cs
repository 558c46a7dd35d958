using OctoMoveTui.Engine.Checks;

namespace OctoMoveTui.Engine.Words;

/// <summary>Sentences about folders, space and the probe backup.</summary>
internal static partial class SqlCheckSentences
{
    internal static string GoesToUrl(string url) => $"{url} is no folder of the server; a credential opens it.";

    internal static string SeesFolder(string folder) => $"The server sees {folder}.";

    internal static string SeesNoFolder(string folder, string server) => $"The SQL Server {server} sees no folder {folder} (error 3201 or 5133).";

    internal static string NotToldOfFolder(string folder, string login) => $"{login} is no sysadmin and is not told whether {folder} is there.";

    internal static readonly string[] ProbeTells = ["The probe backup tells (Q12)."];

    internal static readonly string[] RestoreTells = ["These are the server's own defaults: if they are wrong, the restore says so before it changes anything."];

    internal static string[] MakeFolder(string folder, string? account) =>
    [
        $"Make the folder on that server's machine and give {account ?? "its service account"} Modify: on the share and in the file system.",
        folder.Length > 1 && folder[1] == ':' ? "A mapped drive does not exist for a service: use the share's \\\\server\\share path." : "Or name another folder: Backup:FolderOnOldSql, Backup:FolderOnNewSql.",
    ];

    internal static string[] MakeDataFolder(string folder, string? account) =>
        [$"Make {folder} and give {account ?? "the service account"} Modify; or set another default in the server's properties, Database Settings."];

    internal static string HasCredential(string name) => $"The credential {name} is there.";

    internal const string NoUrl = "The backup goes to no URL.";

    internal static string NoCredential(string url, string server) => $"{server} has no credential for {url} (error 3201).";

    internal static string CredentialNotSeen(string url, string login) => $"{login} sees no credentials, so whether there is one for {url} can't be told.";

    internal static string[] MakeCredential(string container, bool isS3) => isS3
        ? [$"CREATE CREDENTIAL {Q(container)} WITH IDENTITY = 'S3 Access Key', SECRET = 'key id:key';"]
        : [$"CREATE CREDENTIAL {Q(container)} WITH IDENTITY = 'SHARED ACCESS SIGNATURE', SECRET = 'the SAS token without its leading ?';"];

    internal static string ProbeWritten(string file, string database) => $"A small backup ({database}) was written to {file}.";

    internal static string ProbeWrittenAndGone(string file, string database) => $"A small backup ({database}) was written to {file} and deleted again.";

    internal static string ProbeWaits(string file, string database) =>
        $"A small backup ({database}) was written to {file}; it waits there for the new server, which deletes it.";

    internal static string ProbeLeft(string file) => $"The probe backup {file} was written and read, and can't be deleted from here.";

    internal static string ProbeLeftUnread(string file) => $"The probe backup {file} was written and can't be deleted from here.";

    internal static string[] DeleteProbe(string file) => [$"Delete {file} yourself; it is not needed any more."];

    internal static string CannotProbe(string login, string database, long limit) =>
        $"{login} may not back up model, and {database} is larger than {Size(limit)} or may not be backed up: whether the server can write there shows itself only when the backup is taken.";

    internal static string[] GrantProbe(string login) =>
        [$"For this check only: USE model; CREATE USER {Q(login)} FOR LOGIN {Q(login)}; ALTER ROLE db_backupoperator ADD MEMBER {Q(login)};"];

    internal static string ProbeRead(string file, bool carried) => carried ? $"It was carried over and read in {file}." : $"It was read in {file}, where it lies.";

    internal const string ProbeReadBefore = "It was read in an earlier attempt.";

    internal const string NoProbe =
        "There is no probe backup to read: check-old-server leaves one in the move itself, or could not write one.";

    internal static string AnotherFile(string file) => $"{file} on the new server is not the file that the old server wrote: the two paths name different places.";

    internal static readonly string[] FixPaths =
        ["Correct Backup:FolderOnOldSql and Backup:FolderOnNewSql: they have to be one place, each as its server sees it; or set Backup:CarryFrom and Backup:CarryTo."];

    internal static string SpaceOnShare(string folder) => $"What is free on {folder} can't be seen by the server.";

    internal static string[] NeedsAbout(long bytes) => [$"See to it that about {Size(bytes)} are free there."];

    internal static string EnoughSpace(string volume, long free, long needed) => $"{Size(free)} are free on {volume}; {Size(needed)} are needed.";

    internal static string LittleSpace(string volume, long free, long needed) => $"{Size(free)} are free on {volume}, and about {Size(needed)} are needed.";

    internal static string NoSpace(string volume, long free, long needed) => $"{Size(free)} are free on {volume}, and {Size(needed)} are needed (error 3257).";

    internal static string NoSpaceForBackup(string volume, long free, long needed) =>
        $"{Size(free)} are free on {volume}, and {Size(needed)} are needed, for this edition can't compress backups (error 3202, 112).";

    internal static readonly string[] FreeSpace = ["Free space there, or name another folder: Backup:FolderOnOldSql."];

    internal static readonly string[] FreeSpaceForRestore =
        ["Free space there, or set other default folders; or shrink files of the old database that are mostly empty: DBCC SHRINKFILE."];

    internal static string VolumeUnknown(string folder) => $"The server does not tell what is free on the volume of {folder}.";

    internal static string MakesRoom(string volume, long free, long needed, string database) =>
        $"{Size(free)} are free on {volume}, and {Size(needed)} are needed; the database {database} that is in the way makes room when it is overwritten.";
}
