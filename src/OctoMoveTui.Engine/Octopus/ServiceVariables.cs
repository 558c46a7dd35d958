using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// The environment that <c>service --install</c> and <c>--reconfigure</c> take account and password from, in place of arguments that anybody on the
/// machine could read (source: Octopus' documentation of the command). Whether a version did is proven by asking the service controller.
/// </summary>
public static class ServiceVariables
{
    /// <summary>The account, DOMAIN\name.</summary>
    public const string User = "OCTOPUS_SERVICE_USERNAME";

    /// <summary>Its password.</summary>
    public const string Password = "OCTOPUS_SERVICE_PASSWORD";

    /// <summary>The environment for an account with a password.</summary>
    public static IReadOnlyDictionary<string, string?> Of(LogOnAccount account, Secret password) =>
        new Dictionary<string, string?> { [User] = account.Name, [Password] = password.Reveal() };
}
