namespace OctoMoveTui.Engine.Octopus;

/// <summary>The addresses that the web portal listens at, as Octopus Server writes them: a list with commas, a host that may be + or * or localhost.</summary>
public sealed record ListenPrefixes(IReadOnlyList<string> All)
{
    /// <summary>Reads the list.</summary>
    public static ListenPrefixes Of(string text) => new([.. text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]);

    /// <summary>The same with the old machine's name, alone or with its domain, replaced by the new one's. A name of its own (DNS) moves with its DNS entry.</summary>
    public ListenPrefixes Renamed(string oldMachine, string newMachine) => new([.. All.Select(each => Rename(each, oldMachine, newMachine))]);

    /// <summary>Whether an address leads to one of them. Hosts that stand for any (+, *) or for the machine itself (localhost) do for every name.</summary>
    public bool Cover(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && All.Select(Parse).Any(each =>
        each is { } own && own.Address.Scheme == address.Scheme && own.Address.Port == address.Port
        && (own.IsAnyHost || string.Equals(own.Address.Host, address.Host, StringComparison.OrdinalIgnoreCase))
        && (address.AbsolutePath.TrimEnd('/') + "/").StartsWith(own.Address.AbsolutePath.TrimEnd('/') + "/", StringComparison.OrdinalIgnoreCase));

    /// <summary>One more address.</summary>
    public ListenPrefixes With(string url) => new([.. All, url.TrimEnd('/') + "/"]);

    /// <summary>As HTTP.sys reserves them: each with its port and a slash at its end.</summary>
    public IReadOnlyList<string> Reservable => [.. All.Select(Reserved).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The ports that want a certificate.</summary>
    public IReadOnlyList<int> TlsPorts => [.. All.Select(Parse).Where(each => each?.Address.Scheme == Uri.UriSchemeHttps).Select(each => each!.Value.Address.Port).Distinct()];

    /// <summary>As <c>configure --webListenPrefixes</c> takes them.</summary>
    public override string ToString() => string.Join(',', All);

    private static string Rename(string prefix, string oldMachine, string newMachine) =>
        Parse(prefix) is { IsAnyHost: false } own && (IsNamed(own.Address.Host, oldMachine) || own.Address.Host.StartsWith(oldMachine + ".", StringComparison.OrdinalIgnoreCase))
            ? ReplaceHost(prefix, own.Address.Host, newMachine + own.Address.Host[oldMachine.Length..])
            : prefix;

    private static bool IsNamed(string host, string machine) => host.Equals(machine, StringComparison.OrdinalIgnoreCase);

    private static string ReplaceHost(string prefix, string host, string by)
    {
        var at = prefix.IndexOf(host, StringComparison.OrdinalIgnoreCase);
        return prefix[..at] + by + prefix[(at + host.Length)..];
    }

    private static string? Reserved(string prefix)
    {
        if (Parse(prefix) is not { } own)
            return null;
        var host = prefix[(prefix.IndexOf("://", StringComparison.Ordinal) + 3)..].Split('/', ':')[0];
        return $"{own.Address.Scheme}://{host}:{own.Address.Port}{own.Address.AbsolutePath.TrimEnd('/')}/";
    }

    // System.Uri knows neither + nor * as a host.
    private static (Uri Address, bool IsAnyHost)? Parse(string prefix)
    {
        var plain = prefix.Replace("://+", "://localhost", StringComparison.Ordinal).Replace("://*", "://localhost", StringComparison.Ordinal);
        return Uri.TryCreate(plain, UriKind.Absolute, out var address) ? (address, address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)) : null;
    }
}
