using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>Fills what is empty in the plan form with what was found on the old server, which is this machine. What a person wrote stays.</summary>
internal sealed class PlanProposals(MoveSettings settings, OctopusDiscovery discovery, Action<string> detail)
{
    private readonly Dictionary<string, IReadOnlyList<FoundInstance>> instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InstanceConfiguration?> configurations = new(StringComparer.Ordinal);
    private (string Url, string Home) proposed = ("", "");

    /// <summary>The instances that were found with the executable in the settings; empty before <see cref="ProposeAsync"/>.</summary>
    internal IReadOnlyList<FoundInstance> Instances => instances.GetValueOrDefault(settings.Old.OctopusServer, []);

    /// <summary>The instances to choose from, or null when there are no two.</summary>
    internal IReadOnlyList<PlanChoice>? Choices =>
        Instances.Count > 1 ? [.. Instances.Select(each => new PlanChoice(each.Name, DiscoveryWords.About(each)))] : null;

    /// <summary>The executables, asked of the machine where nobody named them.</summary>
    internal async Task ProposeProgramsAsync(CancellationToken cancel)
    {
        if (settings.Old.OctopusServer.Length == 0)
            settings.Old.OctopusServer = await discovery.FindExecutableAsync(cancel);
        if (settings.New.OctopusServer.Length == 0)
            settings.New.OctopusServer = settings.Old.OctopusServer;
    }

    /// <summary>The instance, if it is the only one; and what depends on it: the same name, the address, and on another machine the same home directory.</summary>
    /// <returns>The keys of the fields that were filled now.</returns>
    internal async Task<IReadOnlyList<string>> ProposeAsync(CancellationToken cancel)
    {
        if (!File.Exists(settings.Old.OctopusServer))
            return [];
        if (!instances.TryGetValue(settings.Old.OctopusServer, out var found))
            instances[settings.Old.OctopusServer] = found = await discovery.FindInstancesAsync(settings.Old.OctopusServer, cancel);
        if (settings.Old.Instance.Length == 0 && found.Count < 2)
            settings.Old.Instance = found.Count == 1 ? found[0].Name : InstanceRecord.DefaultName;
        if (settings.New.Instance.Length == 0)
            settings.New.Instance = settings.Old.Instance;
        return found.Any(each => each.Name == settings.Old.Instance) ? await ProposeOfInstanceAsync(cancel) : [];
    }

    private async Task<IReadOnlyList<string>> ProposeOfInstanceAsync(CancellationToken cancel)
    {
        // What was proposed for one instance says nothing of another.
        var wantsUrl = settings.Old.Url.Length == 0 || settings.Old.Url == proposed.Url;
        var wantsHome = settings.New.Machine != settings.Old.Machine && (settings.New.Home.Length == 0 || settings.New.Home == proposed.Home);
        if ((!wantsUrl && !wantsHome) || await ShowAsync(cancel) is not { } shown)
            return [];

        var (url, home) = (PortalAddress.From(shown.ListenPrefixes, shown.ForceSsl == true, settings.Old.Machine), shown.Home);
        var filled = new List<string>();
        if (wantsUrl && url != settings.Old.Url)
        {
            (settings.Old.Url, proposed.Url) = (url, url);
            filled.Add("Old:Url");
        }

        if (wantsHome && home != settings.New.Home)
        {
            (settings.New.Home, proposed.Home) = (home, home);
            filled.Add("New:Home");
        }

        return filled;
    }

    private async Task<InstanceConfiguration?> ShowAsync(CancellationToken cancel)
    {
        var (file, instance) = (settings.Old.OctopusServer, settings.Old.Instance);
        if (configurations.TryGetValue(instance, out var known))
            return known;
        try
        {
            return configurations[instance] = await discovery.Exe(file, instance).ShowConfigurationAsync(cancel);
        }
        catch (MoveFailure failure)
        {
            // It is asked for again when the form is filled, and fails then; until that nothing is proposed.
            detail(failure.Report.What);
            return configurations[instance] = null;
        }
    }
}
