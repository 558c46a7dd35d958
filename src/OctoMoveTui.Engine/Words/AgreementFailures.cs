using System.Globalization;
using OctoMoveTui.Engine.Agreement;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What the comparison of database and files refuses.</summary>
internal static class AgreementFailures
{
    internal static MoveFailure ListEdited(string file, long named, long counted) => new(new(
        FailureCause.MoveFolder, $"{file} names {named.ToString(CultureInfo.InvariantCulture)} faults of the old server; it was written with {counted.ToString(CultureInfo.InvariantCulture)}.",
        "Somebody edited it, or lines of it are lost. What it names too much would be taken for older than the move, and what it lacks for new.",
        ["Put it back as it was, or take it anew: octomove agree old, on the old server (which may be stopped)."]));

    internal static MoveFailure NewFaults(long count, IReadOnlyList<Disagreement> named, string? list, DateTimeOffset? baseLine, MovePlan plan)
    {
        var rows = string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "row" : "rows")}");
        var old = plan.Old.Machine;
        return new(new(
            FailureCause.Differs,
            baseLine is { } at
                ? $"{rows} of the new database {(count == 1 ? "has" : "have")} no right file on the new server, and the base line of {at.ToLocalTime():yyyy-MM-dd HH:mm} doesn't have {(count == 1 ? "it" : "them")}: lost in the move, or added since."
                : $"{rows} of the new database {(count == 1 ? "has" : "have")} no right file on the new server, and there is no base line that says whether the old one had it.",
            string.Join("; ", named.Take(5)),
            [
                "The new server has not been started: a re-index would drop the packages among them from the list and from releases.",
                .. plan.Directories.Any(plan.IsShared)
                    ? [$"{string.Join(", ", plan.Directories.Where(plan.IsShared).Select(each => each.Kind))}: both servers use one directory. Bring the files back there, then Retry."] : Array.Empty<string>(),
                .. plan.DirectoriesToCopy.Any()
                    ? [$"{string.Join(", ", plan.DirectoriesToCopy.Select(each => each.Kind))}: the copy took all that lay on {old} when it stood still, and is proven to be whole, "
                        + $"so {old} did not have {(count == 1 ? "it" : "them")} any more. A package that you still have can be uploaded again after the move."] : Array.Empty<string>(),
                $"To accept that they are gone: run octomove agree old on {old} (the server may be stopped). It takes the base line anew; then Retry.",
                .. list is null ? Array.Empty<string>() : [$"All of them are listed in {list}, with \"isNew\":true."],
            ],
            named.Count > 5 ? string.Join('\n', named) : null));
    }
}
