using Humanizer;
using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Steps;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said of certificate bindings and URL reservations of the two machines.</summary>
internal static class HttpSysWords
{
    internal const string OldHttpSysUnknown = "Certificate bindings and URL reservations of the old machine are not known here: check the old server first.";

    internal static string HttpSysKept(IReadOnlyList<CertificateBinding> portal, int reservations) =>
        $"The portal has {"certificate binding".ToQuantity(portal.Count)}{(portal.Count > 0 ? $" ({string.Join(", ", portal.Select(each => each.Endpoint))})" : "")}; "
        + $"this machine has {"URL reservation".ToQuantity(reservations)}. Neither is in the database.";

    internal static CheckResult Judge(OldSurroundings old, MoveContext move, IReadOnlyList<CertificateBinding> bindings, IReadOnlyList<AddressReservation> reservations)
    {
        var (findings, advice) = (new List<string>(), new List<string>());
        if (HttpSysDifferences.MissingBindings(old, bindings) is { Count: > 0 } missing)
        {
            findings.Add($"No certificate is bound at {string.Join(", ", missing.Select(each => each.Endpoint))} here, as it is on the old machine: the portal would not be reached over https.");
            advice.Add($"Export each certificate with its private key on {move.Plan.Old.Machine} (certlm.msc), and import it here into the same store; if the key can't be exported, get a new one. Then:");
            advice.AddRange(missing.Select(each => move.Command(move.Plan.New.NetshFile, Netsh.Bind(each)).Text));
        }

        foreach (var (before, now) in HttpSysDifferences.OtherCertificates(old, bindings))
            findings.Add($"At {now.Endpoint} another certificate is bound here ({now.Thumbprint}) than on the old machine ({before.Thumbprint}). See that it fits the name that users call.");
        if (HttpSysDifferences.UnboundPorts(old, bindings) is { Count: > 0 } ports)
        {
            findings.Add($"The portal listens with https at {string.Join(", ", ports.Select(each => $"port {each}"))}, and no certificate is bound there on either machine: "
                + "perhaps Octopus Server presents one itself, or renews it with Let's Encrypt.");
            advice.Add("If it stays unreachable: Octopus.Server ssl-certificate --instance=\"" + move.Plan.New.Instance + "\" --thumbprint=… --port=… --certificate-store=My");
        }

        // Local System may listen anywhere; an account that is no administrator gets its reservations from create-instance.
        var isTrouble = findings.Count > 0;
        if (!move.NewAccount.NeedsRights && HttpSysDifferences.MissingReservations(old, move.Plan, reservations) is { Count: > 0 } urls)
        {
            findings.Add($"Not reserved here, as on the old machine: {string.Join(", ", urls)}. {move.NewAccount} needs no reservation.");
            advice.Add("If the service is to run under another account: name it in New:ServiceAccount, and octomove makes the reservations.");
        }

        return isTrouble ? CheckResult.Warn(string.Join(" ", findings), advice)
            : CheckResult.Pass(findings.Count > 0 ? string.Join(" ", findings) : "Nothing that the portal had on the old machine is missing here.");
    }
}
