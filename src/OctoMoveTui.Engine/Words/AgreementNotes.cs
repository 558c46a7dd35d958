using System.Globalization;
using Humanizer;
using OctoMoveTui.Engine.Agreement;

namespace OctoMoveTui.Engine.Words;

/// <summary>What the comparison of database and files says.</summary>
internal static class AgreementNotes
{
    internal static string Listing(string directory) => $"Listing {directory}";

    internal static string Comparing(string directory) => $"Comparing rows with {directory}";

    internal static string NotPartOfMove(string directory) => $"{directory} is not part of this move: its rows are not compared.";

    internal static string NoTable(string table) => $"The database has no table {table} as octomove knows it: its rows can't be compared.";

    internal static string Sizes(long row, long file) => string.Create(CultureInfo.InvariantCulture, $"has {file} bytes; the database says {row}");

    internal static string Hashes(string algorithm, string hashes) => $"has the {algorithm} {hashes}";

    internal static string Named(string id, string directory) => $"with {id} in its name below {directory}";

    internal static string Agrees(KindAgreement each) => each.Rows == 0
        ? $"{Title(each.Kind)}: no rows{Rest(each)}."
        : $"{Title(each.Kind)}: {(each.Rows == 1 ? "the one row has its file" : $"all {N(each.Rows)} rows have their file")}, {How(each)}{Rest(each)}.";

    internal static string Disagrees(KindAgreement each)
    {
        List<string> parts = [];
        if (each.Missing > 0)
            parts.Add($"{N(each.Missing)} without a file");
        if (each.Different > 0)
            parts.Add($"{N(each.Different)} with another file");
        if (each.CannotTell > 0)
            parts.Add($"{N(each.CannotTell)} that can't be told ({Why(each)})");
        return $"{Title(each.Kind)}: {"row".ToQuantity(each.Rows, "N0", CultureInfo.InvariantCulture)}, {string.Join(", ", parts)}; the others by {How(each)[3..]}{Rest(each)}.";
    }

    internal static string BaseLine(long faults, string? file) => (faults == 0
        ? "Database and files of the old server agree: whatever is missing after the move was lost in it."
        : $"{(faults == 1 ? "1 row is" : $"{N(faults)} rows are")} without the right file on the old server already: no move can bring that back, and it stops nothing.")
        + (file is null ? "" : $" The base line is in {file}.");

    internal static string OldFaults(long faults, DateTimeOffset at, string file) =>
        $"{(faults == 1 ? "1 row has" : $"{N(faults)} rows have")} no right file, and had none on the old server on {at.ToLocalTime():yyyy-MM-dd HH:mm} either: "
        + $"nothing of it was lost in this move. They are listed in {file}.";

    internal static string Orphan(OrphanLine orphan) => $"  {Title(orphan.Of)}: a file without a row: {orphan.File}";

    internal static string AllListed(string? file) => file is null
        ? "There are more. With --move and the folder of a move that has begun, all of them are listed there."
        : $"All of them are listed in {file}.";

    internal const string Agreed = "Database and files agree. Nothing was changed.";

    internal const string OldDisagrees = "These are missing on the old server already. Nothing was changed.";

    internal const string NothingNew = "Nothing was lost in the move; what is missing was missing on the old server. Nothing was changed.";

    internal const string Failed = "Database and files do not agree, or could not be compared. Nothing was changed.";

    internal static string Title(AgreementKind kind) => kind switch
    {
        AgreementKind.Package => "Packages",
        AgreementKind.TaskLog => "Task logs",
        _ => "Artifacts",
    };

    private static string How(KindAgreement each) => each.Kind == AgreementKind.Package
        ? $"by {(each.Hashed > 0 ? "size and hash" : "size")}{(each.ByExistence > 0 ? $" ({N(each.ByExistence)} by size or name only: the row says no more that octomove can read)" : "")}"
        : "by the id in the file's name";

    private static string Why(KindAgreement each) => each.Kind == AgreementKind.Package
        ? "they may lie behind a link, which is not followed"
        : "no file there has such an id in its name, or it may lie behind a link";

    private static string Rest(KindAgreement each) => each.Orphans == 0 ? "" : $"; {"file".ToQuantity(each.Orphans, "N0", CultureInfo.InvariantCulture)} without a row";

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
