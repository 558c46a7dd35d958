namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// What Octopus.Server can do and octomove never asks it for: it would throw away secrets, the identity that every Tentacle trusts, or the database, or
/// make an empty one out of a mistyped name, or start a server on a database that isn't its own. Held against every command line on its way out.
/// </summary>
public static class ForbiddenCommands
{
    /// <summary>Commands.</summary>
    public static readonly IReadOnlyList<string> Verbs =
        ["lost-master-key", "rotate-master-key", "new-certificate", "regenerate-certificate", "import-certificate"];

    /// <summary>Options, by command.</summary>
    public static readonly IReadOnlyList<(string Verb, string Option)> Options = [("database", "create"), ("database", "delete"), ("database", "upgrade")];

    /// <summary>The beginning of the options that skip a guard of the server, whatever the command.</summary>
    public const string Skipping = "skip";

    /// <summary>The part of a command line that is forbidden, or null. As lenient as the program is about dashes, slashes and capitals.</summary>
    public static string? Find(IReadOnlyList<string> arguments)
    {
        var verb = arguments[0].ToLowerInvariant();
        if (Verbs.Contains(verb))
            return verb;
        return arguments.Skip(1).Where(each => each.StartsWith('-') || each.StartsWith('/'))
            .Select(each => each.TrimStart('-', '/').Split('=', ':')[0].ToLowerInvariant())
            .FirstOrDefault(each => each.StartsWith(Skipping, StringComparison.Ordinal) || Options.Contains((verb, each)));
    }
}
