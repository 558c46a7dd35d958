using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What can be wrong with a master key, in words.</summary>
internal static class MasterKeyFailures
{
    private const string WhereItIs =
        "On the old server: Octopus Manager > View Master Key, or Octopus.Server show-master-key --instance NAME.";

    internal static MoveFailure NotBase64() => Failure(
        "This is not a master key: it is not base64.", "It was cut short, or a character was mistyped. A key looks like 5qJcW9E6B99teMmrOzaYNA==.",
        ["Enter the whole key again.", WhereItIs]);

    internal static MoveFailure WrongLength(int bytes) => Failure(
        $"This is not a master key: it is {bytes} bytes long.", "A master key is 16 bytes (24 characters) or 32 bytes (44 characters).",
        ["Enter the whole key again.", WhereItIs]);

    internal static MoveFailure DoesNotFit(string proof) => Failure(
        "This master key does not belong to this database.", proof,
        ["Use the key of the server that this database belongs to.", WhereItIs,
         "With a wrong key the new server would start and look healthy, and every password and certificate in it would be lost."]);

    internal static MoveFailure NothingToProveWith(IReadOnlyList<string> notRead) => Failure(
        "The master key can't be proven: no server certificate can be opened, and the database holds too few sensitive values.",
        notRead.Count > 0 ? string.Join(' ', notRead) : "This is no database of an Octopus Server, or of a very old one.",
        ["Check the database name in the connection string."]);

    internal static MoveFailure TypedAnother() => Failure(
        "What was typed is not the key of this database.", "The saved copy differs from the key that was shown.",
        ["Save the key again, then type it from what you saved."]);

    internal static MoveFailure ConfiguredAnother() => Failure(
        "The key in OCTOMOVE_MasterKey is not the key of the old server.", "It was saved from another server, or before the key was rotated.",
        ["Put the key of this server there.", WhereItIs]);

    internal static MoveFailure StoredAnother(string instance) => Failure(
        $"The instance {instance} on the new server holds another master key than the one that was proven.", "Somebody configured it by hand.",
        ["Delete that instance (Octopus.Server delete-instance) and its config file, then try again."]);

    internal static MoveFailure Lost() => Failure(
        "The master key is lost: the move stops here, and nothing was changed by this.",
        "Every password, API key, account and certificate in the database is encrypted with it, the identity that all Tentacles trust too. Without it a "
            + "backup of the database gives none of them back.",
        ["Look for it once more. " + WhereItIs + " The old server knows it as long as its instance exists on that machine and can be started there.",
         "Look where passwords and disaster recovery plans are kept, and for a key file of an earlier move.",
         "If it is really gone, ask Octopus support before doing anything: what resets the key throws all of these values away for good, "
            + "and octomove never does that."]);

    private static MoveFailure Failure(string what, string why, IReadOnlyList<string> toDo) =>
        new(new FailureReport(FailureCause.MasterKey, what, why, toDo));
}
