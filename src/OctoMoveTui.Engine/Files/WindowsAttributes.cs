using System.Runtime.Versioning;
using System.Security.AccessControl;

namespace OctoMoveTui.Engine.Files;

/// <summary>What Windows keeps beside the contents of a file. Written by the documentation; not run by the tests, which run on Linux.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsAttributes
{
    // Compression, encryption and the like belong to the volume, not to the file's content.
    private const FileAttributes Kept =
        FileAttributes.ReadOnly | FileAttributes.Hidden | FileAttributes.System | FileAttributes.Archive | FileAttributes.NotContentIndexed;

    /// <summary>Gives the copy of a file its attributes; and its permissions, when they are wanted.</summary>
    public static void Copy(string from, string to, bool withAccess)
    {
        if (withAccess)
        {
            CopyAccess(from, to);
        }

        var attributes = File.GetAttributes(from) & Kept;
        if (attributes != (File.GetAttributes(to) & Kept))
        {
            File.SetAttributes(to, attributes);
        }
    }

    /// <summary>
    /// Gives a copy the access rules of the original, inherited ones as inherited. Accounts of the old machine mean nothing on the new one, but
    /// those of the domain do.
    /// </summary>
    public static void CopyAccess(string from, string to)
    {
        if (Directory.Exists(to))
        {
            var rules = new DirectoryInfo(from).GetAccessControl(AccessControlSections.Access);
            var copy = new DirectorySecurity();
            copy.SetSecurityDescriptorSddlForm(rules.GetSecurityDescriptorSddlForm(AccessControlSections.Access), AccessControlSections.Access);
            new DirectoryInfo(to).SetAccessControl(copy);
        }
        else
        {
            var rules = new FileInfo(from).GetAccessControl(AccessControlSections.Access);
            var copy = new FileSecurity();
            copy.SetSecurityDescriptorSddlForm(rules.GetSecurityDescriptorSddlForm(AccessControlSections.Access), AccessControlSections.Access);
            new FileInfo(to).SetAccessControl(copy);
        }
    }

    /// <summary>Windows refuses to replace what is read-only.</summary>
    public static void MakeReplaceable(string file)
    {
        if (File.Exists(file) && (File.GetAttributes(file) & FileAttributes.ReadOnly) != 0)
        {
            File.SetAttributes(file, File.GetAttributes(file) & ~FileAttributes.ReadOnly);
        }
    }
}
