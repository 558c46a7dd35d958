namespace OctoMoveTui.Engine.Octopus;

/// <summary>The address of a web portal, guessed from the prefixes that it listens on; a person sees it before it is used.</summary>
internal static class PortalAddress
{
    /// <summary>
    /// A prefix with a name is the address; one for all names becomes the machine's; one for this machine only is the last resort, for it means another
    /// server elsewhere. Empty when no prefix can be read.
    /// </summary>
    /// <param name="prefixes">As show-configuration tells them: <c>http://localhost:8080/octopus,https://+:443/</c>.</param>
    /// <param name="isSecure">True when plain HTTP is sent on to HTTPS.</param>
    /// <param name="machine">The machine's name.</param>
    internal static string From(string prefixes, bool isSecure, string machine) => prefixes
        .Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(each => Read(each, machine))
        .Where(each => each.Address is not null)
        .OrderBy(each => each.Rank)
        .ThenBy(each => isSecure && each.Address!.Scheme != Uri.UriSchemeHttps)
        .Select(each => each.Address!.ToString().TrimEnd('/'))
        .FirstOrDefault("");

    private static (Uri? Address, int Rank) Read(string prefix, string machine)
    {
        var isForAll = prefix.Contains("://+", StringComparison.Ordinal) || prefix.Contains("://*", StringComparison.Ordinal);
        var text = isForAll ? prefix.Replace("://+", "://" + machine, StringComparison.Ordinal).Replace("://*", "://" + machine, StringComparison.Ordinal) : prefix;
        return !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") ? (null, 0)
            : (address, isForAll ? 1 : address.IsLoopback ? 2 : 0);
    }
}
