using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OctoMoveTui.Engine.Agreement;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Fuzz;

/// <summary>What lies in a move folder was written by octomove, as far as octomove knows: on a share it may have been written by anybody.</summary>
public sealed class HostileMoveFolderTests : IDisposable
{
    private static readonly string[] Kinds = ["Packages", "TaskLogs", "Artifacts", "EventExports", "Imports"];

    private static readonly Corpus Plans = new(typeof(MovePlan), Arrange);
    private static readonly Corpus Entries = new(typeof(JournalEntry), (entry, dice) => entry["kind"] = dice.OneIn(2) ? "finished" : entry["kind"]?.DeepClone(), size: 800);
    private static readonly Corpus Events = new(typeof(MoveEvent), size: 400);
    private static readonly Corpus AgreementLines = new(typeof(AgreementLine));
    private static readonly Corpus Packages = new(typeof(KeptLine), size: 40);
    private static readonly Corpus Tips = new(typeof(JournalTip), size: 40);
    private static readonly Corpus Locks = new(typeof(LockRecord), size: 40);

    private readonly ITestOutputHelper output;
    private readonly TemporaryFolder temporary = new();
    private readonly MoveFolder folder;

    public HostileMoveFolderTests(ITestOutputHelper output)
    {
        this.output = output;
        folder = new MoveFolder(temporary["move"]);
        folder.Create();
    }

    public void Dispose() => temporary.Dispose();

    [Fact]
    public Task Plans_are_taken_or_refused_and_name_no_file_of_the_move_folder_outside_of_it() => Fuzzing.FeedAsync(output, "plans", 10_000, PlanText, text =>
    {
        var plan = MovePlan.FromJson(text);
        _ = (plan.Fingerprint, plan.OneMachine, plan.Old.ConfigFile, plan.New.Service, plan.New.NetshFile, plan.New.IcaclsFile, plan.Old.ToString());
        foreach (var directory in plan.Directories.Concat(plan.RePointed ?? []))
        {
            _ = (plan.IsShared(directory), directory.IsOnShare);
            foreach (var file in new[] { folder.ManifestOf(directory.Kind), folder.PlacedManifestOf(directory.Kind), folder.StagedDirectory(directory.Kind), folder.AgainListOf(directory.Kind) })
                Path.GetFullPath(file).ShouldStartWith(folder.Files + Path.DirectorySeparatorChar);
        }

        foreach (var file in plan.Backup.FilesOnOldSql.Concat(plan.Backup.FilesOnNewSql).Concat(plan.Backup.Striped(plan.Backup.CarryFrom)).Where(each => each.Length > 0))
            Path.GetFullPath(folder.StagedBackup(file)).ShouldStartWith(folder.Files + Path.DirectorySeparatorChar);
    }, error => error is JsonException);

    [Fact]
    public Task Journals_are_read_or_refused() => Fuzzing.FeedAsync(output, "journals", 10_000, Journal, journal =>
    {
        File.WriteAllBytes(folder.JournalFile, journal);
        var state = MoveJournal.Read(folder);
        foreach (var fact in state.Facts)
            _ = (fact.Summary, fact.ToString());
        foreach (var step in state.Touched)
            _ = state.Of(step).Marks.Count;
    });

    [Fact]
    public Task Lists_and_records_are_read_as_far_as_they_can_be()
    {
        (Func<Dice, byte[]> Make, Action<byte[]> Read)[] kinds =
        [
            (dice => Lines(Events, dice), text =>
            {
                File.WriteAllBytes(Path.Combine(folder.Logs, "20260301-020000-1.events.jsonl"), text);
                foreach (var each in RunRecord.ReadAll(folder))
                    _ = (OctoMoveTui.Engine.Words.LogLines.Of(each), JsonSerializer.Serialize(each, MoveJson.Line));
            }),
            (dice => Lines(AgreementLines, dice), text =>
            {
                File.WriteAllBytes(folder.AgreementOf(Side.Old), text);
                _ = BaseLine.Of(folder.AgreementOf(Side.Old))?.Totals.Faults;
            }),
            (dice => Lines(Packages, dice), text =>
            {
                File.WriteAllBytes(folder.PackagesBeforeStart, text);
                _ = KeptPackages.Read(folder.PackagesBeforeStart)?.Count(each => each.Id.Length > 0);
            }),
            (dice => Encoding.UTF8.GetBytes(Tips.Take(dice)), text =>
            {
                File.WriteAllBytes(folder.JournalTipFile, text);
                try
                {
                    JournalTip.Check(folder, ReadJournal.Empty);
                }
                finally
                {
                    File.Delete(folder.JournalTipFile);
                }
            }),
            (dice => Encoding.UTF8.GetBytes(Locks.Take(dice)), text =>
            {
                File.WriteAllBytes(folder.LockRecordFile, text);
                _ = LockRecord.Find(folder)?.By.ToString();
            }),
        ];
        return Fuzzing.FeedAsync(output, "lists and records", 10_000, dice =>
        {
            var (make, read) = dice.Of(kinds);
            return (Text: make(dice), Read: read);
        }, input => input.Read(input.Text));
    }

    [Fact]
    public Task Status_and_report_of_such_a_folder_end_with_an_answer() => Fuzzing.FeedAsync(output, "move folders", 700, dice =>
        (Plan: dice.OneIn(4) ? PlanText(dice) : SamplePlan.Make().ToJson(), Journal: Journal(dice), Records: Lines(Events, dice)), async input =>
    {
        File.WriteAllText(folder.PlanFile, input.Plan);
        File.WriteAllBytes(folder.JournalFile, input.Journal);
        File.WriteAllBytes(Path.Combine(folder.Logs, "20260301-020000-1.events.jsonl"), input.Records);
        foreach (var purpose in new[] { MovePurpose.Status, MovePurpose.Report })
        {
            var ended = await new Mover(new MoveSettings { Move = folder.Path }, new APerson(), TimeProvider.System).RunAsync(new MoveRequest(purpose), default);
            if (ended.Failure is { Cause: FailureCause.Defect } defect)
                throw new InvalidOperationException($"{purpose}: {defect.Why}\n{defect.Raw}");
            if (ended.Failure is { } failure)
                throw new MoveFailure(failure);
        }

        Directory.EnumerateFileSystemEntries(temporary.Path).ShouldBe([folder.Path], "nothing is written beside the move folder");
    });

    private static string PlanText(Dice dice) => Plans.Take(dice);

    private static void Arrange(JsonNode plan, Dice dice)
    {
        foreach (var each in (plan["directories"] as JsonArray ?? []).OfType<JsonObject>().Index())
            each.Item["kind"] = dice.OneIn(30) ? Hostile.Text(dice) : Kinds[each.Index % Kinds.Length];
        plan["version"] = dice.OneIn(30) ? dice.Next(5) : MovePlan.Format;
        if (dice.OneIn(2))
            plan["rePointed"] = null;
        if (plan["backup"] is JsonObject backup)
            backup["stripes"] = dice.OneIn(20) ? dice.Next(int.MaxValue) : dice.OneIn(4) ? 3 : 1;
    }

    // Each line follows from the one before it: whoever makes a journal up can do that, too.
    private static byte[] Journal(Dice dice)
    {
        var (chain, text) = (JournalChain.Begin, new StringBuilder());
        for (var lines = dice.Next(6); lines > 0; lines--)
        {
            var line = Entries.Take(dice);
            if (!dice.OneIn(30) && line.EndsWith('}'))
                line = chain.Add(line, out chain);
            text.Append(line).Append('\n');
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return dice.OneIn(20) ? dice.Damaged(bytes) : bytes;
    }

    private static byte[] Lines(Corpus corpus, Dice dice)
    {
        var text = string.Concat(Enumerable.Range(0, dice.Next(4)).Select(_ => corpus.Take(dice) + "\n"));
        return dice.OneIn(10) ? dice.Damaged(Encoding.UTF8.GetBytes(text)) : Encoding.UTF8.GetBytes(text);
    }
}
