namespace OctoMoveTui.Engine.Octopus;

/// <summary>What kind of Windows account a service logs on as.</summary>
public enum LogOnKind
{
    /// <summary>Local System: may do everything on its machine.</summary>
    LocalSystem,

    /// <summary>NETWORK SERVICE or LOCAL SERVICE: on its machine an ordinary account without a password.</summary>
    BuiltIn,

    /// <summary>A group managed service account (DOMAIN\name$): Windows keeps its password.</summary>
    Managed,

    /// <summary>An account with a password.</summary>
    User,
}

/// <summary>The Windows account that the service of Octopus Server logs on as.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Name">As the service controller takes and shows it: <c>LocalSystem</c>, <c>NT AUTHORITY\NetworkService</c>, <c>DOMAIN\name</c>.</param>
public sealed record LogOnAccount(LogOnKind Kind, string Name)
{
    /// <summary>What a new service gets when nobody says otherwise.</summary>
    public static LogOnAccount LocalSystem { get; } = new(LogOnKind.LocalSystem, "LocalSystem");

    private const string NetworkService = @"NT AUTHORITY\NetworkService";
    private const string LocalService = @"NT AUTHORITY\LocalService";

    /// <summary>Reads a setting: empty is Local System; spaces and the authority of built-in accounts don't matter.</summary>
    public static LogOnAccount Of(string configured) => Bare(configured) switch
    {
        "" or "LOCALSYSTEM" or "SYSTEM" => LocalSystem,
        "NETWORKSERVICE" => new(LogOnKind.BuiltIn, NetworkService),
        "LOCALSERVICE" => new(LogOnKind.BuiltIn, LocalService),
        _ => new(configured.Trim().EndsWith('$') ? LogOnKind.Managed : LogOnKind.User, configured.Trim()),
    };

    /// <summary>True for accounts that go over the network as the machine (DOMAIN\HOST$), whatever they are called on it.</summary>
    public bool IsOfTheMachine => Kind is LogOnKind.LocalSystem or LogOnKind.BuiltIn;

    /// <summary>True when folders and addresses have to be opened for it.</summary>
    public bool NeedsRights => Kind != LogOnKind.LocalSystem;

    /// <summary>
    /// True when what the service controller shows is this account. It shows an account of the machine itself as <c>.\name</c>, and may show a name
    /// that was given as name@domain in either form: then the name alone decides.
    /// </summary>
    public bool IsShownAs(string shown)
    {
        var other = Of(shown);
        if (IsOfTheMachine || other.IsOfTheMachine)
            return other.Name == Name;
        var isLocal = shown.StartsWith(@".\", StringComparison.Ordinal) || Name.StartsWith(@".\", StringComparison.Ordinal);
        return isLocal || shown.Contains('@', StringComparison.Ordinal) || Name.Contains('@', StringComparison.Ordinal)
            ? string.Equals(Last(shown), Last(Name), StringComparison.OrdinalIgnoreCase)
            : string.Equals(shown.Trim(), Name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>How it is called in words.</summary>
    public override string ToString() => Kind == LogOnKind.LocalSystem ? "Local System" : Name;

    private static string Bare(string name)
    {
        var bare = name.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        foreach (var authority in (string[])[@"NTAUTHORITY\", @".\"])
        {
            if (bare.StartsWith(authority, StringComparison.Ordinal) && bare[authority.Length..] is "LOCALSYSTEM" or "SYSTEM" or "NETWORKSERVICE" or "LOCALSERVICE")
                return bare[authority.Length..];
        }

        return bare;
    }

    private static string Last(string name) => name.Trim().Split('@')[0].Split('\\')[^1];
}
