using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What the backup, its transport and the restore refuse, in words.</summary>
internal static class BackupFailures
{
    internal static MoveFailure TooManyStripes(int stripes, int most) => new(new(
        FailureCause.Usage, $"Backup:Stripes is {stripes}.", $"A backup is written to 1 to {most} files; 0 lets octomove choose.", ["Correct it in octomove.json or the environment."]));

    internal static MoveFailure SecretInFolder(string key) => new(new(
        FailureCause.Usage, $"{key} is a URL with a token or a password in it, which would be written into the plan and the journal.",
        "SQL Server takes the secret from a credential, by the name of the container.",
        [$"Let {key} be the URL only, such as https://account.blob.core.windows.net/container, without what follows the ? and without a user before the @.",
         "Put the token into a credential on both SQL Servers: USE master; CREATE CREDENTIAL [https://account.blob.core.windows.net/container] "
            + "WITH IDENTITY = 'SHARED ACCESS SIGNATURE', SECRET = 'the SAS token without its leading ?';"]));

    internal static MoveFailure NothingToCarry() => new(new(
        FailureCause.Usage, "Backup:ThroughMoveFolder is set, and Backup:CarryFrom or Backup:CarryTo is empty.",
        "octomove carries the backup with its own hands then, and has to know where it can read it on the old side and write it on the new one.",
        ["Set Backup:CarryFrom: the backup's folder as octomove on the old server sees it.",
         "Set Backup:CarryTo: a folder that octomove on the new server can write, and that the new SQL Server reads as Backup:FolderOnNewSql."]));

    internal static MoveFailure ForeignFileInTheWay(string file) => new(new(
        FailureCause.InTheWay, $"The backup file {file} exists, and this move did not write it.", "Backing up into it would destroy what it holds.",
        ["Look what it is, and move it away or delete it; then Retry.", "Or choose another folder in Backup:FolderOnOldSql."]));

    internal static MoveFailure DamagedInMoveFolder(string file) => new(new(
        FailureCause.Differs, $"The backup file {file} in the move folder is not what the old server put there.", "Its disk, its share or the network damages data, or it was exchanged.",
        ["Copy it there again from the old server, then Retry.", "Or begin a new move with another --move folder."]));

    internal static MoveFailure OptionChanged(string option, string before, string now, string database) => new(new(
        FailureCause.Differs, $"{option} of {database} was {before} on the old SQL Server and is {now} on the new one.", "A restore keeps it: something changed it afterwards.",
        [$"Set it back ({option} = {before}) with ALTER DATABASE, then Retry."]));

    internal static MoveFailure ReceiptDiffers(ReceiptLine line, string receipt) => new(new(
        FailureCause.Differs, $"{line.What} differs: {line.Old} on the old SQL Server, {line.Backup} in the backup, {line.New} on the new SQL Server.",
        "The database on the new SQL Server was replaced or changed after the restore.",
        [$"All that was compared is in {receipt}.", "Look who works on the new SQL Server. The new Octopus Server has not been started."]));
}
