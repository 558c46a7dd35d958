using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models.Forms;

/// <summary>
/// A connection string, as a whole and in fields: either side follows the other. A password that is pasted with the whole string moves into its
/// own, hidden field as soon as the raw field is left; until then the raw field is hidden.
/// </summary>
internal sealed class ConnectionForm : FormModel
{
    private readonly Glyphs glyphs;
    private readonly FormField raw;
    private readonly FormField password;
    private readonly ConnectionStringDraft draft;
    private GiveConnectionString question;

    public ConnectionForm(GiveConnectionString question, Glyphs glyphs)
        : base(FormWords.ConnectionTitle)
    {
        this.glyphs = glyphs;
        this.question = question;
        draft = new ConnectionStringDraft(question.Current);
        raw = new FormField("raw", FormWords.Raw, FieldKind.Text) { Help = FormWords.RawHelp };
        password = new FormField("password", FormWords.Password, FieldKind.Secret) { Help = FormWords.PasswordHelp };
        Fields =
        [
            new("server", FormWords.Server, FieldKind.Text) { Help = FormWords.ServerHelp },
            new("database", FormWords.Database, FieldKind.Text) { Help = FormWords.DatabaseHelp },
            new("login", FormWords.Login, FieldKind.Text) { Help = FormWords.LoginHelp },
            password,
            new("encrypt", FormWords.Encrypt, FieldKind.Choice) { Choices = FormWords.EncryptChoices },
            new("trust", FormWords.Trust, FieldKind.Choice) { Choices = FormWords.TrustChoices },
            raw,
            new("test", FormWords.Test, FieldKind.Action) { Command = ScreenCommand.Test, Help = FormWords.TestHelp },
            SubmitAction(FormWords.TestAndGoOn),
        ];
        ShowDraft();
        AskAgain(question);
    }

    public override bool CanTest => true;

    public override IReadOnlyList<ScreenLine> Intro => [new(MoveWords.Purpose(question.Purpose))];

    public override IReadOnlyList<ScreenLine> Below =>
    [
        .. question.Findings.Select(finding => new ScreenLine(
            glyphs.Line(MoveWords.Finding(finding, glyphs)),
            finding.Verdict switch
            {
                _ when finding.IsAdvice => Tone.Normal,
                Verdict.Pass => Tone.Good,
                Verdict.Fail => Tone.Failure,
                _ => Tone.Warning,
            })),
    ];

    /// <summary>The engine asks again: with findings, or with a problem. What was typed stays.</summary>
    public void AskAgain(GiveConnectionString again)
    {
        question = again;
        Problem = again.Problem;
        Busy = null;
        password.Placeholder = again.HasPassword ? FormWords.PasswordKnown : "";
    }

    public override void Type(FormField field, string text)
    {
        base.Type(field, text);
        if (field == raw)
        {
            raw.IsHidden = ConnectionStringDraft.MentionsPassword(text);
            return;
        }

        if (field == password)
        {
            draft.Password = text;
            return;
        }

        _ = field.Key switch
        {
            "server" => draft.Server = text.Trim(),
            "database" => draft.Database = text.Trim(),
            _ => draft.Login = text.Trim(),
        };
        raw.Value = draft.Raw;
    }

    public override void Turn(int by)
    {
        base.Turn(by);
        if (Focused.Key == "encrypt")
        {
            draft.Encrypt = Enum.Parse<EncryptChoice>(Focused.Value);
        }
        else if (Focused.Key == "trust")
        {
            draft.TrustServerCertificate = Focused.Value == FormWords.Yes;
        }

        raw.Value = draft.Raw;
    }

    public override MoveAnswer? Submit() => Answer(onlyTest: false);

    public override MoveAnswer? Test() => Answer(onlyTest: true);

    protected override void OnLeft(FormField field)
    {
        if (field == raw)
        {
            ReadRaw();
        }
    }

    private ConnectionStringGiven? Answer(bool onlyTest)
    {
        ReadRaw();
        Problem = draft.Problem ?? (draft.Server.Length == 0 ? FormWords.ServerMissing : null);
        return Problem is null ? new ConnectionStringGiven(new Secret(draft.WithPassword()), onlyTest) : null;
    }

    private void ReadRaw()
    {
        draft.Raw = raw.Value;
        raw.Problem = draft.Problem;
        if (draft.Problem is null)
        {
            ShowDraft();
        }
    }

    private void ShowDraft()
    {
        raw.Value = draft.Raw;
        raw.IsHidden = ConnectionStringDraft.MentionsPassword(draft.Raw);
        foreach (var field in Fields)
        {
            field.Value = field.Key switch
            {
                "server" => draft.Server,
                "database" => draft.Database,
                "login" => draft.Login,
                "password" => draft.Password,
                "encrypt" => draft.Encrypt.ToString(),
                "trust" => draft.TrustServerCertificate ? FormWords.Yes : FormWords.No,
                _ => field.Value,
            };
        }
    }
}
