using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Steps;

/// <summary>What HTTP.sys of the new machine lacks of what the portal had on the old one. Bindings and reservations of other programs are none of ours.</summary>
internal static class HttpSysDifferences
{
    /// <summary>The old bindings that belong to the portal: Octopus' own, and those at a port that it listens at with https.</summary>
    internal static IReadOnlyList<CertificateBinding> PortalBindings(OldSurroundings old)
    {
        var ports = TlsPorts(old);
        return [.. (old.Bindings ?? []).Where(each => each.Application == Netsh.OctopusApplication || ports.Contains(each.Port))];
    }

    /// <summary>Those of them that the new machine has no binding for, at the same port.</summary>
    internal static IReadOnlyList<CertificateBinding> MissingBindings(OldSurroundings old, IReadOnlyList<CertificateBinding> now) =>
        [.. PortalBindings(old).Where(each => !now.Any(one => one.Port == each.Port))];

    /// <summary>Those that present another certificate on the new machine: renewed, perhaps, or one for the new name.</summary>
    internal static IReadOnlyList<(CertificateBinding Old, CertificateBinding Now)> OtherCertificates(OldSurroundings old, IReadOnlyList<CertificateBinding> now) =>
        [.. PortalBindings(old).Select(each => (Old: each, Now: now.FirstOrDefault(one => one.Port == each.Port)))
            .Where(each => each.Now is not null && each.Now.Thumbprint != each.Old.Thumbprint).Select(each => (each.Old, each.Now!))];

    /// <summary>Ports that the portal will want a certificate for and that have none on either machine.</summary>
    internal static IReadOnlyList<int> UnboundPorts(OldSurroundings old, IReadOnlyList<CertificateBinding> now) =>
        [.. TlsPorts(old).Where(port => !now.Any(each => each.Port == port) && !PortalBindings(old).Any(each => each.Port == port))];

    /// <summary>The addresses of the portal that were reserved on the old machine and aren't on the new one, as they will be called there.</summary>
    internal static IReadOnlyList<string> MissingReservations(OldSurroundings old, MovePlan plan, IReadOnlyList<AddressReservation> now) =>
        [.. (old.Reservations ?? []).Where(each => ListenPrefixes.Of(old.ListenPrefixes).Reservable.Contains(each.Url, StringComparer.OrdinalIgnoreCase))
            .SelectMany(each => ListenPrefixes.Of(each.Url).Renamed(plan.Old.Machine, plan.New.Machine).All)
            .Where(url => !now.Any(each => each.Url.Equals(url, StringComparison.OrdinalIgnoreCase))).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static IReadOnlyList<int> TlsPorts(OldSurroundings old) => ListenPrefixes.Of($"{old.ListenPrefixes},{old.WebSocketPrefix}").TlsPorts;
}
