using Humanizer;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What a master key was proven by, and what could not be used for it.</summary>
internal static class KeyProofWords
{
    internal const string NoCertificate = "The database has no document certificate-global: the key is proven by sensitive values alone.";

    internal const string CertificateElsewhere =
        "The document certificate-global holds no encrypted certificate (this version may keep it elsewhere): the key is proven by sensitive values alone.";

    internal static string NoDocuments(string table) => $"dbo.{table} has no column with documents (neither JSON nor JSONBlob).";

    internal static string Packed(string table, int count) =>
        $"{"document".ToQuantity(count)} of dbo.{table} {(count == 1 ? "is" : "are")} empty or compressed in a way that octomove doesn't know (JSONBlob), and could not be used.";

    internal static string By(KeyEvidence proof)
    {
        var by = new List<string>();
        if (proof.Thumbprint is { } thumbprint)
            by.Add($"the server certificate {thumbprint[..Math.Min(8, thumbprint.Length)]}…");
        if (proof.Tried > 0)
            by.Add(Values(proof));
        return string.Join(" and ", by);
    }

    internal static string TooFew(KeyEvidence proof) =>
        proof.Thumbprint is null
            ? $"{proof.Fit} of {"sensitive value".ToQuantity(proof.Tried)} can be decrypted with it."
            : $"It opens the server certificate, but only {proof.Fit} of {"sensitive value".ToQuantity(proof.Tried)}: most of them were encrypted with another key.";

    private static string Values(KeyEvidence proof) =>
        proof.Tried == 1 && proof.Fit == 1 ? "the only sensitive value"
        : proof.Fit == proof.Tried ? $"all {proof.Tried} sensitive values"
        : $"{proof.Fit} of {"sensitive value".ToQuantity(proof.Tried)}";
}
