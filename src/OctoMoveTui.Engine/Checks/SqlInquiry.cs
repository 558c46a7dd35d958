using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>One check at work: asks through the connections that all checks share, and remembers what it asked.</summary>
public sealed class SqlInquiry(SqlCheck check, CheckScene scene, SqlLook look, CancellationToken cancel)
{
    private readonly List<string> queries = [];

    /// <summary>Whom the checks ask and what they hold the answers against.</summary>
    public CheckScene Scene => scene;

    /// <summary>The plan.</summary>
    public MovePlan Plan => scene.Plan;

    /// <summary>The server that is looked at.</summary>
    public Side Side => scene.Side;

    /// <summary>The database on this side.</summary>
    public string Database => scene.Database;

    /// <summary>The person has stopped, or the check's time is up.</summary>
    public CancellationToken Cancel => cancel;

    /// <summary>What was asked so far, with literals in place of parameters.</summary>
    public string Queries => string.Join("\n", queries.Distinct());

    /// <summary>Asks in master. What another check has asked already is not asked again.</summary>
    /// <exception cref="MoveFailure">The query was denied or failed.</exception>
    public Task<IReadOnlyList<T>> AskAsync<T>(string script, Func<SqlRow, T> map, params (string Name, object? Value)[] values) =>
        AskInAsync("master", script, map, values);

    /// <summary>Asks in a database.</summary>
    /// <exception cref="MoveFailure">The database can't be opened, or the query was denied or failed.</exception>
    public Task<IReadOnlyList<T>> AskInAsync<T>(string database, string script, Func<SqlRow, T> map, params (string Name, object? Value)[] values)
    {
        Allow(script);
        var text = SqlScript.Text(script);
        queries.Add(Shown(database, SqlScript.Readable(text, values)));
        return look.AskAsync(database, text, map, values, cancel);
    }

    /// <summary>Runs a statement that may take longer, in master, with the devices of a backup filled in.</summary>
    /// <exception cref="MoveFailure">It was denied or failed.</exception>
    public async Task RunAsync(SqlServer server, string script, IReadOnlyList<string> files, params (string Name, object? Value)[] values)
    {
        Allow(script);
        var text = SqlScript.Text(script, ("devices", BackupDevices.Clause(files)));
        (string, object?)[] all = [.. BackupDevices.Values(files), .. values];
        queries.Add(SqlScript.Readable(text, all));
        await using var session = await server.OpenMasterAsync(cancel);
        await session.RunLongAsync(text, _ => { }, cancel, all);
    }

    /// <summary>Asks on a connection of its own: another login, another server, or a statement that names files.</summary>
    /// <exception cref="MoveFailure">It was denied or failed.</exception>
    public async Task<T> AsAsync<T>(SqlServer server, string script, string shown, Func<SqlSession, Task<T>> ask)
    {
        Allow(script);
        queries.Add(shown);
        await using var session = await server.OpenMasterAsync(cancel);
        return await ask(session);
    }

    /// <summary>What of the old server this check needs.</summary>
    /// <exception cref="CannotBeTold">The old server has not been checked, or could not tell.</exception>
    internal T Old<T>(Func<OldSqlProfile, T?> part, string what)
        where T : class => part(Profile) ?? throw new CannotBeTold(SqlCheckSentences.OldUnknown(what));

    /// <inheritdoc cref="Old{T}(Func{OldSqlProfile, T}, string)"/>
    internal T Old<T>(Func<OldSqlProfile, T?> part, string what)
        where T : struct => part(Profile) ?? throw new CannotBeTold(SqlCheckSentences.OldUnknown(what));

    private OldSqlProfile Profile => scene.Old?.Sql ?? throw new CannotBeTold(SqlCheckSentences.OldNotChecked);

    private static string Shown(string database, string text) => database == "master" ? text : $"USE {SqlScript.Quote(database)};\n{text}";

    // The preview shows what a check declares: it must not say less than what is sent.
    private void Allow(string script)
    {
        if (!check.Scripts.Contains(script))
            throw new InvalidOperationException($"The check {check.Id} sends {script} and does not say so.");
    }
}
