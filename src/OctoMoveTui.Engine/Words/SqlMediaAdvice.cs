using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>The backup file was opened, and is not what it should be.</summary>
internal static class SqlMediaAdvice
{
    public static readonly SqlAdviceFamily Family = new("Contents of backup files", new Dictionary<int, Func<SqlTrouble, SqlAdvice>>
    {
        [3241] = t => Unreadable(t,
            "It is cut short, was changed on the way (FTP in text mode), comes from a much newer SQL Server, or is no backup at all."),
        [3242] = t => Unreadable(t, "It is no backup, or was not written to its end."),
        [3143] = t => Unreadable(t, "It holds something, but no backup of SQL Server."),
        [3254] = t => Unreadable(t, "It is empty: it was not written, or not copied."),
        [3287] = t => new(
            FailureCause.Differs,
            $"The backup file {t.Path} on the SQL Server {t.Server} holds no backup at the position asked for (error 3287).",
            "It was overwritten since octomove looked into it.",
            "Run again: octomove reads the header anew. If it is not our backup any more, take the backup again."),
        [3132] = t => new(
            FailureCause.Differs,
            $"Files of the backup set are missing for the SQL Server {t.Server} (error 3132): {t.Path}",
            t.Amounts is [var all, var given, ..] ? $"The backup was written to {all} files, and {given} were given." : "It was written to more files than were given.",
            "Bring all files of the backup over, into one folder.",
            "Then try again."),
        [3231] = t => new(
            FailureCause.Differs,
            $"The backup file {t.Path} on the SQL Server {t.Server} belongs to a set with another number of files (error 3231).",
            t.Amounts is [var one, var other, ..] ? $"One says {one}, the other {other}." : "",
            "Files of two backups were mixed, or one lies in the way: look at their names and dates.",
            "Move away what is not of this backup, then try again."),
        [3227] = t => new(
            FailureCause.Differs,
            $"The backup file {t.Path} on the SQL Server {t.Server} is the same part of the set as another one (error 3227).",
            "One of the files was copied over another, or given twice.",
            "Bring all files of the backup over again. Each has its own name.",
            "Then try again."),
        [3098] = t => OtherFormat(t, "compression"),
        [3095] = t => OtherFormat(t, "encryption"),
        [3097] = t => OtherFormat(t, "version"),
    });

    private static SqlAdvice Unreadable(SqlTrouble t, string why) => new(
        FailureCause.Differs,
        $"The SQL Server {t.Server} can't read {t.Path} as a backup (error {t.Number}).",
        why,
        "Compare size and SHA-256 of the file with the one on the old side.",
        "If they differ, bring it over again; if they are the same, take the backup again.");

    private static SqlAdvice OtherFormat(SqlTrouble t, string what) => new(
        FailureCause.InTheWay,
        $"The backup file {t.Path} on the SQL Server {t.Server} holds backups of another {what} (error {t.Number}).",
        "A file of an earlier backup lies where the new one should be written.",
        "Move that file away, or name another backup folder: octomove writes to a file of its own.",
        "Then try again.");
}
