using System.Collections.Concurrent;

namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>What a fault does to the statement that it hits.</summary>
internal enum FaultKind
{
    Fail,
    Hang,

    /// <summary>The connection is reset (RST).</summary>
    Drop,

    /// <summary>The connection is ended (FIN).</summary>
    Close,

    /// <summary>Something happens meanwhile, and the statement goes on.</summary>
    Meanwhile,

    /// <summary>The statement is carried out; then the connection is reset, and nobody hears of it.</summary>
    DropAfterwards,
}

/// <summary>A statement that is about to run.</summary>
/// <param name="Statement">Its text.</param>
/// <param name="Application">The program that sent it, as its connection string says.</param>
public sealed record SqlCall(string Statement, string Application);

/// <summary>Trouble for one statement.</summary>
public sealed record SqlFault
{
    private SqlFault(FaultKind kind, params IReadOnlyList<SqlMessage> messages) => (Kind, Messages) = (kind, messages);

    /// <summary>It never ends by itself.</summary>
    public static SqlFault Hang { get; } = new(FaultKind.Hang);

    /// <summary>The connection is reset before it has done anything; in the middle of BACKUP and RESTORE.</summary>
    public static SqlFault Drop { get; } = new(FaultKind.Drop);

    /// <summary>It is carried out, and then the connection is reset.</summary>
    public static SqlFault DropAfterwards { get; } = new(FaultKind.DropAfterwards);

    internal FaultKind Kind { get; }

    internal IReadOnlyList<SqlMessage> Messages { get; }

    /// <summary>It fails with this message.</summary>
    public static SqlFault Fail(int number, string message, byte severity = 16) => new(FaultKind.Fail, new SqlMessage(number, 1, severity, message));
}

/// <summary>A fault that has met its statement. At which percent of BACKUP, RESTORE and VERIFYONLY it strikes; 0: before the first.</summary>
internal sealed record Strike(FaultKind Kind, IReadOnlyList<SqlMessage> Messages, int? AtPercent, Func<Task>? Meanwhile = null);

/// <summary>
/// Trouble on request. A match is a part of the statement's text (case does not count) or a predicate. Every fault strikes once, at the
/// n-th statement that matches; with <c>times</c> it strikes that often from then on.
/// </summary>
public sealed class SqlFaults
{
    private readonly List<Fault> faults = [];
    private readonly ConcurrentQueue<IReadOnlyList<SqlMessage>> logins = new();
    private readonly ConcurrentDictionary<(string Login, string Permission), bool> denied = new();

    private bool losesHistory;

    /// <summary>
    /// The statement fails with this message (BACKUP and RESTORE add their own 3013), before it has done anything, or at a percent of its work.
    /// </summary>
    public void FailNext(
        string match,
        int number,
        string message,
        byte severity = 16,
        byte state = 1,
        int nth = 1,
        int times = 1,
        int? atPercent = null
    ) => FailNext(Containing(match), number, message, severity, state, nth, times, atPercent);

    public void FailNext(
        Func<string, bool> match,
        int number,
        string message,
        byte severity = 16,
        byte state = 1,
        int nth = 1,
        int times = 1,
        int? atPercent = null
    ) => Add(new Fault(FaultKind.Fail, match, nth, times, [new SqlMessage(number, state, severity, message)], atPercent));

    /// <summary>The statement fails with a chain of messages, exactly these.</summary>
    public void FailNext(string match, IReadOnlyList<SqlMessage> messages, int nth = 1, int times = 1) =>
        Add(new Fault(FaultKind.Fail, Containing(match), nth, times, messages, null));

    /// <summary>The statement never ends by itself; cancel, timeout and KILL still end it. BACKUP and RESTORE stop half-way or at that percent.</summary>
    public void HangNext(string match, int nth = 1, int? atPercent = null) => HangNext(Containing(match), nth, atPercent);

    public void HangNext(Func<string, bool> match, int nth = 1, int? atPercent = null) =>
        Add(new Fault(FaultKind.Hang, match, nth, 1, [], atPercent));

    /// <summary>
    /// The connection is cut in the middle of the statement: BACKUP and RESTORE half-way or at that percent, others before they do anything.
    /// With a reset, or as if the server's process had ended.
    /// </summary>
    public void DropConnectionDuring(string match, int nth = 1, int? atPercent = null, bool reset = true) =>
        DropConnectionDuring(Containing(match), nth, atPercent, reset);

    public void DropConnectionDuring(Func<string, bool> match, int nth = 1, int? atPercent = null, bool reset = true) =>
        Add(new Fault(reset ? FaultKind.Drop : FaultKind.Close, match, nth, 1, [], atPercent));

    /// <summary>
    /// Something happens once the server has the statement and before it does anything, half-way in BACKUP and RESTORE; then the statement goes on. The
    /// predicate may say so for one statement or for none: it is asked for each until it does.
    /// </summary>
    public void DoDuring(Func<string, bool> match, Func<Task> meanwhile) => Add(new Fault(FaultKind.Meanwhile, match, 1, 1, [], null) { Meanwhile = meanwhile });

    /// <summary>The next BACKUP or RESTORE that succeeds can't write its row into msdb: error 3009, though the work is good.</summary>
    public void LoseNextHistory() => losesHistory = true;

    internal bool StrikesHistory() => Interlocked.Exchange(ref losesHistory, false);

    /// <summary>"BACKUP DATABASE", "CREATE DATABASE", "VIEW SERVER STATE", "SELECT" and so on; until allowed again.</summary>
    public void DenyPermission(string login, string permission) => denied[Key(login, permission)] = true;

    public void AllowPermission(string login, string permission) => denied.TryRemove(Key(login, permission), out _);

    /// <summary>The next login is refused with these messages, whoever it is; with none it is never answered.</summary>
    public void FailNextLogin(params IReadOnlyList<SqlMessage> messages) => logins.Enqueue(messages);

    /// <summary>Asked before every statement of every session, after the faults above; null lets it run.</summary>
    public Func<SqlCall, SqlFault?>? Before { get; set; }

    /// <summary>No fault is left armed.</summary>
    public void Clear()
    {
        lock (faults)
        {
            faults.Clear();
        }
        logins.Clear();
        denied.Clear();
        losesHistory = false;
        Before = null;
    }

    internal bool IsDenied(string login, string permission) => denied.ContainsKey(Key(login, permission));

    /// <summary>The messages that refuse this login, if a fault does.</summary>
    internal IReadOnlyList<SqlMessage>? StrikeLogin() => logins.TryDequeue(out var messages) ? messages : null;

    /// <summary>The fault that strikes this statement, if one does.</summary>
    internal Strike? Strikes(string statement, string application) =>
        StrikesNext(statement) ?? (Before?.Invoke(new SqlCall(statement, application)) is { } fault ? new Strike(fault.Kind, fault.Messages, null) : null);

    private Strike? StrikesNext(string statement)
    {
        lock (faults)
        {
            foreach (var fault in faults)
            {
                if (!fault.Match(statement) || --fault.Before > 0)
                {
                    continue;
                }
                if (--fault.Times <= 0)
                {
                    faults.Remove(fault);
                }
                return new Strike(fault.Kind, fault.Messages, fault.AtPercent, fault.Meanwhile);
            }
            return null;
        }
    }

    private static Func<string, bool> Containing(string part) => statement => statement.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static (string, string) Key(string login, string permission) => (login.ToUpperInvariant(), permission.ToUpperInvariant());

    private void Add(Fault fault)
    {
        lock (faults)
        {
            faults.Add(fault);
        }
    }

    private sealed class Fault(FaultKind kind, Func<string, bool> match, int nth, int times, IReadOnlyList<SqlMessage> messages, int? atPercent)
    {
        public FaultKind Kind => kind;
        public Func<string, bool> Match => match;
        public IReadOnlyList<SqlMessage> Messages => messages;
        public int? AtPercent => atPercent;
        public int Before { get; set; } = nth;
        public int Times { get; set; } = times;
        public Func<Task>? Meanwhile { get; init; }
    }
}
