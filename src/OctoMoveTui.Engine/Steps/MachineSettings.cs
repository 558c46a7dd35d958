using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// The settings of Octopus Server that are bound to a machine. Most came with the database and are right; which of these few are kept in the config
/// file, which does not come along, differs by version and is not documented. So the new instance is asked what it has, and told only what doesn't fit.
/// </summary>
internal static class MachineSettings
{
    internal static async Task FitAsync(MoveContext move, CancellationToken cancel)
    {
        var wanted = Wanted(move.Plan, move.Facts.Find<OldServerChecked>()?.Surroundings, await move.NewExe.ShowConfigurationAsync(cancel));
        if (wanted.Count == 0)
        {
            move.Info(ServiceNotes.SettingsFit);
            return;
        }

        foreach (var (setting, value) in wanted)
            move.Info(ServiceNotes.Set(setting.Words(), value));
        await move.NewExe.RunAsync(move.NewExe.Configure(wanted), cancel);

        var left = Wanted(move.Plan, move.Facts.Find<OldServerChecked>()?.Surroundings, await move.NewExe.ShowConfigurationAsync(cancel));
        if (left.Count > 0)
            throw ServiceFailures.SettingsNotTaken(left[0].Setting.Words(), left[0].Value, "another value");
    }

    /// <summary>What has to be set, given what the new instance says now. Without knowing the old one (a journal of an earlier version): names alone.</summary>
    internal static IReadOnlyList<(MachineSetting Setting, string Value)> Wanted(MovePlan plan, OldSurroundings? old, InstanceConfiguration now)
    {
        var wanted = new List<(MachineSetting, string)>();
        var prefixes = ListenPrefixes.Of(now.ListenPrefixes).Renamed(plan.Old.Machine, plan.New.Machine);

        // Where the old address was not covered either, something else stands before the server (a proxy, a load balancer), and does so again.
        var wasCovered = old is null || ListenPrefixes.Of(old.ListenPrefixes).Cover(plan.Old.Url);
        if (now.ListenPrefixes.Length > 0 && wasCovered && !prefixes.Cover(plan.New.Url))
            prefixes = prefixes.With(plan.New.Url);
        if ($"{prefixes}" != $"{ListenPrefixes.Of(now.ListenPrefixes)}")
            wanted.Add((MachineSetting.ListenPrefixes, $"{prefixes}"));

        if (old is { CommunicationsPort: { } port } && now.CommunicationsPort is { } its && port != its)
            wanted.Add((MachineSetting.CommunicationsPort, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{port}")));
        if (old is { ForceSsl: { } force } && now.ForceSsl is { } forces && force != forces)
            wanted.Add((MachineSetting.ForceSsl, force ? "true" : "false"));
        return wanted;
    }
}
