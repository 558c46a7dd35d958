using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Journal;

/// <summary>
/// Who else may write in a move folder that was there before octomove: its plan and its journal decide what an administrator's octomove does. It is told and
/// not changed, for a share's rights are somebody's decision, and shutting out the other server's account would end the move.
/// </summary>
internal static class FolderAccess
{
    /// <summary>What a person has to know, or null when nobody else may write, or it can't be told.</summary>
    public static string? Warning(MoveFolder folder)
    {
        try
        {
            return OperatingSystem.IsWindows() ? OnWindows(folder.Path) : OnUnix(folder.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or PlatformNotSupportedException or SystemException)
        {
            return null;
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static string? OnUnix(string folder)
    {
        var mode = File.GetUnixFileMode(folder);
        var others = mode.HasFlag(UnixFileMode.OtherWrite) ? FolderAccessWords.Everybody : mode.HasFlag(UnixFileMode.GroupWrite) ? FolderAccessWords.Group : null;
        return others is null ? null : FolderAccessWords.OpenToOthers(folder, others, FolderAccessWords.UnixCommand(folder));
    }

    // Written from the documentation and never tried on Windows.
    [SupportedOSPlatform("windows")]
    private static string? OnWindows(string folder)
    {
        foreach (FileSystemAccessRule rule in new DirectoryInfo(folder).GetAccessControl().GetAccessRules(true, true, typeof(SecurityIdentifier)))
        {
            if (rule.AccessControlType == AccessControlType.Allow && (rule.FileSystemRights & FileSystemRights.CreateFiles) != 0
                && rule.IdentityReference is SecurityIdentifier account && IsMany(account))
            {
                var name = account.Translate(typeof(NTAccount)).Value;
                return FolderAccessWords.OpenToOthers(folder, name, FolderAccessWords.WindowsCommand(folder, name));
            }
        }

        return null;
    }

    [SupportedOSPlatform("windows")]
    private static bool IsMany(SecurityIdentifier account) =>
        account.IsWellKnown(WellKnownSidType.WorldSid) || account.IsWellKnown(WellKnownSidType.AuthenticatedUserSid)
        || account.IsWellKnown(WellKnownSidType.BuiltinUsersSid) || account.IsWellKnown(WellKnownSidType.AnonymousSid)
        || account.IsWellKnown(WellKnownSidType.AccountDomainUsersSid);
}
