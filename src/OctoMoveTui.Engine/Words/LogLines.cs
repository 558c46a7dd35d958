using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>How events read in the log file.</summary>
internal static class LogLines
{
    internal static string? Of(MoveEvent happening) => happening switch
    {
        MoveOpened opened => $"{(opened.IsResumed ? "Resumed" : "Opened")} move {opened.MoveId}: {opened.OldServer} -> {opened.NewServer}",
        StepChanged changed => $"[{changed.Step}] {changed.State}{(changed.Note is null ? "" : ": " + changed.Note)}",
        CheckMade made => $"[{made.Step}] Check {made.Id} {made.Title}, {made.Verdict}: {string.Join("\n    ", [made.Finding, .. made.Advice])}",
        Logged { Kind: LogKind.Warning } logged => Prefix(logged) + "Warning: " + logged.Text,
        Logged { Kind: LogKind.Error } logged => Prefix(logged) + "Error: " + logged.Text,
        Logged { Kind: LogKind.Proof } logged => Prefix(logged) + "Proof: " + logged.Text,
        Logged logged => Prefix(logged) + logged.Text,
        FileDiffers differs => $"{differs.Directory}: {DifferenceWords.Of(differs.Kind)}: {differs.Path}: {differs.Detail}",
        FileRepaired repaired => $"{repaired.Directory}: copied again from {repaired.From}: {repaired.Path}",
        DirectoryVerified verified =>
            $"{verified.Directory} at {verified.Place}, {verified.Depth}: {verified.Files} files, {verified.Differences.Sum(each => each.Count)} differences",
        OutageStarted started => $"Outage since {started.Since:u}",
        OutageEnded ended => $"Outage over: {ended.Until - ended.Since:hh\\:mm\\:ss}",
        PointOfNoReturnPassed => "Point of no return passed",
        MoveEnded { Failure: { } failure } ended => string.Join("\n", [ended.Sentence, failure.What, failure.Why, .. failure.ToDo, failure.Raw ?? ""]),
        MoveEnded ended => ended.Sentence,
        _ => null,
    };

    private static string Prefix(Logged logged) => logged.Step is { } step ? $"[{step}] " : "";
}
