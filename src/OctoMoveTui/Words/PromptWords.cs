using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Words;

/// <summary>The questions as lines of text ask them.</summary>
internal static class PromptWords
{
    public const string Shape = "What moves?";
    public const string Plan = "The plan. Enter keeps what stands in brackets; a single - empties it.";
    public const string Confirm = "Do it? y = do it, s = stop here, b = take the move back: ";
    public const string ConfirmUndo = "Take it back? y = take it back, s = stop here: ";
    public const string ConfirmOptional = "Do it? y = do it, o = leave it out, s = stop here, b = take the move back: ";
    public const string Retry = "r = retry, s = stop here, b = take the move back: ";
    public const string ConnectionString = "Connection string (without its password)";
    public const string Password = "Password (not shown; Enter keeps the one that is known): ";
    public const string TestOrGo = "t = test only, g = test and go on, e = edit, s = stop here: ";
    public const string RevealOrType = "r = show the key on this terminal, Enter = type it, f = save it to a file, s = stop here: ";
    public const string TypeOrOpen = "Enter = type it, f = open a key file, l = it is lost, s = stop here: ";
    public const string KeyFile = "Key file, full path";
    public const string Passphrase = "Its passphrase (not shown): ";
    public const string NewPassphrase = "A passphrase for it, at least 12 characters (not shown): ";
    public const string PassphraseAgain = "The same passphrase again (not shown): ";
    public const string PassphrasesDiffer = "The two passphrases differ. Nothing was written.";
    public const string RevealWarning = "It stays in the scrollback of this terminal: clear that afterwards.";
    public const string TypeSavedKey = "Type the master key from where you saved it (not shown): ";
    public const string NotUnderstood = "That was none of the letters.";
    public const string NotThatName = "That is not the name. Nothing was done.";
    public const string ByHand = "d = it is done, s = stop here: ";
    public const string ByHandOptional = "d = it is done, o = go on without it, s = stop here: ";
    public const string ByHandOtherwise = "Without it:";
    public const string EnterFirst = "(Enter first: the question before was taken back.) ";
    public const string MaySkip = " (Enter leaves it out)";

    public const string NoneOfThem = "That is none of them.";

    public static string Choice(int number, PlanChoice choice) => $"  {number}  {choice.Value}: {choice.About}";

    public static string ChooseOne(string label, string value) => value.Length > 0 ? $"{label}, name or number [{value}]: " : $"{label}, name or number: ";

    public static string TypeNameOrLeave(string name) => $"Type {name} to remove it, or only Enter to leave it as it is: ";

    public static string ChooseShape(string proposed) => $"Its number, Enter = {proposed}, s = stop here: ";

    public static string TypeName(string name) => $"Type {name} to go on, or only Enter to stop here: ";

    public static string Keys(string label, string value) => $"{label} [{value}]: ";

    public static string Fingerprint(string fingerprint, string provenBy) =>
        $"The master key was read and proven (it decrypts {provenBy}). Its fingerprint: {fingerprint}. " +
        "Save it somewhere safe now: without it the backup is worth nothing.";
}
