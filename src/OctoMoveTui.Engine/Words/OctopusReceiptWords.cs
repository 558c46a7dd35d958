using System.Globalization;
using System.Text;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>The receipt of Octopus Server as a person reads it: Markdown.</summary>
internal static class OctopusReceiptWords
{
    internal const string KeyBefore = "Before the outage, against the old database";
    internal const string KeyAfter = "After the restore, with the key that the new instance holds";

    internal static string Written(string file) => $"The receipt of the server is in {file}.";

    internal static string Standing(IReadOnlyList<ServerProof> proofs, MaintenanceModeLeft? left, OldServerRetired? retired) =>
        retired is not null ? "The move is done: users work on the new server, the old one is retired."
        : left is not null ? "Users work on the new server. The old one is stopped, and not retired yet."
        : proofs.Any(each => each.Standing == ProofStanding.Differs) ? "The new server is NOT what the old one was. It is locked by maintenance mode, and everything can still be taken back."
        : "The new server is proven, and still locked by maintenance mode: everything can still be taken back.";

    internal static IEnumerable<string> Remaining(IReadOnlyList<ServerProof> proofs, MaintenanceModeLeft? left, OldServerRetired? retired)
    {
        foreach (var each in proofs.Where(each => each.Standing == ProofStanding.Differs))
            yield return $"Clear up: {each.Note}";
        if (left is null)
            yield return "End maintenance mode (leave-maintenance-mode): the point of no return.";
        if (retired is null)
            yield return "Retire the old server (retire-old-server): its node still counts against the licence.";
        foreach (var each in retired?.StillToDo ?? [])
            yield return each;
    }

    internal static string Left(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"Maintenance mode was off, as the server itself said, and no node of it was left drained ({at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC).");

    internal static string Retired(IReadOnlyList<string> removed) => removed.Count == 0
        ? "The old server was stopped, disabled, and its database read-only when it was retired."
        : $"The old server was stopped, disabled, and its database read-only when it was retired; its nodes were removed: {string.Join(", ", removed)}.";

    internal static string ToMarkdown(OctopusReceipt receipt)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Octopus Server of move {receipt.MoveId}");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{receipt.Standing} Written on {receipt.WrittenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
        text.AppendLine("The database has a receipt of its own: database-receipt.md.");
        AddKeys(text, receipt.Keys);
        AddProofs(text, "Who answers", ProofTopic.Identity, receipt.Proofs);
        AddProofs(text, "Counts", ProofTopic.Counts, receipt.Proofs);
        AddProofs(text, "Read through the API", ProofTopic.Content, receipt.Proofs);
        AddProofs(text, "How the server is", ProofTopic.Health, receipt.Proofs);
        AddList(text, "Afterwards", receipt.Afterwards);
        AddList(text, "What remains", receipt.Remaining);
        return text.ToString();
    }

    private static void AddKeys(StringBuilder text, IReadOnlyList<ReceiptKey> keys)
    {
        if (keys.Count == 0)
            return;
        AddHeading(text, "The master key");
        text.AppendLine("| When | Server certificate | Sensitive values decrypted |");
        text.AppendLine("|---|---|---|");
        foreach (var key in keys)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {key.When} | {(key.Thumbprint.Length > 0 ? $"opened, {key.Thumbprint}" : "none to open")} | {key.Fit} of {key.Tried} |");
        }

        foreach (var note in keys.SelectMany(each => each.Notes).Distinct())
            text.AppendLine(CultureInfo.InvariantCulture, $"\n- {note}");
    }

    private static void AddProofs(StringBuilder text, string heading, ProofTopic topic, IReadOnlyList<ServerProof> all)
    {
        var proofs = all.Where(each => each.Topic == topic).ToList();
        if (proofs.Count == 0)
            return;
        AddHeading(text, heading);
        text.AppendLine("|   | What | Old | New | |");
        text.AppendLine("|---|---|---|---|---|");
        foreach (var each in proofs)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Mark(each)} | {Cell(each.What)} | {Cell(each.Old)} | {Cell(each.New)} | {Cell(each.Note)} |");
    }

    private static void AddList(StringBuilder text, string heading, IReadOnlyList<string> sentences)
    {
        if (sentences.Count == 0)
            return;
        AddHeading(text, heading);
        foreach (var each in sentences)
            text.AppendLine(CultureInfo.InvariantCulture, $"- {each.ReplaceLineEndings(" ")}");
    }

    private static void AddHeading(StringBuilder text, string heading)
    {
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"## {heading}");
        text.AppendLine();
    }

    private static string Mark(ServerProof proof) => proof.Standing switch
    {
        ProofStanding.Differs => "DIFFERS",
        ProofStanding.Told => "note",
        _ => proof.Old.Equals(proof.New, StringComparison.OrdinalIgnoreCase) ? "equal" : "good",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
