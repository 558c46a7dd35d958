using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The same version or nothing: program against program against what the database says ran on it.</summary>
internal static class SameVersion
{
    /// <summary>The version of Octopus Server where the plan has it on the new server; null when there is none.</summary>
    internal static async Task<string?> FindAsync(MoveContext move, CancellationToken cancel) =>
        move.NewExe.IsThere ? await move.NewExe.VersionAsync(cancel) : null;

    /// <summary>The version of the new server's program, which has to be the old one's; where that isn't known yet, whatever it is.</summary>
    /// <exception cref="MoveFailure">It is another, or there is none.</exception>
    internal static async Task<string> RequireAsync(MoveContext move, CancellationToken cancel)
    {
        var found = await FindAsync(move, cancel);
        var wanted = move.Facts.Find<OldServerChecked>()?.Version;
        return found is not null && (wanted is null || OctopusVersion.AreSame(found, wanted)) ? found : throw Refusal(move, found, wanted);
    }

    /// <summary>All installers of Octopus Server that lie where octomove looks.</summary>
    internal static IReadOnlyList<InstallerPackage> Packages(MoveContext move) => InstallerPackage.FindIn(Folders(move));

    /// <summary>Where octomove looks for installers: in the configured folder, in the move folder, and beside it.</summary>
    internal static IReadOnlyList<string> Folders(MoveContext move) => FoldersOf(move.Plan.New.InstallerFolder, move.Folder.Path);

    /// <summary>The same, before there is a plan.</summary>
    internal static IReadOnlyList<string> FoldersOf(string configured, string moveFolder) =>
    [
        .. configured.Length > 0 ? [configured] : (string[])[],
        moveFolder,
        .. Path.GetDirectoryName(moveFolder) is { } parent ? [parent] : (string[])[],
    ];

    /// <summary>What to say when the new server has another version, or none: the exact installer, where it can be had, and how it is run.</summary>
    internal static MoveFailure Refusal(MoveContext move, string? found, string? wanted)
    {
        var (exe, others) = (move.NewExe.File, Packages(move));
        if (wanted is null)
            return InstallFailures.NothingInstalled(exe, others);
        return move.NewInstaller.IsThere
            ? InstallFailures.OtherVersion(exe, found, wanted, Folders(move), [.. others.Where(each => !OctopusVersion.AreSame(each.Version?.Text, wanted))], Command(move, wanted))
            : InstallFailures.OtherImage(exe, found, wanted);
    }

    /// <summary>The command line that installs a version by hand.</summary>
    internal static string Command(MoveContext move, string version) => WindowsInstaller.Show(
        "msiexec", WindowsInstaller.Install(InstallerPackage.NameOf(version), "install.log", Location(move.Plan.New)));

    /// <summary>Where the installer has to be told to put the program; null where it would anyway.</summary>
    internal static string? Location(ServerPlan plan)
    {
        var folder = plan.OctopusServer[..Math.Max(0, plan.OctopusServer.LastIndexOfAny(['/', '\\']))];
        return folder.Length == 0 || folder.Equals(@"C:\Program Files\Octopus Deploy\Octopus", StringComparison.OrdinalIgnoreCase) ? null : folder;
    }

    /// <summary>The schema of the new database, against that of the old one when it was backed up.</summary>
    /// <exception cref="MoveFailure">Something has upgraded it.</exception>
    internal static async Task ProveSchemaAsync(MoveContext move, bool isStarted, CancellationToken cancel)
    {
        if (move.Facts.Find<BackupSet>()?.Schema is not { } before)
            return;
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.New.Database, cancel);
        var now = await session.ReadSchemaAsync(cancel);
        if (now is null || !before.IsSameAs(now))
            throw InstallFailures.SchemaDiffers(move.Plan.New.Database, before, now, isStarted);
        move.Proof(InstallNotes.SameSchema(before));
    }
}
