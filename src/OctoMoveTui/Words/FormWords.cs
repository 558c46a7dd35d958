using OctoMoveTui.Tui.Models;
using OctoMoveTui.Tui.Models.Forms;

namespace OctoMoveTui.Words;

/// <summary>Labels, help and problems of the forms.</summary>
internal static class FormWords
{
    public const string Yes = "yes";
    public const string No = "no";
    public const string GoOn = "Go on (F5)";
    public const string TestAndGoOn = "Test and go on (F5)";
    public const string Test = "Test (F6)";
    public const string TestHelp = "Connects and shows what it finds; nothing is changed, and the form stays open.";
    public const string Testing = "Testing the connection ...";
    public const string Required = "Nothing was typed.";

    public const string ShapeTitle = "What moves?";
    public const string Shape = "Move";
    public const string ShapeHelp = "Space or the arrow keys turn it over; Enter takes it.";
    public const string PlanTitle = "The plan: what moves from where to where";
    public const string PlanIntro = "Check each line. Until a step has changed something, this form comes up again when octomove is started.";

    public const string Choose = "choose one: Space";

    public const string Secret = "Secret";
    public const string MaySkip = "It may stay empty.";

    public const string MasterKeyTitle = "Save the master key";
    public const string MasterKeyIntro =
        "Write the key down or put it into a vault now. Without it, what is encrypted in the database and its backup is lost for good.";

    public const string TheKey = "Key:         ";
    public const string RevealHint = "  (F4 shows it)";
    public const string TypeItAgain = "Type it again";
    public const string OrKeyFile = "Or save to a file";
    public const string OrKeyFileHelp = "A new file, full path. It is read back and opened again: that proves that it is saved.";
    public const string OpenKeyFile = "Or the key file";
    public const string OpenKeyFileHelp = "The file that the key was saved to, full path, as this machine sees it.";
    public const string Passphrase = "Its passphrase";
    public const string PassphraseHelp = "At least 12 characters; a few words in a row are best. Whoever has file and passphrase has the key.";
    public const string PassphraseAgain = "Passphrase again";
    public const string PassphraseAgainHelp = "A mistyped passphrase would lock the file for good.";
    public const string PassphrasesDiffer = "The two passphrases differ. Nothing was written.";
    public const string TypedOrFile = "Type either the key or a passphrase, not both.";
    public const string Key = "Key";
    public const string KeyHelp = "As Octopus.Server show-master-key shows it.";
    public const string KeyIsLost = "Nobody has it any more";
    public const string KeyIsLostHelp = "Says what that means, and stops. octomove never resets a key.";
    public const string TypeItAgainHelp = "From where you saved it: that proves that it is saved. The key above is hidden again while you type.";

    public const string ByHandTitle = "To be done by hand";
    public const string ByHandChoice = "What then";
    public const string ByHandDone = "it is done";
    public const string ByHandDoneHelp = "octomove looks whether it is, wherever that can be seen.";
    public const string ByHandWithout = "go on without it";
    public const string ByHandWithoutHelp = "What happens then stands above.";

    public const string DestroysTitle = "Something will be destroyed";
    public const string NoReturnTitle = "The point of no return";
    public const string LookedTitle = "Only somebody who has looked can say";
    public const string Name = "Name";
    public const string NameHelp = "Exactly as it stands above, capitals too.";
    public const string NotThatName = "That is not the name. Nothing was done.";

    public const string ConnectionTitle = "Connection string";
    public const string Server = "Server";
    public const string ServerHelp = "For instance sql01, sql01\\INSTANCE or sql01,1433.";
    public const string ServerMissing = "The server is missing.";
    public const string Database = "Database";
    public const string DatabaseHelp = "The name of the Octopus database.";
    public const string Login = "Login";
    public const string LoginHelp = "A SQL Server login. Empty: the Windows account that octomove or Octopus runs as.";
    public const string Password = "Password";
    public const string PasswordKnown = "(known; stays as it is)";
    public const string PasswordHelp = "Empty keeps the one that is known. F4 shows what is typed.";
    public const string Encrypt = "Encryption";
    public const string Trust = "Trust any certificate";
    public const string Raw = "As a whole";
    public const string RawHelp = "The same as a connection string; it can be pasted. A password in it moves to its own field.";

    public static readonly IReadOnlyList<Choice> EncryptChoices =
    [
        new(nameof(EncryptChoice.Mandatory), "Mandatory", "Everything is encrypted, and the server's certificate is checked."),
        new(nameof(EncryptChoice.Strict), "Strict", "Encrypted from the first byte on; SQL Server 2022 or later, trusted certificate."),
        new(nameof(EncryptChoice.Optional), "Optional", "Only the login is encrypted: all else crosses the network in the clear."),
    ];

    public static readonly IReadOnlyList<Choice> TrustChoices =
    [
        new(No, "no", "The certificate must be trusted by this machine and be made out to the server's name."),
        new(Yes, "yes", "Any certificate will do: somebody in between could pass as the server."),
    ];

    public static string ProvenBy(string what) => $"Proven:      it decrypts {what}";

    public static string Fingerprint(string fingerprint) => $"Fingerprint: {fingerprint}";

    public static string TypeNameOrLeave(string name) => $"To remove it, type:  {name}   (nothing: it is left as it is)";

    public static string TypeName(string name) => $"To go on, type:  {name}";
}
