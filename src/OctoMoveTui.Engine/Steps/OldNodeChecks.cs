using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The checks of the old server's nodes: which there are, and whether the licence allows those that there will be.</summary>
internal sealed class OldNodeChecks(MoveContext move, CheckRun checks)
{
    internal IReadOnlyList<KnownNode> Nodes { get; private set; } = [];

    internal string OwnNode { get; private set; } = "";

    internal async Task MakeAsync(CancellationToken cancel)
    {
        await checks.MakeAsync("C1", ClusterCheckWords.Nodes, $"{OctopusApi.Shown.Nodes}\n{SqlScript.Readable(SqlScript.Text("find-node-columns"))}", async () =>
        {
            OwnNode = await OldNodes.OwnNameAsync(move, cancel);
            Nodes = await FindAsync(cancel);
            return Judge();
        }, cancel);
        await checks.MakeAsync("C2", ClusterCheckWords.Licence, $"{OctopusApi.Shown.LicenceStatus}\n{SqlScript.Readable(SqlScript.Text("read-configuration-document"), ("@id", NodeLicence.Document))}", async () =>
            ClusterCheckWords.Licensed(await NodeLicence.FindLimitAsync(move, cancel), PlannedNodes(), [.. Nodes.Select(each => each.Name)]), cancel);
    }

    private IReadOnlyList<string> PlannedNodes() => NewNodes.Names(move);

    // The API knows versions too; the database is asked where there is no API, or no key for it.
    private async Task<IReadOnlyList<KnownNode>> FindAsync(CancellationToken cancel)
    {
        try
        {
            if (move.HasApiKey)
            {
                using var api = await move.OldApiAsync(cancel);
                return [.. (await api.ListNodesAsync(cancel)).Select(each => each.Known)];
            }
        }
        catch (MoveFailure)
        {
            // That the API does not answer, or not to this key, has been said already.
        }

        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.Old.Database, cancel);
        return await session.ReadNodesAsync(cancel);
    }

    private CheckResult Judge()
    {
        var others = Nodes.Where(each => each.IsOnline && !each.IsCalled(OwnNode)).ToList();
        var versions = Nodes.Where(each => each.IsOnline && each.Version.Length > 0).Select(each => each.Version).Distinct().ToList();
        return versions.Count > 1 ? CheckResult.Fail(ClusterCheckWords.DifferentVersions(Nodes), ClusterCheckWords.OneVersion)
            : others.Count > 0 ? CheckResult.Warn(ClusterCheckWords.ACluster(Nodes), ClusterCheckWords.ToBeStopped(OwnNode, [.. others.Select(each => each.Name)]))
            : CheckResult.Pass(ClusterCheckWords.OneNode(Nodes));
    }
}
