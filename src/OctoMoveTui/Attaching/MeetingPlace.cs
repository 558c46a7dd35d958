using System.Security.Cryptography;
using System.Text;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Attaching;

/// <summary>
/// Where the engine of a move folder listens on this machine: a Unix socket in a directory that only the account's owner may enter. Not in the move folder,
/// for a share can't hold sockets, and not under XDG_RUNTIME_DIR, for that is emptied when the account's last session ends: just when it is needed.
/// </summary>
/// <param name="Directory">The directory, one for each account.</param>
/// <param name="Name">A hash of the machine and the move folder's real path: of one length, however long that path is.</param>
internal sealed record MeetingPlace(string Directory, string Name)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int NameLength = 20;

    /// <summary>The socket. Its path is shorter than the 104 bytes that some systems allow.</summary>
    public string SocketFile => Path.Combine(Directory, Name + ".sock");

    /// <summary>Held by the engine that listens, and let go of by the system when it dies: so a socket whose lock is free is a leftover.</summary>
    public string LockFile => Path.Combine(Directory, Name + ".lock");

    /// <summary>Where the engine of this move folder is to be met; touches nothing but the links on the way to it.</summary>
    public static MeetingPlace Of(string moveFolder)
    {
        var folder = RealPath.Of(moveFolder);
        if (OperatingSystem.IsWindows())
        {
            folder = folder.ToUpperInvariant();
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName + "\n" + folder));
        return new MeetingPlace(DirectoryOfAccount(), Convert.ToHexStringLower(hash)[..NameLength]);
    }

    /// <summary>Makes the directory, or sees that the one that is there is ours alone.</summary>
    /// <exception cref="MoveFailure">It is somebody else's, or can't be made.</exception>
    public void Prepare()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                System.IO.Directory.CreateDirectory(Directory);
                return;
            }

            // Whoever made it first may have made it a link, or readable for all; only its owner can set its mode.
            System.IO.Directory.CreateDirectory(Directory, OwnerOnly);
            if (new DirectoryInfo(Directory).LinkTarget is { } target)
            {
                throw new IOException($"{Directory} -> {target}");
            }

            File.SetUnixFileMode(Directory, OwnerOnly);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw AttachFailures.PlaceUnusable(Directory, refused);
        }
    }

    // Of a directory that everybody may write to, an account has to take its own name; root has a better one.
    private static string DirectoryOfAccount()
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "octomove");
        }

        var user = UnixCalls.User;
        return user == 0 && System.IO.Directory.Exists("/run") ? "/run/octomove" : FormattableString.Invariant($"/tmp/octomove-{user}");
    }
}
