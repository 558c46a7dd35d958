using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What the new server may lack, said before the point of no return: each says what to do, and that the way back is open.</summary>
internal static class ProofFailures
{
    private const string NotYet = "Users are still locked out, and everything can be taken back: nothing is lost by looking closely.";

    private const string WayBack =
        "If it can't be put right: stop the new server, set the old database READ_WRITE, the old service to automatic and start it, stop draining its "
        + "nodes, and turn maintenance mode off.";

    internal static MoveFailure OldNodeAnswers(string url, string node) => new(new(
        FailureCause.Differs, $"At {url}, the new server's address, the old server answers: node {node}.",
        "The name still leads to the old machine (DNS, a hosts file, a load balancer), or somebody started the old server again.",
        [$"Look where {url} leads from here, and that the old service is stopped and disabled.",
         "If the new server kept the old node's name on purpose, give octomove an address that is certainly the new one's (New:Url).", NotYet, WayBack]));

    internal static MoveFailure CountDiffers(string kind, long before, long now) => new(new(
        FailureCause.Differs, $"{ProofWords.Difference(kind, before, now)}.",
        now < before
            ? "Something was deleted on the new server since its node takes tasks (retention and machine clean-up do that), or an administrator did it."
            : "Somebody worked on the new server already, or a trigger or an import did.",
        ["Look at Configuration > Audit of the new server for what happened since it was started.",
         "If that explains it, try again: octomove then asks you to accept exactly this difference by typing a name.",
         NotYet, WayBack]));

    internal static MoveFailure ContentMissing(StoredContent content, string url) => new(new(
        FailureCause.Differs, $"The new server at {url} does not have {StockWords.Of(content)}; the old one gave it minutes before it was stopped.",
        "It looks in another directory, may not read that one, or retention deleted it meanwhile.",
        ["Look at Configuration > Settings > Server Folders: the paths there have to be those that the files were copied to, and the service's account has to reach them.",
         "octomove verify holds the copied directories against what was copied.", NotYet, WayBack]));

    internal static MoveFailure ContentDiffers(SampleRead sample, ContentDigest found, string url) => new(new(
        FailureCause.Differs,
        $"The new server at {url} gives another content for {StockWords.Of(sample.Content)}: {ProofWords.Digest(found)}; on the old server {ProofWords.Digest(sample.Bytes, sample.Hash)}.",
        "The file was changed or damaged after it was copied and compared, or the server looks in another directory.",
        ["octomove verify --repair copies what is damaged again; then try again.", NotYet, WayBack]));

    internal static MoveFailure NotHealthy(string url, ServerHealth health) => new(new(
        FailureCause.Differs, $"The new server at {url} says that it does not operate normally: \"{health.Description}\" ({ProofWords.Reasons(health)}).", "",
        [health.IsDraining ? "Stop draining its node in Configuration > Nodes: tasks would queue for ever." : "Look at Configuration > Nodes and Configuration > Diagnostics.",
         "Then try again.", NotYet, WayBack]));

    internal static MoveFailure IntegrityFailed(string task, string state, string error, string url) => new(new(
        FailureCause.Differs, $"The new server's check of its database ended as {state} ({task}).",
        "The schema is not the one that this version expects: another version worked on the database, or it was changed by hand; often long before the move.",
        [$"Read what it found: {url}/app#/Spaces-1/tasks/{task}, or Configuration > Diagnostics.",
         "If the old server would have said the same, ask Octopus support for the script that puts it right; the move did not make it.", NotYet, WayBack],
        error.Length > 0 ? error : null));

    internal static MoveFailure NobodyTakesTasks(string task, string url) => new(new(
        FailureCause.Differs, $"No node of the new server at {url} takes {task}: it is still queued.", "The node is drained, or its task cap is 0.",
        ["Look at Configuration > Nodes: stop draining it, or raise its task cap.", "Then try again.", NotYet]));

    internal static MoveFailure LeftDrained(string url, IReadOnlyList<string> nodes) => new(new(
        FailureCause.Differs, $"{(nodes.Count == 1 ? "A node" : $"{nodes.Count} nodes")} of {url} would be left drained: {string.Join(", ", nodes)}.",
        "What users start would wait in the queue for ever.",
        ["Stop draining in Configuration > Nodes, or delete the node if it is not to work any more.", "Then try again."]));

    internal static MoveFailure Several(IReadOnlyList<FailureReport> reports) => new(new(
        reports[0].Cause, $"{reports.Count} things are not as they were: {string.Join(" ", reports.Select((each, number) => $"({number + 1}) {each.What}"))}",
        string.Join(" ", reports.Select(each => each.Why).Where(each => each.Length > 0).Distinct()),
        [.. reports.SelectMany(each => each.ToDo).Distinct()],
        string.Join("\n", reports.Select(each => each.Raw).Where(each => each is not null)) is { Length: > 0 } raw ? raw : null));
}
