using System.Text.RegularExpressions;
using OctoMoveTui.Engine.CopyTools;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>Turns the settings of another copying program into its part of the plan, and refuses what can't work or holds a secret.</summary>
internal static partial class CopyPlanning
{
    /// <summary>The plan's part; null when octomove copies itself. Asks nobody.</summary>
    /// <exception cref="MoveFailure">The settings can't be used.</exception>
    internal static CopyPlan? Plan(CopySettings settings)
    {
        var to = settings.To.Trim();
        switch (settings.With.Trim().ToUpperInvariant())
        {
            case "" or "OCTOMOVE":
                return to.Length == 0 ? null : throw CopyPlanFailures.ToWithoutProgram();
            case "RSYNC":
                RefuseSecret(to);
                if (to.Length > 0 && !SshHost().IsMatch(to))
                    throw CopyPlanFailures.BadDestination(to, CopyPlanFailures.Rsync);
                if (ShellSecret().IsMatch(settings.RemoteShell))
                    throw CopyPlanFailures.SecretInShell();
                return new CopyPlan(CopyProgram.Rsync, Filled(settings.Rsync, "Copy:Rsync"), to)
                {
                    RemoteShell = settings.RemoteShell.Trim() is { Length: > 0 } shell ? shell : "ssh",
                    Drives = settings.Drives.Trim(),
                };
            case "ROBOCOPY":
                RefuseSecret(to);
                if (to.Length > 0 && !Array.TrueForAll(to.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), Shares().IsMatch))
                    throw CopyPlanFailures.BadDestination(to, CopyPlanFailures.Robocopy);
                return new CopyPlan(CopyProgram.Robocopy, Filled(settings.Robocopy, "Copy:Robocopy"), to);
            case "RCLONE":
                RefuseSecret(to);
                if (to.Length > 0 && !Remote().IsMatch(to))
                    throw CopyPlanFailures.BadDestination(to, CopyPlanFailures.Rclone);
                return new CopyPlan(CopyProgram.Rclone, Filled(settings.Rclone, "Copy:Rclone"), to) { ProgramOnNew = settings.RcloneOnNew.Trim() };
            default:
                throw CopyPlanFailures.UnknownProgram(settings.With);
        }
    }

    /// <summary>Refuses a destination that doesn't say where one of the directories goes.</summary>
    /// <exception cref="MoveFailure">It doesn't.</exception>
    internal static void RefuseUnmapped(MovePlan plan)
    {
        if (CopyTool.Of(plan) is not { IsFar: true } tool)
            return;
        foreach (var directory in plan.DirectoriesToCopy)
        {
            if (!WholePath().IsMatch(directory.To))
                throw CopyPlanFailures.RelativePlace(directory);
            _ = tool.DestinationOf(directory, "");
        }
    }

    private static void RefuseSecret(string to)
    {
        if (HoldsSecret().IsMatch(to))
            throw CopyPlanFailures.SecretInDestination();
    }

    private static string Filled(string program, string key) => program.Trim() is { Length: > 0 } filled ? filled : throw CopyPlanFailures.NoProgram(key);

    // user@host: or host: or user@[::1]: and nothing behind it; a dash first would be an option.
    [GeneratedRegex(@"^(?!-)(?:[^\s@:/\\\[\]]+@)?(?!-)(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.%\w]+\]):$")]
    private static partial Regex SshHost();

    [GeneratedRegex(@"^(?:[^=]+=)?\\\\[^\\/:*?""<>|=]+(?:\\[^\\/:*?""<>|=]+)*\\?$")]
    private static partial Regex Shares();

    [GeneratedRegex(@"^[A-Za-z0-9_.+@][A-Za-z0-9_.+@ -]*:(?!//).*$")]
    private static partial Regex Remote();

    // user:password@host and scheme://user:password@host; rclone's remote,param=value: and :backend,param=value:
    [GeneratedRegex(@"^[^@:/\\]+:[^@:/\\]+@[^/]*:|://[^/@]*:[^/@]*@|,.*=|[?&](?:sig|token|key)=", RegexOptions.IgnoreCase)]
    private static partial Regex HoldsSecret();

    [GeneratedRegex(@"(?:^|[\s""'\\/])(?:sshpass(?:\.exe)?[""']?\s+-p|-pw\b|-pwfile\b.*=|--password)", RegexOptions.IgnoreCase)]
    private static partial Regex ShellSecret();

    [GeneratedRegex(@"^(?:/|\\\\|[A-Za-z]:[\\/])")]
    private static partial Regex WholePath();
}
