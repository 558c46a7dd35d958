using System.Globalization;
using System.Text;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>The receipt as a person reads it: Markdown, that any editor shows well enough.</summary>
internal static class ReceiptWords
{
    internal const string Set = "Backup set GUID";
    internal const string Family = "Family GUID";
    internal const string FirstLsn = "First LSN";
    internal const string LastLsn = "Last LSN";
    internal const string CheckpointLsn = "Checkpoint LSN";
    internal const string DatabaseBackupLsn = "Database backup LSN";
    internal const string Fenced = "The old database was still read-only when this was written: nothing was written to it after the backup.";
    internal const string FencedWhenStopped = "The old database was set read-only before the backup; from here it could not be asked again.";

    internal static string Servers((string Server, string Version, string Database) old, (string Server, string Version, string Database) @new) =>
        $"Backed up: {old.Database} on {old.Server}, SQL Server {old.Version}. Restored: {@new.Database} on {@new.Server}, SQL Server {@new.Version}.";

    internal static string Verified(string server) => $"The backup set was verified (RESTORE VERIFYONLY WITH CHECKSUM) by {server} before it was restored.";

    internal static string Checked(DateTime at) => $"DBCC CHECKDB found nothing wrong in the restored database ({at:yyyy-MM-dd HH:mm:ss}, that server's time).";

    internal static string NotChecked(string database) => $"SQL Server does not tell of a DBCC CHECKDB after the restore. Have an administrator run: DBCC CHECKDB ([{database}]);";

    internal static string Hash(string file) => $"XxHash128 of {file}";

    internal static string Written(string file, int proven, int open) =>
        open == 0 ? $"The receipt is in {file}: {proven} comparisons, all equal." : $"The receipt is in {file}: {proven} comparisons equal, {open} could not be made from here.";

    internal static string ToMarkdown(DatabaseReceipt receipt)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# The database of move {receipt.MoveId}");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Asked on {receipt.WrittenAt:yyyy-MM-dd HH:mm:ss} UTC. An empty cell could not be asked from where octomove ran.");
        text.AppendLine();
        foreach (var statement in receipt.Statements)
            text.AppendLine(CultureInfo.InvariantCulture, $"- {statement}");
        text.AppendLine();
        text.AppendLine("|   | What | Old | Backup file | New |");
        text.AppendLine("|---|---|---|---|---|");
        foreach (var line in receipt.Lines)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {(line.IsOpen ? "–" : line.Holds ? "equal" : "DIFFERS")} | {Cell(line.What)} | {Cell(line.Old)} | {Cell(line.Backup)} | {Cell(line.New)} |");
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"## Rows: {receipt.Tables.Count} tables, {receipt.Tables.Sum(each => each.New)} rows");
        text.AppendLine();
        text.AppendLine("|   | Table | Old | New |");
        text.AppendLine("|---|---|---:|---:|");
        foreach (var table in receipt.Tables)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {(table.Old == table.New ? "equal" : "DIFFERS")} | {Cell(table.Table)} | {table.Old} | {table.New} |");
        return text.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
