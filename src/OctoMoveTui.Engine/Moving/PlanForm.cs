using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Steps;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>The names and paths of the move: from the settings, shown for correction, checked as far as this machine can.</summary>
internal sealed class PlanForm(MoveSettings settings, MoveShape shape, Conversation conversation, PlanProposals proposals)
{
    /// <summary>
    /// Asks until every field will do; the answers land in the settings. An earlier plan of the same move is what the form starts with; where
    /// the configuration says something else by now, the field says so.
    /// </summary>
    internal async Task FillAsync(MovePlan? earlier, CancellationToken cancel)
    {
        var configured = Values().ToDictionary(each => each.Key, each => each.Value);
        if (earlier?.Shape == shape)
            Recall(earlier);
        settings.Old.Machine = Or(settings.Old.Machine, settings.ThisMachine);
        settings.New.Machine = shape.MovesFoldersOnly() ? settings.Old.Machine : Or(settings.New.Machine, settings.ThisMachine);
        await proposals.ProposeProgramsAsync(cancel);
        await proposals.ProposeAsync(cancel);

        IReadOnlyDictionary<string, string> problems = new Dictionary<string, string>();
        do
        {
            var question = new FillPlan([.. Values().Select(each => Field(
                each.Key, each.Value, problems.GetValueOrDefault(each.Key), earlier is null ? "" : configured[each.Key]))])
            {
                Problem = problems.Count == 0 ? null : problems.Count == 1 ? "1 field has to be put right." : $"{problems.Count} fields have to be put right.",
            };
            if (await conversation.AskAsync(question, cancel) is PlanFilled answer)
                Take(answer.Values);

            // What was filled in just now was not seen yet.
            var filled = await proposals.ProposeAsync(cancel);
            problems = FindProblems([.. filled.Where(IsNeeded)]);
        }
        while (problems.Count > 0);
    }

    private PlanField Field(string key, string value, string? problem, string configured)
    {
        var (label, help) = PlanWords.Field(key, shape);
        var field = configured.Length == 0 || configured == value
            ? new PlanField(key, label, value, help, problem)
            : new PlanField(key, label, value, PlanWords.ConfiguredOtherwise(help, configured), problem) { Configured = configured };
        return key == "Old:Instance" ? field with { Choices = proposals.Choices } : field;
    }

    private void Recall(MovePlan plan)
    {
        (settings.Old.Instance, settings.Old.OctopusServer, settings.Old.Url) = (plan.Old.Instance, plan.Old.OctopusServer, plan.Old.Url);
        (settings.New.Instance, settings.New.OctopusServer, settings.New.Url) = (plan.New.Instance, plan.New.OctopusServer, plan.New.Url);
        settings.New.Home = shape.MovesFoldersOnly() ? "" : plan.New.Home;
        if (shape.MovesFoldersOnly())
            settings.Folders.Recall(plan.Directories);
        settings.Backup.FolderOnOldSql = FolderOf(plan.Backup.FileOnOldSql);
        settings.Backup.FolderOnNewSql = FolderOf(plan.Backup.FileOnNewSql);
    }

    private static string FolderOf(string file) => file[..Math.Max(1, file.LastIndexOfAny(['/', '\\']))];

    // The form only asks for what moves.
    private IReadOnlyList<(string Key, string Value)> Values() => [.. AllValues().Where(each => IsNeeded(each.Key))];

    private bool IsNeeded(string key) => key.Split(':')[0] switch
    {
        "New" => !shape.KeepsInstance() || (shape.MovesFoldersOnly() && key == "New:Home"),
        "Folders" => shape.MovesFoldersOnly(),
        "Backup" => shape.BringsDatabase(),
        _ => true,
    };

    private bool MayBeEmpty(string key) => key.StartsWith("Backup:", StringComparison.Ordinal) || (shape.MovesFoldersOnly() && !key.StartsWith("Old:", StringComparison.Ordinal));

    private (string Key, string Value)[] AllValues() =>
    [
        ("Old:OctopusServer", settings.Old.OctopusServer),
        ("Old:Instance", settings.Old.Instance),
        ("Old:Url", settings.Old.Url),
        ("New:OctopusServer", settings.New.OctopusServer),
        ("New:Instance", settings.New.Instance),
        ("New:Url", settings.New.Url),
        ("New:Home", settings.New.Home),
        ("Folders:Artifacts", settings.Folders.Artifacts),
        ("Folders:TaskLogs", settings.Folders.TaskLogs),
        ("Folders:Packages", settings.Folders.Packages),
        ("Folders:EventExports", settings.Folders.EventExports),
        ("Folders:Imports", settings.Folders.Imports),
        ("Backup:FolderOnOldSql", settings.Backup.FolderOnOldSql),
        ("Backup:FolderOnNewSql", settings.Backup.FolderOnNewSql),
    ];

    private void Take(IReadOnlyDictionary<string, string> values)
    {
        settings.Old.OctopusServer = Of("Old:OctopusServer");
        settings.Old.Instance = Of("Old:Instance");
        settings.Old.Url = Of("Old:Url");
        settings.New.OctopusServer = Of("New:OctopusServer");
        settings.New.Instance = Of("New:Instance");
        settings.New.Url = Of("New:Url");
        settings.New.Home = Of("New:Home");
        settings.Folders.Artifacts = Of("Folders:Artifacts");
        settings.Folders.TaskLogs = Of("Folders:TaskLogs");
        settings.Folders.Packages = Of("Folders:Packages");
        settings.Folders.EventExports = Of("Folders:EventExports");
        settings.Folders.Imports = Of("Folders:Imports");
        settings.Backup.FolderOnOldSql = Of("Backup:FolderOnOldSql");
        settings.Backup.FolderOnNewSql = Of("Backup:FolderOnNewSql");

        string Of(string key) => (values.TryGetValue(key, out var value) ? value : AllValues().First(each => each.Key == key).Value).Trim();
    }

    private Dictionary<string, string> FindProblems(IReadOnlyList<string> unseen)
    {
        var problems = unseen.ToDictionary(key => key, _ => PlanWords.Proposed);
        foreach (var (key, value) in Values().Where(each => each.Value.Length == 0 && !MayBeEmpty(each.Key)))
            problems[key] = PlanWords.Missing;
        foreach (var (key, value) in Values().Where(each => each.Key.EndsWith(":Url", StringComparison.Ordinal) && each.Value.Length > 0))
        {
            if (!Uri.TryCreate(value, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                problems[key] = PlanWords.NoAddress;
        }

        foreach (var (key, value) in Values().Where(each => each.Key.StartsWith("Backup:", StringComparison.Ordinal) && BackupDevices.HoldsSecret(each.Value)))
            problems[key] = PlanWords.NoSecret;
        settings.Backup.FolderOnOldSql = BackupDevices.WithoutSecret(settings.Backup.FolderOnOldSql);
        settings.Backup.FolderOnNewSql = BackupDevices.WithoutSecret(settings.Backup.FolderOnNewSql);

        if (IsNeeded("New:OctopusServer") && IsHere(settings.New.Machine) && !problems.ContainsKey("New:OctopusServer") && !File.Exists(settings.New.OctopusServer)
            && InstallerPackage.FindIn(SameVersion.FoldersOf(settings.New.InstallerFolder, Path.GetFullPath(settings.Move))).Count == 0)
            problems["New:OctopusServer"] = PlanWords.NoNewProgram(settings.Move);
        if (!problems.ContainsKey("Old:OctopusServer"))
            FindOldProblems(problems);
        return problems;
    }

    private void FindOldProblems(Dictionary<string, string> problems)
    {
        if (!File.Exists(settings.Old.OctopusServer))
            problems["Old:OctopusServer"] = PlanWords.NoSuchProgram;
        else if (settings.Old.Instance.Length == 0 && proposals.Choices is { } choices)
        {
            problems["Old:Instance"] = DiscoveryWords.SeveralInstances(choices);

            // These are filled in once it is chosen.
            foreach (var key in new[] { "Old:Url", "New:Instance" }.Where(each => problems.GetValueOrDefault(each) == PlanWords.Missing))
                problems.Remove(key);
        }
        else if (settings.Old.Instance.Length > 0 && proposals.Instances.All(each => each.Name != settings.Old.Instance))
            problems["Old:Instance"] = PlanWords.NoInstance(settings.Old.Instance, [.. proposals.Instances.Select(each => each.Name)]);
    }

    private bool IsHere(string machine) => string.Equals(machine, settings.ThisMachine, StringComparison.OrdinalIgnoreCase);

    private static string Or(string value, string otherwise) => value.Length > 0 ? value : otherwise;
}
