using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// What HTTP.sys of a machine knows, asked and told through <c>netsh.exe</c>, of which this is the only file that spells verbs. The labels of its
/// answers are translated on localised Windows: they are read by shape (address:port, 40 hex digits, an address, a line after it).
/// </summary>
public sealed partial class Netsh(Programs netsh)
{
    /// <summary>The application id that Octopus Server registers its certificate bindings with (source: Octopus' documentation).</summary>
    public const string OctopusApplication = "{e2096a4c-2391-4be1-9f17-e353f930e7f1}";

    /// <summary>The argument list that shows the certificate bindings.</summary>
    public static IReadOnlyList<string> ShowBindings { get; } = ["http", "show", "sslcert"];

    /// <summary>The argument list that shows the reservations of addresses.</summary>
    public static IReadOnlyList<string> ShowReservations { get; } = ["http", "show", "urlacl"];

    /// <summary>The program.</summary>
    public string File => netsh.File;

    /// <summary>The argument list that lets an account listen at an address. Built-in accounts go by their abbreviation, for their names are translated.</summary>
    public static IReadOnlyList<string> Reserve(string url, LogOnAccount account) =>
    [
        "http", "add", "urlacl", $"url={url}", account switch
        {
            { Kind: LogOnKind.BuiltIn, Name: @"NT AUTHORITY\NetworkService" } => "sddl=D:(A;;GX;;;NS)",
            { Kind: LogOnKind.BuiltIn } => "sddl=D:(A;;GX;;;LS)",
            _ => $"user={account.Name}",
        },
    ];

    /// <summary>The argument list that takes the reservation of an address away.</summary>
    public static IReadOnlyList<string> Release(string url) => ["http", "delete", "urlacl", $"url={url}"];

    /// <summary>The argument list that binds a certificate of the machine to an address.</summary>
    public static IReadOnlyList<string> Bind(CertificateBinding binding) =>
    [
        "http", "add", "sslcert", $"{(IsAddress(binding.Endpoint) ? "ipport" : "hostnameport")}={binding.Endpoint}", $"certhash={binding.Thumbprint}",
        $"appid={(binding.Application.Length > 0 ? binding.Application : OctopusApplication)}", $"certstorename={(binding.Store.Length > 0 ? binding.Store : "My")}",
    ];

    /// <summary>The certificate bindings of this machine.</summary>
    public async Task<IReadOnlyList<CertificateBinding>> ListBindingsAsync(CancellationToken cancel) =>
        ReadBindings(await AskAsync(ShowBindings, cancel));

    /// <summary>The reservations of this machine.</summary>
    public async Task<IReadOnlyList<AddressReservation>> ListReservationsAsync(CancellationToken cancel) =>
        ReadReservations(await AskAsync(ShowReservations, cancel));

    /// <summary>Lets an account listen at an address.</summary>
    public async Task ReserveAsync(string url, LogOnAccount account, CancellationToken cancel)
    {
        var output = await netsh.RunAsync(Reserve(url, account), false, cancel);
        if (output.ExitCode != 0)
            throw ServiceFailures.NotReserved(url, account, Programs.Show(netsh.File, Reserve(url, account), new Moving.Redactor()), output.Everything);
    }

    /// <summary>Takes the reservation of an address away.</summary>
    public async Task ReleaseAsync(string url, CancellationToken cancel)
    {
        var output = await netsh.RunAsync(Release(url), false, cancel);
        if (output.ExitCode != 0)
            throw UndoFailures.NotReleased(url, Programs.Show(netsh.File, Release(url), new Moving.Redactor()), output.Everything);
    }

    /// <summary>Reads what <c>http show sslcert</c> prints.</summary>
    public static IReadOnlyList<CertificateBinding> ReadBindings(string output)
    {
        var found = new List<CertificateBinding>();
        var wantsStore = false;
        foreach (var value in Values(output))
        {
            if (Endpoint().IsMatch(value))
                found.Add(new CertificateBinding(value, "", "", ""));
            else if (found.Count > 0 && Thumbprint().IsMatch(value))
                found[^1] = found[^1] with { Thumbprint = value.ToUpperInvariant() };
            else if (found.Count > 0 && Application().IsMatch(value))
                found[^1] = found[^1] with { Application = value.ToLowerInvariant() };
            else if (wantsStore && !value.StartsWith('('))
                found[^1] = found[^1] with { Store = value };

            // The store is what stands after the application.
            wantsStore = found.Count > 0 && Application().IsMatch(value);
        }

        return [.. found.Where(each => each.Thumbprint.Length > 0)];
    }

    /// <summary>Reads what <c>http show urlacl</c> prints.</summary>
    public static IReadOnlyList<AddressReservation> ReadReservations(string output)
    {
        var found = new List<AddressReservation>();
        var (url, wantsAccount) = ("", false);
        foreach (var value in Values(output))
        {
            if (Address().IsMatch(value))
            {
                (url, wantsAccount) = (value, true);
            }
            else if (wantsAccount)
            {
                found.Add(new AddressReservation(url, value));
                wantsAccount = false;
            }
            else if (value.StartsWith("D:(", StringComparison.Ordinal))
            {
                // An account's part ends with its descriptor; another account may follow for the same address.
                if (found.Count > 0)
                    found[^1] = found[^1] with { Descriptor = value };
                wantsAccount = url.Length > 0;
            }
        }

        return found;
    }

    private static bool IsAddress(string endpoint) => endpoint.StartsWith('[') || IPv4().IsMatch(endpoint);

    private async Task<string> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var output = await netsh.RunAsync(arguments, true, cancel);
        return output.ExitCode == 0 ? output.Output : throw ServiceFailures.HttpSysUnknown(string.Join(' ', arguments), output.Everything);
    }

    // What stands after the label; the label itself may hold a colon ("IP:port"), but none with a space after it.
    private static IEnumerable<string> Values(string output) =>
        output.Split('\n').Select(line => Line().Match(line.TrimEnd())).Where(match => match.Success).Select(match => match.Groups[1].Value.Trim());

    [GeneratedRegex(@"^\s+.*?:\s+(\S.*)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^(\[[0-9A-Fa-f:.%]+\]|[\w.*-]+):\d{1,5}$")]
    private static partial Regex Endpoint();

    [GeneratedRegex(@"^\d{1,3}(\.\d{1,3}){3}:")]
    private static partial Regex IPv4();

    [GeneratedRegex("^[0-9A-Fa-f]{40}$")]
    private static partial Regex Thumbprint();

    [GeneratedRegex(@"^\{[0-9A-Fa-f-]{36}\}$")]
    private static partial Regex Application();

    [GeneratedRegex("^https?://", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}

/// <summary>A certificate of the machine that HTTP.sys presents at an address.</summary>
/// <param name="Endpoint">The address and port, or host name and port: <c>0.0.0.0:443</c>.</param>
/// <param name="Thumbprint">The certificate's, 40 hex digits.</param>
/// <param name="Application">The application id, in braces, lower case; empty when netsh told none.</param>
/// <param name="Store">The certificate store of the machine: My, WebHosting; empty when netsh told none.</param>
public sealed record CertificateBinding(string Endpoint, string Thumbprint, string Application, string Store)
{
    /// <summary>The port.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Port => int.TryParse(
        Endpoint.AsSpan(Endpoint.LastIndexOf(':') + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var port) ? port : 0;
}

/// <summary>An account that may listen at an address without being an administrator.</summary>
/// <param name="Url">The address, with its port and its slash: <c>http://+:80/</c>.</param>
/// <param name="Account">The account, as Windows calls it in its language.</param>
public sealed record AddressReservation(string Url, string Account)
{
    /// <summary>The same as a security descriptor, which no language changes; empty when netsh told none.</summary>
    public string Descriptor { get; init; } = "";

    /// <summary>Whether it is for that account.</summary>
    public bool IsFor(LogOnAccount account) => account switch
    {
        { Kind: LogOnKind.BuiltIn, Name: @"NT AUTHORITY\NetworkService" } => Descriptor.Contains(";;;NS)", StringComparison.Ordinal),
        { Kind: LogOnKind.BuiltIn } => Descriptor.Contains(";;;LS)", StringComparison.Ordinal),
        _ => account.IsShownAs(Account),
    };
}
