using System.Collections.Concurrent;

namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>What a fault does to the statement that it hits.</summary>
internal enum FaultKind
{
    Fail,
    Hang,
    Drop,
}

/// <summary>
/// Trouble on request. A match is a part of the statement's text (case does not count) or a predicate. Every fault strikes once, at the
/// n-th statement that matches; with <c>times</c> it strikes that often from then on.
/// </summary>
public sealed class SqlFaults
{
    private readonly List<Fault> faults = [];
    private readonly ConcurrentDictionary<(string Login, string Permission), bool> denied = new();

    /// <summary>The statement fails with this message (BACKUP and RESTORE add their own 3013).</summary>
    public void FailNext(string match, int number, string message, byte severity = 16, byte state = 1, int nth = 1, int times = 1) =>
        FailNext(Containing(match), number, message, severity, state, nth, times);

    public void FailNext(
        Func<string, bool> match,
        int number,
        string message,
        byte severity = 16,
        byte state = 1,
        int nth = 1,
        int times = 1
    ) => Add(new Fault(FaultKind.Fail, match, nth, times, [new SqlMessage(number, state, severity, message)]));

    /// <summary>The statement fails with a chain of messages, exactly these.</summary>
    public void FailNext(string match, IReadOnlyList<SqlMessage> messages, int nth = 1, int times = 1) =>
        Add(new Fault(FaultKind.Fail, Containing(match), nth, times, messages));

    /// <summary>The statement never ends by itself; cancel, timeout and KILL still end it.</summary>
    public void HangNext(string match, int nth = 1) => HangNext(Containing(match), nth);

    public void HangNext(Func<string, bool> match, int nth = 1) => Add(new Fault(FaultKind.Hang, match, nth, 1, []));

    /// <summary>The connection is reset in the middle of the statement: BACKUP and RESTORE half-way, others before they do anything.</summary>
    public void DropConnectionDuring(string match, int nth = 1) => DropConnectionDuring(Containing(match), nth);

    public void DropConnectionDuring(Func<string, bool> match, int nth = 1) => Add(new Fault(FaultKind.Drop, match, nth, 1, []));

    /// <summary>"BACKUP DATABASE", "CREATE DATABASE", "VIEW SERVER STATE", "SELECT" and so on; until allowed again.</summary>
    public void DenyPermission(string login, string permission) => denied[Key(login, permission)] = true;

    public void AllowPermission(string login, string permission) => denied.TryRemove(Key(login, permission), out _);

    /// <summary>No fault is left armed.</summary>
    public void Clear()
    {
        lock (faults)
        {
            faults.Clear();
        }
        denied.Clear();
    }

    internal bool IsDenied(string login, string permission) => denied.ContainsKey(Key(login, permission));

    /// <summary>The fault that strikes this statement, if one does.</summary>
    internal (FaultKind Kind, IReadOnlyList<SqlMessage> Messages)? Strike(string statement)
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
                return (fault.Kind, fault.Messages);
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

    private sealed class Fault(FaultKind kind, Func<string, bool> match, int nth, int times, IReadOnlyList<SqlMessage> messages)
    {
        public FaultKind Kind => kind;
        public Func<string, bool> Match => match;
        public IReadOnlyList<SqlMessage> Messages => messages;
        public int Before { get; set; } = nth;
        public int Times { get; set; } = times;
    }
}
