using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Words;

/// <summary>What is said when a question has to be asked and nobody is there.</summary>
internal static class UnattendedWords
{
    public static string Needs(MoveQuestion question) => question switch
    {
        GiveSecret secret => $"{MoveWords.Secret(secret.Kind)}: needed, and nobody is there to type it.",
        ProveMasterKeySaved => "The master key has to be proven saved, and nobody is there to type it.",
        TypeName { Setting: not null } name => $"\"{name.Name}\" has to be typed, and --yes alone does not allow that. {name.Consequence}",
        TypeName { DropsDatabase: true } name => $"\"{name.Name}\" would be dropped, and --yes alone does not allow that. {name.Consequence}",
        TypeName { Destroys: true } name => $"\"{name.Name}\" would be overwritten, and --yes alone does not allow that.",
        TypeName { NeedsPerson: true } name => $"\"{name.Name}\" has to be typed by somebody who has looked. {name.Consequence}",
        TypeName name => $"The name \"{name.Name}\" has to be typed, and nobody is there to type it.",
        ConfirmStep { IsUndo: true } step => $"\"{step.Title}\" has to be confirmed, and nobody is there to do it.",
        ConfirmStep step => $"The step \"{step.Title}\" has to be confirmed, and nobody is there to do it.",
        DecideOnTasks tasks => $"{DecisionWords.Reason(tasks.Reason)} Nobody is there to decide: "
            + string.Join("; ", tasks.Tasks.Where(each => each.WaitsForPerson).Take(5).Select(each => $"{each.Id} ({each.SpaceName ?? each.Space ?? "system"}): {each.Description}")),
        DoByHand byHand => $"{byHand.What} Nobody is there to do it.",
        FillPlan => "The plan is not complete.",
        GiveConnectionString connection => $"{MoveWords.Purpose(connection.Purpose)}: the connection string will not do.",
        _ => "A question has to be answered, and nobody is there to do it.",
    };

    public static string ToDo(MoveQuestion question) => question switch
    {
        GiveSecret { Kind: SecretKind.MasterKey } => "Set the environment variable OCTOMOVE_MasterKey, or OCTOMOVE_KeyFile and OCTOMOVE_KeyFilePassphrase.",
        GiveSecret { Kind: SecretKind.ApiKey } => $"Set the environment variable {MoveWords.SecretVariable(SecretKind.ApiKey)}. "
            + "Or set WithoutApiKey to true: docs/quiet.md says what a move without one can't do, and what has to be done by hand.",
        GiveSecret secret => $"Set the environment variable {MoveWords.SecretVariable(secret.Kind)}.",
        ProveMasterKeySaved => "Save the key, then set the environment variable OCTOMOVE_MasterKey to what was saved: that proves it. "
            + "Or set OCTOMOVE_KeyFilePassphrase, and OCTOMOVE_KeyFile where it is to lie elsewhere than in the move folder: octomove saves it there.",
        TypeName { Setting: { } setting } => $"If that may be, add --set {setting}. Or run octomove in a terminal.",
        TypeName { DropsDatabase: true } name =>
            $"If that database may be dropped, add --drop-database \"{name.Name}\".",
        ConfirmStep { IsUndo: true } => "octomove undo --yes takes the move back; or run octomove undo in a terminal.",
        TypeName { Destroys: true } name =>
            $"If that database may really be overwritten, add --overwrite-database \"{name.Name}\".",
        TypeName { NeedsPerson: true } => "Run octomove in a terminal.",
        TypeName or ConfirmStep => "Add --yes, or run octomove in a terminal.",
        DoByHand byHand => $"Do it, then start octomove again: {string.Join(" ", byHand.HowTo)} Or set the environment variable OCTOMOVE_ApiKey.",
        DecideOnTasks => "Approve, reject or cancel them in the web portal, then start octomove again. Or set Tasks:WhenStuck to cancel (they are cancelled) or to "
            + "leave (they travel in the database, and are likely to be failed or cancelled after the move).",
        FillPlan => "Put what is missing into octomove.json, the environment, or --set Key=Value.",
        GiveConnectionString { Purpose: ConnectionPurpose.OldDatabase } =>
            "Put it into octomove.json as Old:ConnectionString, and its password into the environment as OCTOMOVE_Old__Password.",
        GiveConnectionString =>
            "Put it into octomove.json as New:ConnectionString, and its password into the environment as OCTOMOVE_New__Password.",
        _ => "Run octomove in a terminal.",
    };

    public static string Answered(MoveQuestion question, MoveAnswer answer) => (question, answer) switch
    {
        (ChooseShape shapes, ShapeChosen chosen) =>
            $"Without --shape: {MoveWords.Shape(shapes.Choices.First(choice => choice.Shape == chosen.Shape))}",
        (ConfirmStep step, Go) => $"Confirmed by --yes: {step.Title}",
        (TypeName name, Skip) => $"Left as it is: {name.Name}. {name.Consequence}",
        (TypeName { DropsDatabase: true } name, Typed) => $"Confirmed by --drop-database: {name.Name}. {name.Consequence}",
        (DecideOnTasks { Reason: TasksReason.RanOnNewServer } tasks, TasksDecided decided) => $"They are cancelled: {decided.Typed}.",
        (TypeName { Destroys: true } name, Typed) => $"Confirmed by --overwrite-database: {name.Name}. {name.Consequence}",
        (TypeName name, Typed) => $"Confirmed by --yes: {name.Name}. {name.Consequence}",
        (DecideOnTasks { Reason: TasksReason.WaitForPeople } tasks, TasksDecided decided) =>
            $"Decided by Tasks:WhenStuck: {DecisionWords.Name(decided.Decision, tasks.Reason)}. {tasks.Choices.First(each => each.Decision == decided.Decision).Consequence}",
        (DecideOnTasks tasks, TasksDecided { Decision: TaskDecision.GoOn }) => tasks.Choices.First(each => each.Decision == TaskDecision.GoOn).Consequence,
        (DoByHand { Otherwise: { } otherwise }, Skip) => otherwise,
        (ProveMasterKeySaved key, SecretGiven) => $"The master key {key.Fingerprint} is the one in OCTOMOVE_MasterKey.",
        _ => "",
    };
}
