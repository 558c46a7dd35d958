using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models.Forms;

/// <summary>The master key, to be written down and typed again, or to be saved to a file under a passphrase.</summary>
internal sealed class MasterKeyForm : FormModel
{
    private readonly ProveMasterKeySaved question;
    private readonly Glyphs glyphs;
    private readonly FormField key = new("key", FormWords.TypeItAgain, FieldKind.Secret) { Help = FormWords.TypeItAgainHelp };
    private readonly KeyFileFields keyFile;
    private bool revealed;

    public MasterKeyForm(ProveMasterKeySaved question, Glyphs glyphs)
        : base(FormWords.MasterKeyTitle)
    {
        this.question = question;
        this.glyphs = glyphs;
        Problem = question.Problem;
        keyFile = new KeyFileFields(question.KeyFile, FormWords.OrKeyFile, FormWords.OrKeyFileHelp);
        var again = new FormField("again", FormWords.PassphraseAgain, FieldKind.Secret) { Help = FormWords.PassphraseAgainHelp };
        Again = again;
        Fields = [key, keyFile.File, keyFile.Passphrase, again, SubmitAction()];
    }

    public override bool IsRevealed => revealed;

    public override bool EnterSubmits => base.EnterSubmits || Focused == key;

    public override IReadOnlyList<ScreenLine> Intro =>
    [
        new(FormWords.MasterKeyIntro),
        new(FormWords.ProvenBy(question.ProvenBy), Tone.Good),
        new(FormWords.Fingerprint(question.Fingerprint)),
        revealed
            ? new(FormWords.TheKey + glyphs.Line(question.Key.Reveal()), Tone.Strong)
            : new(FormWords.TheKey + new string(glyphs.Hidden, 12) + FormWords.RevealHint),
    ];

    private FormField Again { get; }

    // The key that is shown, never the one that is typed: two keys on one screen are too many.
    public override void ToggleReveal() => revealed = !revealed;

    public override void Type(FormField field, string text)
    {
        // Typing it off the screen proves nothing about where it was saved.
        revealed = false;
        base.Type(field, text);
    }

    public override MoveAnswer? Submit()
    {
        revealed = false;
        var (typed, passphrase, again) = (Taken(key), Taken(keyFile.Passphrase), Taken(Again));
        Problem = (typed.Length, passphrase.Length + again.Length) switch
        {
            (0, 0) => FormWords.Required,
            ( > 0, > 0) => FormWords.TypedOrFile,
            (0, _) when passphrase != again => FormWords.PassphrasesDiffer,
            _ => null,
        };
        if (Problem is not null)
        {
            return null;
        }

        return typed.Length > 0
            ? new SecretGiven(new Secret(typed.Trim()))
            : new KeyFileGiven(keyFile.File.Value.Trim(), new Secret(passphrase));
    }

    private static string Taken(FormField field)
    {
        var text = field.Value;
        field.Value = "";
        return text;
    }
}

/// <summary>The master key, typed or from the file that it was saved to.</summary>
internal sealed class MasterKeyNeededForm : FormModel
{
    private readonly GiveSecret question;
    private readonly FormField key = new("key", FormWords.Key, FieldKind.Secret) { Help = FormWords.KeyHelp };
    private readonly KeyFileFields keyFile;

    public MasterKeyNeededForm(GiveSecret question, string proposed)
        : base(MoveWords.Secret(question.Kind))
    {
        this.question = question;
        Problem = question.Problem;
        keyFile = new KeyFileFields(proposed, FormWords.OpenKeyFile, FormWords.OpenKeyFileHelp);
        Fields =
        [
            key, keyFile.File, keyFile.Passphrase, SubmitAction(),
            new FormField("lost", FormWords.KeyIsLost, FieldKind.Action) { Command = ScreenCommand.GiveUp, Help = FormWords.KeyIsLostHelp },
        ];
    }

    public override bool EnterSubmits => base.EnterSubmits || Focused == key;

    public override IReadOnlyList<ScreenLine> Intro => [new(question.Why)];

    public override MoveAnswer? Submit()
    {
        if (key.Value.Length > 0 == keyFile.Passphrase.Value.Length > 0)
        {
            Problem = key.Value.Length > 0 ? FormWords.TypedOrFile : FormWords.Required;
            return null;
        }

        var (typed, passphrase) = (key.Value, keyFile.Passphrase.Value);
        (key.Value, keyFile.Passphrase.Value) = ("", "");
        return typed.Length > 0 ? new SecretGiven(new Secret(typed)) : new KeyFileGiven(keyFile.File.Value.Trim(), new Secret(passphrase));
    }

    public override MoveAnswer GiveUp() => new MasterKeyLost();
}

/// <summary>The fields that name a key file and open it.</summary>
internal sealed class KeyFileFields(string proposed, string label, string help)
{
    public FormField File { get; } = new("file", label, FieldKind.Text) { Value = proposed, Help = help };

    public FormField Passphrase { get; } = new("passphrase", FormWords.Passphrase, FieldKind.Secret) { Help = FormWords.PassphraseHelp };
}
