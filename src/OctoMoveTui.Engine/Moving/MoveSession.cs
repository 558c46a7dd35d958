using System.Collections.Concurrent;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Moving;

/// <summary>One run of octomove on one move folder: what all steps share.</summary>
public sealed class MoveSession(
    MovePlan plan, MoveFolder folder, MoveSecrets secrets, MoveSettings settings, Conversation conversation, Redactor redactor, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ExeKnowledge> executables = new(StringComparer.Ordinal);

    /// <summary>What moves from where to where.</summary>
    public MovePlan Plan => plan;

    /// <summary>The stages of this move, in order.</summary>
    public IReadOnlyList<IReadOnlyList<MoveStep>> Stages => TheMove.StagesOf(plan.Shape);

    /// <summary>The steps of this move, in order.</summary>
    public IEnumerable<MoveStep> Steps => TheMove.StepsOf(plan.Shape);

    /// <summary>The move folder.</summary>
    public MoveFolder Folder => folder;

    /// <summary>Facts of finished steps.</summary>
    public MoveFacts Facts { get; } = new();

    /// <summary>Secrets in memory.</summary>
    public MoveSecrets Secrets => secrets;

    /// <summary>How often to look again.</summary>
    public TimingSettings Timing => settings.Timing;

    /// <summary>How far the checks look.</summary>
    public CheckSettings Checking => settings.Check;

    /// <summary>How directories are copied.</summary>
    public CopySettings Copying => settings.Copy;

    /// <summary>How database and files are compared.</summary>
    public AgreementSettings Agreement => settings.Agreement;

    /// <summary>Where the key file is, or is to be, by the configuration; null when that says nothing.</summary>
    public string? ConfiguredKeyFile => settings.KeyFile.Length > 0 ? Path.GetFullPath(settings.KeyFile) : null;

    /// <summary>The front end.</summary>
    public Conversation Conversation => conversation;

    /// <summary>The filter before every sink.</summary>
    public Redactor Redactor => redactor;

    /// <summary>Time.</summary>
    public TimeProvider Time => time;

    /// <summary>Connection strings with their passwords.</summary>
    public MoveConnections Connections { get; } = new();

    /// <summary>The journal, when this run may write; null when it only looks.</summary>
    public MoveJournal? Journal { get; private set; }

    /// <summary>Takes over what the journal knows.</summary>
    public void Take(MoveJournal journal)
    {
        Journal = journal;
        Recall(journal.State);
    }

    /// <summary>Remembers the facts of a journal.</summary>
    public void Recall(JournalState state)
    {
        foreach (var fact in state.Facts)
            Facts.Remember(fact);
    }

    /// <summary>What is known of an executable of Octopus Server. Both have to be of the version that the old one was found to be.</summary>
    public ExeKnowledge KnowledgeOf(string octopusServer)
    {
        var knowledge = executables.GetOrAdd(octopusServer, _ => new ExeKnowledge());
        knowledge.Expected ??= OctopusVersion.Find(Facts.Find<OldServerChecked>()?.Version ?? plan.Old.OctopusVersion ?? "");
        return knowledge;
    }

    /// <summary>True when this machine does that side.</summary>
    public bool IsHere(Side side) => string.Equals(plan.Of(side).Machine, settings.ThisMachine, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the journal says of a step.</summary>
    public JournalledStep JournalOf(StepId step) => Journal?.State.Of(step) ?? JournalledStep.Nothing;
}
