using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Where the database stays, what the new instance was told of places and addresses may stand in it, and the old server would wake up with that. The
/// old instance is asked what it has, and told only what is not as it was. Where the database was restored, all of it goes with the restored one.
/// </summary>
internal static class OldSettings
{
    internal static IEnumerable<PreviewLine> Preview(MoveContext move)
    {
        if (move.Plan.Shape.BringsDatabase() || !move.Plan.Shape.CopiesDirectories())
            yield break;
        var moved = Places(move).Where(each => !each.StaysInPlace).ToList();
        if (moved.Count == 0)
            yield break;
        yield return new(PreviewKind.Words, UndoWords.PutsPlacesBack);
        yield return move.Command(move.OldExe, move.OldExe.SetPaths(moved.Select(each => (each.Kind, each.From))));
    }

    internal static async Task PutBackAsync(MoveContext move, CancellationToken cancel)
    {
        if (move.Plan.Shape.BringsDatabase() || !move.Plan.Shape.CopiesDirectories())
            return;
        var found = await move.OldExe.ShowConfigurationAsync(cancel);
        if (Wrong(move, found) is { Count: > 0 } wrong)
        {
            await move.OldExe.RunAsync(move.OldExe.SetPaths(wrong.Select(each => (each.Kind, each.From))), cancel);
            found = await move.OldExe.ShowConfigurationAsync(cancel);
            if (Wrong(move, found) is { Count: > 0 } left)
                throw CheckFailures.PathsWrong([.. left.Select(each => $"{each.Kind}: {found.PlaceOf(each.Kind, move.Plan.Old.Home) ?? "unknown"} instead of {each.From}")]);
        }

        move.Proof(UndoNotes.PlacesAreBack(Places(move).Count()));
        if (!move.Plan.Shape.KeepsInstance() && WrongSettings(move, found) is { Count: > 0 } settings)
        {
            foreach (var (setting, value) in settings)
                move.Info(ServiceNotes.Set(setting.Words(), value));
            await move.OldExe.RunAsync(move.OldExe.Configure(settings), cancel);
        }
    }

    private static IEnumerable<DirectoryPlan> Places(MoveContext move) => move.Plan.Directories.Concat(move.Plan.RePointed ?? []);

    // A place that the old instance doesn't tell is none that was told the new one.
    private static IReadOnlyList<DirectoryPlan> Wrong(MoveContext move, InstanceConfiguration found) =>
        [.. Places(move).Where(each => found.PlaceOf(each.Kind, move.Plan.Old.Home) is { } place && place.TrimEnd('/', '\\') != each.From.TrimEnd('/', '\\'))];

    private static IReadOnlyList<(MachineSetting Setting, string Value)> WrongSettings(MoveContext move, InstanceConfiguration found)
    {
        var wrong = new List<(MachineSetting, string)>();
        if (move.Facts.Find<OldServerChecked>()?.Surroundings is not { } old)
            return wrong;
        if (old.ListenPrefixes.Length > 0 && found.ListenPrefixes.Length > 0 && $"{ListenPrefixes.Of(old.ListenPrefixes)}" != $"{ListenPrefixes.Of(found.ListenPrefixes)}")
            wrong.Add((MachineSetting.ListenPrefixes, old.ListenPrefixes));
        if (old.CommunicationsPort is { } port && found.CommunicationsPort is { } its && port != its)
            wrong.Add((MachineSetting.CommunicationsPort, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{port}")));
        if (old.ForceSsl is { } force && found.ForceSsl is { } forces && force != forces)
            wrong.Add((MachineSetting.ForceSsl, force ? "true" : "false"));
        return wrong;
    }
}
