using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>
/// One question to one SQL Server before anything changes. Its queries are part of what it tells; a query that is denied makes it unknown,
/// never failed; and whatever goes wrong in it stops no other check.
/// </summary>
/// <param name="id">"Q1" to "Q20", with a letter where one question has several answers.</param>
/// <param name="words">Its title, and what passes, warns and fails.</param>
/// <param name="sides">The servers it looks at.</param>
public abstract class SqlCheck(string id, CheckWords words, params Side[] sides)
{
    /// <summary>"Q1" to "Q20", with a letter where one question has several answers. Stable.</summary>
    public string Id => id;

    /// <summary>Its title, and what passes, warns and fails.</summary>
    public CheckWords Words => words;

    /// <summary>The servers it looks at.</summary>
    public IReadOnlyList<Side> Sides => sides;

    /// <summary>The scripts that it may send, for the preview. One that it does not name is refused.</summary>
    public abstract IReadOnlyList<string> Scripts { get; }

    /// <summary>The right that its queries need, for the advice when they are denied.</summary>
    public virtual SqlRight Needs => SqlRight.ViewServerState;

    /// <summary>True when a move of that shape needs it. Most matter only where the database is backed up and restored.</summary>
    public virtual bool IsFor(MoveShape shape) => shape.BringsDatabase();

    /// <summary>True when its failure makes all others pointless: then they are not made.</summary>
    public virtual bool EndsTheRest => false;

    /// <summary>How long it may take; then it is unknown.</summary>
    public virtual TimeSpan Limit => TimeSpan.FromSeconds(30);

    /// <summary>Asks.</summary>
    /// <exception cref="MoveFailure">A query was denied or failed.</exception>
    /// <exception cref="OperationCanceledException">Its time is up, or the person stopped.</exception>
    public abstract Task<CheckResult> LookAsync(SqlInquiry sql);
}

/// <summary>The rights that queries of checks need; the words for each are a statement to paste.</summary>
public enum SqlRight
{
    /// <summary>VIEW SERVER STATE.</summary>
    ViewServerState,

    /// <summary>VIEW ANY DEFINITION.</summary>
    ViewDefinitions,

    /// <summary>SELECT on the history tables of msdb.</summary>
    ReadHistory,

    /// <summary>A user in the database who may read.</summary>
    ReadDatabase,

    /// <summary>VIEW DATABASE STATE, which neither db_datareader nor db_backupoperator has.</summary>
    ViewDatabaseState,

    /// <summary>CREATE ANY DATABASE, which the RESTORE … ONLY statements need too.</summary>
    CreateDatabase,

    /// <summary>BACKUP DATABASE.</summary>
    BackUp,
}
