using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Before the guide: everything about the old server that could stop the move later is looked at now. Changes nothing.</summary>
public sealed class CheckOldServer : MoveStep<OldServerChecked>
{
    /// <inheritdoc/>
    public override StepId Id => new("check-old-server");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.CheckOldServer;

    /// <inheritdoc/>
    public override Side Side => Side.Old;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.ReadsOnly;

    /// <inheritdoc/>
    public override bool IsCheckedAgain => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Looks at version, service, database, rights, API key and directories of the old server. Can be run days ahead."),
        move.Command(move.Plan.Old.OctopusServer, ["version", "--format=text"]),
        move.Command(move.Plan.Old.Sc, ["queryex", move.Plan.Old.Service]),
        new(PreviewKind.Request, "GET /api, /api/users/me"),
        new(PreviewKind.Sql, SqlScript.Readable(SqlScript.Text("describe-database"), ("@db", move.Plan.Old.Database))),
        new(PreviewKind.Sql, SqlScript.Readable(SqlScript.Text("read-rights"), ("@db", move.Plan.Old.Database))),
        .. move.Plan.Directories.Select(each => new PreviewLine(PreviewKind.Path, each.From)),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<OldServerChecked> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var version = await move.OldExe.VersionAsync(cancel);
        move.Proof(Notes.FoundOctopus(version, move.OldExe.File));
        await CheckServiceAsync(move, cancel);
        var (server, bytes) = await CheckDatabaseAsync(move, version, cancel);
        var (thumbprint, installation) = await CheckApiAsync(move, version, cancel);

        foreach (var directory in move.Plan.Directories)
        {
            if (!Directory.Exists(directory.From))
                throw CheckFailures.DirectoryMissing(directory.Kind, directory.From);
            move.Proof(Notes.FoundDirectory(directory.Kind, directory.From));
        }

        await CheckConfigurationAsync(move, cancel);
        return new OldServerChecked(version, server.Version, move.Plan.Old.Database, bytes, thumbprint, installation) { SqlServer = server.ServerName };
    }

    private static async Task CheckServiceAsync(MoveContext move, CancellationToken cancel)
    {
        var standing = await move.OldService.QueryAsync(cancel) ?? throw OctopusFailures.ServiceMissing(move.OldService.Service);
        move.Proof(Notes.FoundService(move.OldService.Service, standing.StartTypeWord));
        if (await move.OldWatchdogs.FindEnabledAsync(cancel) is null)
            move.Warn(Notes.SchedulerSilent);
    }

    private static async Task<(SqlServerFacts Server, long Bytes)> CheckDatabaseAsync(MoveContext move, string version, CancellationToken cancel)
    {
        var database = move.Plan.Old.Database;
        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenAsync(database, cancel);
        var server = await session.DescribeServerAsync(cancel);
        if (server.EngineEdition is not (2 or 3 or 4))
            throw CheckFailures.UnsupportedEngine(server.ServerName, server.EngineEdition);
        move.Proof(Notes.FoundSql(server));

        var row = await session.FindDatabaseAsync(database, cancel) ?? throw CheckFailures.DatabaseMissing(database, sql.Name);
        if (!row.IsOnline)
            throw CheckFailures.DatabaseNotOnline(database, row.StateText);
        if (!row.Collation.Contains("_CI_", StringComparison.OrdinalIgnoreCase))
            throw CheckFailures.CaseSensitive(database, row.Collation);
        if (row.IsEncrypted)
            throw CheckFailures.Encrypted(database);

        var bytes = (await session.ListFilesAsync(cancel)).Sum(each => each.Bytes);
        move.Proof(Notes.FoundDatabase(row, bytes));

        var rights = await session.ReadRightsAsync(database, cancel);
        if (!rights.MayBackUp)
            throw CheckFailures.MayNotBackUp(rights.Login, database);
        if (!rights.MayAlter)
            throw CheckFailures.MayNotFence(rights.Login, database);
        if (!rights.SeesAllSessions)
            move.Warn(Notes.SeesOwnSessionsOnly(rights.Login));

        var installed = await session.ReadInstalledVersionAsync(cancel);
        if (installed is not null && installed != version)
            throw OctopusFailures.OldVersionsDiffer($"Octopus.Server at {move.OldExe.File}", version, "the last one that ran on this database", installed);
        return (server, bytes);
    }

    private static async Task<(string Thumbprint, string Installation)> CheckApiAsync(MoveContext move, string version, CancellationToken cancel)
    {
        using var api = await move.OldApiAsync(cancel);
        var identity = await api.GetIdentityAsync(cancel);
        if (identity.Version != version)
            throw OctopusFailures.OldVersionsDiffer($"The server that answers at {move.Plan.Old.Url}", identity.Version, move.OldExe.File, version);

        move.Proof(Notes.FoundUser(await api.GetUserAsync(cancel)));

        // Whether the key may administer the system shows at the first thing only an administrator may read.
        await api.ListNodesAsync(cancel);
        return (await api.GetThumbprintAsync(cancel), identity.InstallationId);
    }

    // The plan may be days old, and a directory re-pointed since.
    private static async Task CheckConfigurationAsync(MoveContext move, CancellationToken cancel)
    {
        var configuration = await move.OldExe.ShowConfigurationAsync(cancel);
        foreach (var directory in move.Plan.Directories)
        {
            if (configuration.Directories.TryGetValue(directory.Kind, out var path) && path != directory.From)
                throw OctopusFailures.DirectoryRePointed(directory.Kind, directory.From, path);
        }

        if (Notes.ListensByName(configuration.ListenPrefixes) is { } warning)
            move.Warn(warning);
    }
}
