using Humanizer;
using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Engine.Words;

/// <summary>What <c>octomove verify</c> says while it looks.</summary>
internal static class VerifyNotes
{
    internal static string AtItsPlace(string kind, string place) => $"{kind}: looking at its new place, {place}.";

    internal static string InMoveFolder(string kind, string place, string to, string machine, bool isPlaced) => isPlaced
        ? $"{kind}: looking at the move folder, {place}. Its new place, {to}, is on {machine}: start octomove verify there to look at that."
        : $"{kind}: looking at the move folder, {place}; it is not at its new place, {to} on {machine}, yet.";

    internal static string Elsewhere(string kind, string to, string machine) =>
        $"{kind}: its new place, {to}, is on {machine}, which this machine is not: start octomove verify there.";

    internal static string Shared(string kind, string place) => $"{kind}: both servers use {place}; nothing was copied.";

    internal static string NotCopiedYet(string kind, string manifest) => $"{kind}: not copied yet, there is no manifest {manifest}.";

    internal static string AllEqual(int directories, long files, VerifyDepth depth) =>
        $"{"directory".ToQuantity(directories)} with {"file".ToQuantity(files, "#,0", System.Globalization.CultureInfo.InvariantCulture)}: all as they were copied, "
        + (depth == VerifyDepth.Contents ? "by content." : "by size and time; contents were not read.");
}
