using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Journal;

/// <summary>The folder that both servers reach in turn: plan, journal, lock, logs, and what travels through it.</summary>
public sealed class MoveFolder
{
    /// <summary>Names the folder; touches nothing.</summary>
    public MoveFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>What moves from where to where.</summary>
    public string PlanFile => System.IO.Path.Combine(Path, "plan.json");

    /// <summary>What was begun and finished, line by line.</summary>
    public string JournalFile => System.IO.Path.Combine(Path, "journal.jsonl");

    /// <summary>True while the journal can be seen in it; false when its share or disk went away.</summary>
    public bool IsThere => File.Exists(JournalFile);

    /// <summary>Held open by the one process that works on the folder.</summary>
    public string LockFile => System.IO.Path.Combine(Path, "lock");

    /// <summary>Which machine and process that is, for others to read, with its signs of life.</summary>
    public string LockRecordFile => System.IO.Path.Combine(Path, "lock.json");

    /// <summary>How far the journal once was.</summary>
    public string JournalTipFile => System.IO.Path.Combine(Path, "journal.tip");

    /// <summary>The staged directories, when they travel through here, and their manifests.</summary>
    public string Files => System.IO.Path.Combine(Path, "files");

    /// <summary>One log a run.</summary>
    public string Logs => System.IO.Path.Combine(Path, "logs");

    /// <summary>Why the new server is the old one, for the user to keep.</summary>
    public string OctopusReceiptFile => System.IO.Path.Combine(Path, "octopus-receipt.md");

    /// <summary>The manifest of a directory that moves.</summary>
    public string ManifestOf(string kind) => System.IO.Path.Combine(Files, kind + ".manifest");

    /// <summary>Where a directory waits for the new server, when old and new are two machines.</summary>
    public string StagedDirectory(string kind) => System.IO.Path.Combine(Files, kind);

    /// <summary>What the new server wrote into a directory before the move was taken back.</summary>
    public string WrittenOnNew(string kind) => System.IO.Path.Combine(Files, "written-on-new", kind);

    /// <summary>The manifest written on the new server when a staged directory is put into its place.</summary>
    public string PlacedManifestOf(string kind) => System.IO.Path.Combine(Files, kind + ".placed.manifest");

    /// <summary>The files that another program is to copy again.</summary>
    public string AgainListOf(string kind) => System.IO.Path.Combine(Files, kind + ".again.txt");

    /// <summary>Which rows have no file on one side, and which files no row; on the old side, the base line.</summary>
    public string AgreementOf(Moving.Side side) => System.IO.Path.Combine(Path, side == Moving.Side.Old ? "agreement-old.jsonl" : "agreement-new.jsonl");

    /// <summary>The packages that were there before the new server's first start: what a re-index is held against.</summary>
    public string PackagesBeforeStart => System.IO.Path.Combine(Path, "packages-before-start.jsonl");

    /// <summary>Where the master key is proposed to be saved, under a passphrase.</summary>
    public string KeyFile => System.IO.Path.Combine(Path, "master-key.octomove");

    /// <summary>Why the new database is the old one, for the user to keep.</summary>
    public string ReceiptFile => System.IO.Path.Combine(Path, "database-receipt.md");

    /// <summary>What has to be done on the other machines of a cluster, to be copied from there: no secret in it.</summary>
    public string OtherNodesFile => System.IO.Path.Combine(Path, "other-nodes.txt");

    /// <summary>What has to be run on the machines whose Tentacles poll, when the address changes; a placeholder stands for the API key.</summary>
    public string PollingTentaclesFile => System.IO.Path.Combine(Path, "polling-tentacles.txt");

    /// <summary>What the move did, for a browser.</summary>
    public string HtmlReport => System.IO.Path.Combine(Path, "report.html");

    /// <summary>The same as Markdown.</summary>
    public string MarkdownReport => System.IO.Path.Combine(Path, "report.md");

    /// <summary>Where a file of the backup waits for the new server, when it travels through here.</summary>
    public string StagedBackup(string file) => System.IO.Path.Combine(Files, file[(file.LastIndexOfAny(['/', '\\']) + 1)..]);

    /// <summary>Makes the folder and its parts, for the owner only where the file system knows such a thing.</summary>
    /// <exception cref="Moving.MoveFailure">It can't be made.</exception>
    public void Create()
    {
        try
        {
            foreach (var each in new[] { Path, Files, Logs })
                OwnFile.CreateDirectory(each);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw MoveFailures.MoveFolderUnusable(Path, error);
        }
    }
}
