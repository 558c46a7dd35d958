using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Checks;

/// <summary>A known trouble of some versions of Octopus Server that a move meets.</summary>
/// <param name="From">The first version that has it, or null: from the beginning.</param>
/// <param name="Before">The first version without it, or null: it isn't known to have ended.</param>
/// <param name="Issue">Where it was reported, in OctopusDeploy/Issues unless another repository is named.</param>
/// <param name="What">What goes wrong.</param>
/// <param name="Octomove">What octomove does about it.</param>
/// <param name="Advice">What the person has to do about it, or empty.</param>
public sealed record KnownHazard(string? From, string? Before, string Issue, string What, string Octomove, string Advice = "")
{
    /// <summary>True when that version has it.</summary>
    public bool Has(OctopusVersion version) => (From is null || version.IsAtLeast(From)) && (Before is null || !version.IsAtLeast(Before));
}

/// <summary>The table of them, by version. Told before the outage; docs/database-and-files.md explains the re-index.</summary>
public static class KnownHazards
{
    /// <summary>All, in the order of the versions that they end with.</summary>
    public static IReadOnlyList<KnownHazard> All { get; } =
    [
        new(null, "2019.9", "#5852, #3017", "It re-indexes its packages at every start unless that was switched off, and a re-index can take hours.",
            "octomove looks for the setting, starts the new server only when every package is proven to be there, and follows the task or lets it run on."),
        new("2019.1", "2020.1", "#5410", "The command that drains a node fails in some builds (NullReferenceException).", "octomove drains by the API."),
        new(null, "2020.3", "#6366", "Octopus Server starts on the database of a newer version, and may damage it.",
            "octomove compares the versions of both servers and of the database itself, and goes on only when they are equal."),
        new("2020.3.1", "2020.3.3", "#6507", "The setup wizard refuses right master keys.", "octomove attaches the database by the command line, and proves the key itself beforehand."),
        new("2021.1", "2021.1.7198", "#6899", "Its SQL client does not trust the certificate of a default installation of SQL Server any more.",
            "octomove connects with the very settings of the new connection string.", "Write TrustServerCertificate and Encrypt into the new connection string."),
        new(null, "2025.3.10568", "#9561", "Waiting for a node to drain ends early after about five minutes: it is taken for offline.", "octomove drains without that wait, and looks at the tasks itself."),
        new(null, null, "OctopusDeploy-Api PR 209", "A change to a node that leaves out its name renames the node (old versions; which ones isn't known).",
            "octomove reads a node, changes it, and sends the whole of it back."),
        new("2022.1", null, "#7501", "Its SQL client encrypts by default: a SQL Server whose certificate isn't trusted can't be reached with an old connection string.",
            "octomove connects with the very settings of the new connection string.", "Write Encrypt and TrustServerCertificate into the new connection string."),
        new("2022.4.6073", null, "#8111, #8338", "Rotating the master key has failed in several versions, and a backup from before does not fit the new key.",
            "octomove proves the key against the database before the outage and after the restore.", "Don't rotate the master key between the first check and the end of the move."),
        new("2026.3", null, "#10155", "New installations limit the rate of API requests.", "octomove asks no more often than Timing:Poll says.",
            "If requests are refused (429), set Timing:Poll to 00:00:10, or allow the API key more."),
    ];

    /// <summary>Those of a version.</summary>
    public static IReadOnlyList<KnownHazard> Of(OctopusVersion version) => [.. All.Where(each => each.Has(version))];

    /// <summary>What is to be known of a version, as a check tells it.</summary>
    public static CheckResult Check(string version)
    {
        if (OctopusVersion.Find(version) is not { } found)
            return CheckResult.Unknown(Words.HazardWords.VersionUnknown);
        var hazards = Of(found);
        string[] advice = [.. hazards.Where(each => each.Advice.Length > 0).Select(each => $"{each.Advice} ({each.Issue})")];
        var finding = Words.HazardWords.Found(found, hazards);
        return advice.Length > 0 ? CheckResult.Warn(finding, advice) : CheckResult.Pass(finding);
    }
}
