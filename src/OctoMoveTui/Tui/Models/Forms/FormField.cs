namespace OctoMoveTui.Tui.Models.Forms;

/// <summary>How a field is filled.</summary>
internal enum FieldKind
{
    /// <summary>Typed.</summary>
    Text,

    /// <summary>Typed, and not shown.</summary>
    Secret,

    /// <summary>One of several, turned over with Space or the arrow keys.</summary>
    Choice,

    /// <summary>Pressed with Enter.</summary>
    Action,
}

/// <summary>One of several, and what it means.</summary>
internal sealed record Choice(string Value, string Label, string Consequence);

/// <summary>A field of a form.</summary>
internal sealed class FormField(string key, string label, FieldKind kind)
{
    public string Key { get; } = key;

    public string Label { get; } = label;

    public FieldKind Kind { get; } = kind;

    public string Value { get; set; } = "";

    /// <summary>One sentence, shown while the field is in use.</summary>
    public string Help { get; init; } = "";

    public string? Problem { get; set; }

    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>For an action: what Enter does.</summary>
    public ScreenCommand Command { get; init; }

    /// <summary>True while what is typed must not be seen.</summary>
    public bool IsHidden { get; set; } = kind == FieldKind.Secret;

    public bool IsTyped => Kind is FieldKind.Text or FieldKind.Secret;

    public Choice? Chosen => Choices.FirstOrDefault(choice => choice.Value == Value);

    /// <summary>What is to be said about the field while it is in use.</summary>
    public string Advice => Chosen is { } chosen ? chosen.Consequence : Help;

    public void Turn(int by)
    {
        if (Choices.Count > 0)
        {
            var at = Choices.ToList().FindIndex(choice => choice.Value == Value);
            Value = Choices[(at + by + Choices.Count) % Choices.Count].Value;
        }
    }
}
