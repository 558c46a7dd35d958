using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>One thing that a dangerous step relies on, and that somebody may have changed since it was proven.</summary>
/// <param name="Id">Its name in the documentation.</param>
/// <param name="What">What holds when it is as it was, in words.</param>
/// <param name="Ask">Asks. False: it means nothing in this move, or can't be asked from this machine.</param>
internal sealed record DriftGuard(string Id, string What, Func<MoveContext, CancellationToken, Task<bool>> Ask)
{
    /// <summary>The old service is stopped and can't start. From the new one of two machines only its portal can be asked.</summary>
    internal static readonly DriftGuard OldService = new("old-service", DriftWords.OldService, async (move, cancel) =>
    {
        if (OldServerDown.MayRun(move))
            return false;
        if (!move.IsHere(Side.Old))
            return await StartNewServer.RefuseAnswerOfOldServerAsync(move, cancel);
        var standing = await move.OldService.QueryAsync(cancel) ?? throw OctopusFailures.ServiceMissing(move.OldService.Service);
        return standing is { IsStopped: true, IsDisabled: true } ? true : throw OctopusFailures.Resurrected(move.OldService.Service);
    });

    /// <summary>No server of the old instance runs, with or without its service.</summary>
    internal static readonly DriftGuard OldProcess = new("old-process", DriftWords.OldProcess, async (move, cancel) =>
    {
        if (OldServerDown.MayRun(move) || !move.IsHere(Side.Old) || await move.OldProcesses.FindAsync(cancel) is not { } processes)
            return false;
        return processes.FirstOrDefault(each => each.Runs(move.OldService.Service, move.Plan.Old.Instance)) is { } running
            ? throw DriftWords.ProcessRuns(move.Plan.Old, running.Id, move.OldProcesses.How) : true;
    });

    /// <summary>The old database is read-only: what is in the backup is all there is.</summary>
    internal static readonly DriftGuard OldDatabase = new("old-database", DriftWords.OldDatabase, async (move, cancel) =>
    {
        if (!move.Plan.Shape.FencesDatabase() || !move.IsHere(Side.Old))
            return false;
        await StopOldServer.RefuseWritableAsync(move, cancel);
        return true;
    });

    /// <summary>No Octopus Server has a session on the old database. Others may read it, and are told.</summary>
    internal static readonly DriftGuard OldSessions = new("old-sessions", DriftWords.OldSessions, async (move, cancel) =>
    {
        // Where the database stays, the sessions are the new server's, once that was started.
        if (OldServerDown.MayRun(move) || !move.IsHere(Side.Old) || (!move.Plan.Shape.FencesDatabase() && move.HasBegun(new StartNewServer().Id)))
            return false;
        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        var sessions = await session.FindSessionsAsync(move.Plan.Old.Database, cancel);
        var servers = sessions.Where(each => IsOfOctopus(each, sql.Login)).ToList();
        if (servers.Count > 0)
            throw DriftWords.OctopusIsConnected(move.Plan.Old.Database, sql.Name, servers);
        if (sessions.Count > 0)
            move.Warn(DriftWords.SomebodyReads(move.Plan.Old.Database, sessions));

        // Without VIEW SERVER STATE a login sees nothing but its own session: that it saw nobody says nothing then.
        return (await session.ReadRightsAsync(move.Plan.Old.Database, cancel)).SeesAllSessions;
    });

    /// <summary>The new database is the one that this move has restored, neither replaced nor restored anew.</summary>
    internal static readonly DriftGuard NewDatabase = new("new-database", DriftWords.NewDatabase, async (move, cancel) =>
    {
        if (move.Facts.Find<RestoredDatabase>() is not { } restored)
            return false;
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        var row = await session.FindDatabaseAsync(restored.Database, cancel);
        if (row is not { IsOnline: true, IsReadOnly: false })
            throw DriftWords.DatabaseUnfit(restored.Database, sql.Name, row is null ? null : row.IsReadOnly ? "READ_ONLY" : row.StateText);
        if ((restored.CreatedAt is { } made && row.CreatedAt is { } now && now != made)
            || await OurRestore.FindAsync(move.As(new RestoreDatabase().Id), session, row, cancel) is null)
            throw DriftWords.DatabaseReplaced(row, sql.Name, restored.CreatedAt);
        return true;
    });

    /// <summary>Nobody but this move has started the new service.</summary>
    internal static readonly DriftGuard NewService = new("new-service", DriftWords.NewService, async (move, cancel) =>
    {
        if (move.Plan.Shape.KeepsInstance())
            return false;
        if (await move.NewService.QueryAsync(cancel) is { IsStopped: false } && !StartNewServer.HasStarted(move))
            throw ServiceFailures.RunsEarly(move.NewService.Service);
        return true;
    });

    /// <summary>The new instance is attached to the planned database, and looks for its directories where they lie.</summary>
    internal static readonly DriftGuard NewInstance = new("new-instance", DriftWords.NewInstance, async (move, cancel) =>
    {
        var configuration = await move.NewExe.ShowConfigurationAsync(cancel);
        VerifyBeforeStart.RefuseOtherDatabase(move, configuration);
        return PlaceDirectories.WrongPaths(move, configuration) is { Count: > 0 } wrong ? throw CheckFailures.PathsWrong(wrong) : true;
    });

    /// <summary>The old server's files are what they were when they were copied: nobody can have changed them but a person. By sizes and times: no file is read.</summary>
    internal static readonly DriftGuard SourceFiles = new("source-files", DriftWords.SourceFiles, async (move, cancel) =>
    {
        if (!move.Plan.Shape.StopsOldServer() || !move.IsHere(Side.Old) || move.Facts.Find<DirectoriesCopied>() is null)
            return false;
        var changed = new List<FileDifference>();
        foreach (var directory in move.Plan.DirectoriesToCopy)
        {
            // Of one that is gone as a whole there is nothing to say file by file.
            if (!Directory.Exists(directory.From))
            {
                changed.Add(new FileDifference(DifferenceKind.Missing, directory.Kind, DriftWords.DirectoryGone));
                continue;
            }

            var found = await new DirectoryVerifier(move.Time).VerifyAsync(
                directory.Kind, directory.From, move.Folder.ManifestOf(directory.Kind), VerifyDepth.SizesAndTimes, _ => { }, cancel);
            changed.AddRange(found.Differences.Select(each => each with { Path = $"{directory.Kind}/{each.Path}" }));
        }

        if (changed.Count > 0)
            await move.AskNameAsync(new TypeName(DriftWords.AsCopied, DriftWords.SourceChanged(move.Plan, changed), Destroys: false) { NeedsPerson = true }, cancel);
        return true;
    });

    // A server of an unknown version may call its program anything; its login is the one in the instance's connection string.
    private static bool IsOfOctopus(DatabaseSession session, string? login) =>
        session.Program.Contains("Octopus", StringComparison.OrdinalIgnoreCase)
        || (login is not null && string.Equals(session.Login, login, StringComparison.OrdinalIgnoreCase));
}
