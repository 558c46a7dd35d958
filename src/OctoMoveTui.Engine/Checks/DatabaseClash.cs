using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>
/// Q14. Whose database has the name on the new server. RESTORE overwrites an older copy of the same database without a word, so it is shown
/// what it is: an empty one made for Octopus, an earlier restore, or somebody else's.
/// </summary>
public sealed class DatabaseClash() : SqlCheck("Q14a", SqlCheckWords.DatabaseClash, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } =
        ["describe-server", "describe-database", "list-files", "recognise-octopus", "read-installed-version", "find-restore", "find-sessions"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var server = (await sql.ServerAsync()).Facts;
        if (await sql.FindDatabaseAsync() is not { } row)
            return CheckResult.Pass(SqlCheckSentences.NameIsFree(sql.Database, server.ServerName));

        string?[] details =
        [
            row.IsOnline ? await TriedAsync(() => SizeAsync(sql)) : null,
            row.IsOnline ? await TriedAsync(() => ContentAsync(sql)) : null,
            await TriedAsync(() => RestoreAsync(sql)),
            await TriedAsync(() => SessionsAsync(sql)),
        ];
        return CheckResult.Warn(SqlCheckSentences.NameIsTaken(row, server.ServerName, [.. details.OfType<string>()]), SqlCheckSentences.TypeItsName);
    }

    private static async Task<string?> SizeAsync(SqlInquiry sql) => Notes.Size((await sql.FilesAsync()).Sum(each => each.Bytes));

    private static async Task<string?> ContentAsync(SqlInquiry sql)
    {
        var (isOctopus, tables) = (await sql.AskInAsync(
            sql.Database, "recognise-octopus", row => (row.Flag("is_octopus"), row.Number("tables")))).Single();
        var version = isOctopus ? (await sql.AskInAsync(sql.Database, "read-installed-version", row => row.Text("version"))).FirstRow() : null;
        return SqlCheckSentences.Holds(tables, isOctopus, version);
    }

    private static async Task<string?> RestoreAsync(SqlInquiry sql) => (await sql.AskAsync(
        "find-restore", row => SqlCheckSentences.RestoredFrom(row.TimeOrNull("restore_date"), row.Text("server_name"), row.Text("description")),
        ("@db", sql.Database))).FirstRow();

    private static async Task<string?> SessionsAsync(SqlInquiry sql) => SqlCheckSentences.SessionCount((await sql.SessionsAsync()).Count);

    // One detail that may not be seen leaves the others standing.
    private static async Task<string?> TriedAsync(Func<Task<string?>> detail)
    {
        try
        {
            return await detail();
        }
        catch (MoveFailure)
        {
            return null;
        }
    }
}
