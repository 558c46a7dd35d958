using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What can be wrong with a key file and its passphrase, in words.</summary>
internal static class KeyFileFailures
{
    internal static MoveFailure PassphraseTooShort(int shortest) => Failure(
        $"The passphrase is too short: it needs at least {shortest} characters.",
        "Whoever gets hold of the file can try passphrases at leisure; a few words in a row can't be guessed.",
        ["Choose a longer passphrase. Keep it apart from the file."]);

    internal static MoveFailure NoFullPath(string file) => Failure(
        $"\"{file}\" is no full path of a key file.", "From another folder it would be another file.", ["Give the whole path, from the root or the drive on."]);

    internal static MoveFailure InTheWay(string file) => Failure(
        $"{file} exists already, and this passphrase does not open it to this key.", "It may be the only copy of another key: octomove does not replace it.",
        ["Choose another name.", "Or give the passphrase that it was saved with, if it is the key file of this server."]);

    internal static MoveFailure CannotWrite(string file, Exception error) => Failure(
        $"The key file {file} can't be written.", error.Message, ["Choose a folder that exists and that you may write to, with some room left."], error);

    internal static MoveFailure Unreadable(string file, Exception error) => Failure(
        $"The key file {file} can't be read.", error.Message,
        ["Check the path. Only the account that saved it may read it: copy it as that account."], error);

    internal static MoveFailure NoKeyFile(string file) => Failure(
        $"{file} is no key file of octomove.", "Its first line is not the header of one.", ["Check the path."]);

    internal static MoveFailure OfAnotherVersion(string file, int version) => Failure(
        $"{file} is a key file of version {version}, which this octomove does not know.", "It was saved by a later octomove.",
        ["Use the octomove that saved it, or type the key."]);

    internal static MoveFailure Damaged(string file) => Failure(
        $"The key file {file} is damaged.", "It was cut short or changed since it was saved.",
        ["Fetch another copy of it, or type the key from where else you saved it.",
         "As long as the old server exists, it still shows its key: Octopus.Server show-master-key --instance NAME."]);

    internal static MoveFailure OfAnotherKey(string file, KeyFileHeader header, string wanted) => Failure(
        $"{file} holds the key {header.Fingerprint} of {header.Instance} on {header.Machine}; this move needs the key {wanted}.",
        $"It was saved in another move ({header.Move}, {header.Saved:yyyy-MM-dd}), from another server or before its key was rotated.",
        ["Give the key file that was saved in this move."]);

    internal static MoveFailure WrongPassphrase(string file, KeyFileHeader header) => Failure(
        $"This passphrase does not open {file}.",
        $"It was mistyped, or the file was changed since it was saved ({header.Instance} on {header.Machine}, {header.Saved:yyyy-MM-dd HH:mm}).",
        ["Type it again: capitals and keyboard layout count.", "If it is forgotten, nothing opens the file: type the key from where else you saved it."]);

    private static MoveFailure Failure(string what, string why, IReadOnlyList<string> toDo, Exception? inner = null) =>
        new(new FailureReport(FailureCause.MasterKey, what, why, toDo), inner);
}
