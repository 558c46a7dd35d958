using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The checks of Octopus Server itself on the old machine: each made although another failed.</summary>
internal sealed class OldOctopusChecks(MoveContext move, CheckRun checks)
{
    internal string Version { get; private set; } = "";

    internal string Thumbprint { get; private set; } = "";

    internal string Installation { get; private set; } = "";

    /// <summary>What the instance says of itself; null when it could not be asked.</summary>
    internal InstanceConfiguration? Configuration { get; private set; }

    internal async Task MakeAsync(CancellationToken cancel)
    {
        var (exe, plan) = (move.OldExe, move.Plan.Old);
        await checks.MakeAsync("O1", ServerCheckWords.OldVersion, $"{plan.OctopusServer} version", async () =>
        {
            Version = await exe.VersionAsync(cancel);
            return CheckResult.Pass(Notes.FoundOctopus(Version, exe.File));
        }, cancel);
        await checks.MakeAsync("O2", ServerCheckWords.Service, $"{plan.Sc} queryex {plan.Service}", () => ServiceAsync(cancel), cancel);
        await checks.MakeAsync("O3", ServerCheckWords.Api, $"GET {plan.Url}/api", () => ApiAsync(cancel), cancel);
        await checks.MakeAsync("O4", ServerCheckWords.Directories, string.Join("\n", move.Plan.Directories.Select(each => each.From)), Directories, cancel);
        await checks.MakeAsync("O5", ServerCheckWords.Configuration, $"{plan.OctopusServer} show-configuration", () => ConfigurationAsync(cancel), cancel);
    }

    /// <summary>The version that last ran on the database: a fresh installation with another one would have changed it at its first start.</summary>
    internal async Task MakeDatabaseVersionAsync(SqlServer sql, CancellationToken cancel)
    {
        if (Version.Length == 0)
            return;
        string? installed;
        try
        {
            await using var session = await sql.OpenAsync(move.Plan.Old.Database, cancel);
            installed = await session.FindInstalledVersionAsync(cancel);
        }
        catch (MoveFailure)
        {
            // That the database is not there, or can't be read, has been said already.
            return;
        }

        if (installed is not null && !OctopusVersion.AreSame(installed, Version))
        {
            await checks.MakeAsync("O1", ServerCheckWords.OldVersion, SqlScript.Readable(SqlScript.Text("read-installed-version")), () => throw OctopusFailures.OldVersionsDiffer(
                $"Octopus.Server at {move.OldExe.File}", Version, "the last one that ran on this database", installed), cancel);
        }
    }

    private async Task<CheckResult> ServiceAsync(CancellationToken cancel)
    {
        var standing = await move.OldService.QueryAsync(cancel) ?? throw OctopusFailures.ServiceMissing(move.OldService.Service);
        return await move.OldWatchdogs.FindEnabledAsync(move.Plan.Old.Instance, cancel) is null
            ? CheckResult.Warn(Notes.SchedulerSilent)
            : CheckResult.Pass(ServerCheckWords.ServiceThere(move.OldService.Service, standing.StartTypeWord));
    }

    private async Task<CheckResult> ApiAsync(CancellationToken cancel)
    {
        using var api = await move.OldApiAsync(cancel);
        var identity = await api.GetIdentityAsync(cancel);
        if (Version.Length > 0 && !OctopusVersion.AreSame(identity.Version, Version))
            throw OctopusFailures.OldVersionsDiffer($"The server that answers at {move.Plan.Old.Url}", identity.Version, move.OldExe.File, Version);

        var user = await api.ProveAdministratorAsync(cancel);
        (Thumbprint, Installation) = (await api.GetThumbprintAsync(cancel), identity.InstallationId);
        return api.HasKey ? CheckResult.Pass(ServerCheckWords.PortalAnswers(move.Plan.Old.Url, user))
            : CheckResult.Warn($"{ServerCheckWords.PortalAnswers(move.Plan.Old.Url)} {ByHandWords.GoingWithout}");
    }

    private Task<CheckResult> Directories()
    {
        var missing = move.Plan.Directories.Where(each => !Directory.Exists(each.From)).ToList();
        return Task.FromResult(missing.Count > 0
            ? CheckResult.Failed(CheckFailures.DirectoryMissing(missing[0].Kind, string.Join(", ", missing.Select(each => each.From))))
            : CheckResult.Pass(ServerCheckWords.DirectoriesThere(move.Plan.Directories.Count)));
    }

    // The plan may be days old, and a directory re-pointed since.
    private async Task<CheckResult> ConfigurationAsync(CancellationToken cancel)
    {
        var configuration = Configuration = await move.OldExe.ShowConfigurationAsync(cancel);
        foreach (var directory in move.Plan.Directories)
        {
            if (configuration.Directories.TryGetValue(directory.Kind, out var path) && path != directory.From)
                throw OctopusFailures.DirectoryRePointed(directory.Kind, directory.From, path);
        }

        var warnings = new[] { Notes.ListensByName(configuration.ListenPrefixes), configuration.OtherPaths.Count > 0 ? DiscoveryWords.OtherPaths(configuration.OtherPaths) : null };
        var told = string.Join(" ", warnings.OfType<string>());
        return told.Length > 0 ? CheckResult.Warn(told) : CheckResult.Pass(ServerCheckWords.ConfigurationFits);
    }
}
