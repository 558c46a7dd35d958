using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// What .NET can't ask of Linux, or only with several calls for one: many small files are as slow as the calls for each. Errors come as the
/// exceptions that .NET itself throws for them.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class LinuxCalls
{
    /// <summary>True where the numbers below hold.</summary>
    public static bool AreKnown { get; } = OperatingSystem.IsLinux()
        && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    private const int WriteOnly = 0x1;
    private const int ReadWrite = 0x2;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int DoNotWait = 0x800;
    private const int CloseOnExec = 0x80000;
    private static readonly int NoLink = IsArm ? 0x8000 : 0x20000;
    private static readonly int OnlyDirectory = IsArm ? 0x4000 : 0x10000;

    private const int AtCurrentDirectory = -100;
    private const int AtNoLink = 0x100;
    private const int AtTheHandle = 0x1000;
    private const uint TypeTimeAndSize = 0x1 | 0x40 | 0x200;
    private const long LeaveTime = 0x3ffffffe;
    private const nuint CloneFile = 0x40049409;
    private const int NoSuchFile = 2;
    private const int NoDirectory = 20;
    private const int KeepSize = 1;

    /// <summary>Opens a directory, to name what is in it without its whole path. Links on the way to it are followed; one in its place if it may be.</summary>
    public static SafeFileHandle OpenDirectory(string path, bool mayBeLink) =>
        Open(AtCurrentDirectory, path, OnlyDirectory | CloseOnExec | (mayBeLink ? 0 : NoLink), path);

    /// <summary>
    /// Opens to read; never waits for a pipe, and follows no link. A file that a .NET program holds for itself alone (a lock by flock) is in use,
    /// as it is everywhere else. We don't hold it ourselves: whoever wants it for itself alone while it is read may have it, and the copy sees the change.
    /// </summary>
    public static SafeFileHandle OpenToRead(SafeFileHandle directory, string name)
    {
        const int shared = 1, doNotWait = 4, unlock = 8, wouldBlock = 11;
        var file = Open(directory, name, NoLink | DoNotWait | CloseOnExec);
        if (Lock(Number(file), shared | doNotWait) != 0 && Marshal.GetLastPInvokeError() == wouldBlock)
        {
            file.Dispose();
            throw new IOException(new Win32Exception(wouldBlock).Message, wouldBlock);
        }

        _ = Lock(Number(file), unlock);
        return file;
    }

    /// <summary>Makes a new file; one that is there already is an error.</summary>
    public static SafeFileHandle CreateNew(SafeFileHandle directory, string name, bool readable) =>
        Open(directory, name, (readable ? ReadWrite : WriteOnly) | Create | Exclusive | CloseOnExec);

    /// <summary>What the handle is opened on.</summary>
    public static FileFacts Facts(SafeFileHandle file)
    {
        Span<byte> answer = stackalloc byte[256];
        ReadOnlySpan<byte> nothing = [0];
        return StatX(Number(file), nothing, AtTheHandle, TypeTimeAndSize, answer) == 0 ? Read(answer) : throw Error("");
    }

    /// <summary>What has that name; null when nothing has. A link is not followed.</summary>
    public static FileFacts? Look(SafeFileHandle directory, string name)
    {
        Span<byte> answer = stackalloc byte[256];
        Span<byte> small = stackalloc byte[Small];
        return StatX(Number(directory), Zero(name, small), AtNoLink, TypeTimeAndSize, answer) == 0
            ? Read(answer)
            : Marshal.GetLastPInvokeError() is NoSuchFile or NoDirectory ? null : throw Error(name);
    }

    /// <summary>Reads the next entries of a directory; returns how many bytes of the buffer they fill, 0 at the end.</summary>
    public static int ReadEntries(SafeFileHandle directory, byte[] buffer)
    {
        var read = SystemCall(IsArm ? 61 : 217, Number(directory), ref buffer[0], buffer.Length);
        return read >= 0 ? (int)read : throw Error("");
    }

    /// <summary>The entry at a place in the buffer, its kind if the file system keeps one, and how long the entry is.</summary>
    public static (string Name, EntryKind? Kind, int Length) Entry(byte[] buffer, int at)
    {
        // struct linux_dirent64: d_reclen at 16, d_type at 18, d_name from 19 up to a zero.
        var length = BitConverter.ToUInt16(buffer, at + 16);
        var name = buffer.AsSpan(at + 19, length - 19);
        EntryKind? kind = buffer[at + 18] switch { 8 => EntryKind.File, 4 => EntryKind.Directory, 10 => EntryKind.Link, 0 => null, _ => EntryKind.Other };
        return (Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]), kind, length);
    }

    /// <summary>Sets the time of the last write, in ticks, and leaves that of the last access.</summary>
    public static void SetTime(SafeFileHandle file, long ticks)
    {
        var since = ticks - DateTime.UnixEpoch.Ticks;
        var seconds = Math.DivRem(since, TimeSpan.TicksPerSecond, out var rest);
        if (rest < 0)
        {
            (seconds, rest) = (seconds - 1, rest + TimeSpan.TicksPerSecond);
        }

        ReadOnlySpan<long> times = [0, LeaveTime, seconds, rest * 100];
        Check(SetTimes(Number(file), times), "");
    }

    /// <summary>Gives a file of the directory another name in it, in place of what had that one.</summary>
    public static void Rename(SafeFileHandle directory, string name, string other)
    {
        Span<byte> one = stackalloc byte[Small], two = stackalloc byte[Small];
        Check(RenameAt(Number(directory), Zero(name, one), Number(directory), Zero(other, two)), other);
    }

    /// <summary>Takes the space before it is written to, so that it lies together. A file system that can't is as good as one that did.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    public static void Preallocate(SafeFileHandle file, long bytes)
    {
        const int noSpace = 28, overQuota = 122, tooBig = 27;
        if (Allocate(Number(file), KeepSize, 0, bytes) != 0 && Marshal.GetLastPInvokeError() is noSpace or overQuota or tooBig)
        {
            throw Error("");
        }
    }

    /// <summary>Lets a new file share the other's blocks, where the file system can (Btrfs, XFS); false where it can't.</summary>
    public static bool Clone(SafeFileHandle target, SafeFileHandle source) => IoControl(Number(target), CloneFile, Number(source)) == 0;

    /// <summary>Brings everything that was written to the file system of <paramref name="onIt"/> to the disk, and says so when that failed.</summary>
    public static void FlushFileSystem(SafeFileHandle onIt) => Check(SyncFs(Number(onIt)), "");

    private const int Small = 512;

    private static SafeFileHandle Open(SafeFileHandle directory, string name, int flags) => Open(Number(directory), name, flags, name);

    private static SafeFileHandle Open(int directory, string name, int flags, string shown)
    {
        Span<byte> small = stackalloc byte[Small];
        var opened = OpenAt(directory, Zero(name, small), flags, 0x1B6); // 0666, less what the process masks out
        return opened >= 0 ? new SafeFileHandle(opened, ownsHandle: true) : throw Error(shown);
    }

    private static ReadOnlySpan<byte> Zero(string name, Span<byte> small)
    {
        var room = Encoding.UTF8.GetMaxByteCount(name.Length) < small.Length ? small : new byte[Encoding.UTF8.GetByteCount(name) + 1];
        var length = Encoding.UTF8.GetBytes(name, room);
        room[length] = 0;
        return room[..(length + 1)];
    }

    // struct statx is the same on every architecture: stx_mode at 28, stx_size at 40, stx_mtime at 112 (seconds, then nanoseconds).
    private static FileFacts Read(ReadOnlySpan<byte> answer)
    {
        var kind = (BitConverter.ToUInt16(answer[28..]) & 0xF000) switch
        {
            0x8000 => EntryKind.File,
            0x4000 => EntryKind.Directory,
            0xA000 => EntryKind.Link,
            _ => EntryKind.Other,
        };
        return new FileFacts(kind, BitConverter.ToInt64(answer[40..]), Ticks(BitConverter.ToInt64(answer[112..]), BitConverter.ToUInt32(answer[120..])));
    }

    // A broken clock leaves times that .NET has no numbers for: the nearest it has stands for them.
    private static long Ticks(long seconds, uint nanoseconds)
    {
        const long first = -62_135_596_800, last = 253_402_300_799; // 0001-01-01 and 9999-12-31T23:59:59
        return seconds is < first or > last
            ? (seconds < first ? DateTime.MinValue : DateTime.MaxValue).Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond
            : DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond) + (nanoseconds / 100);
    }

    private static void Check(int result, string name)
    {
        if (result != 0)
        {
            throw Error(name);
        }
    }

    private static Exception Error(string name)
    {
        const int notPermitted = 1, accessDenied = 13;
        var number = Marshal.GetLastPInvokeError();
        var message = new Win32Exception(number).Message;
        return number switch
        {
            NoSuchFile => new FileNotFoundException(message, name),
            NoDirectory => new DirectoryNotFoundException(message),
            notPermitted or accessDenied => new UnauthorizedAccessException(message),
            _ => new IOException(message, number),
        };
    }

    // The handles live as long as the copier that holds them, so their numbers can be passed without counting references.
    private static int Number(SafeFileHandle handle) => (int)handle.DangerousGetHandle();

    private static int OpenAt(int directory, ReadOnlySpan<byte> path, int flags, uint mode) => OpenAt(directory, in MemoryMarshal.GetReference(path), flags, mode);

    private static int StatX(int directory, ReadOnlySpan<byte> path, int flags, uint mask, Span<byte> answer) =>
        StatX(directory, in MemoryMarshal.GetReference(path), flags, mask, ref MemoryMarshal.GetReference(answer));

    private static int SetTimes(int file, ReadOnlySpan<long> times) => SetTimes(file, in MemoryMarshal.GetReference(times));

    private static int RenameAt(int from, ReadOnlySpan<byte> name, int to, ReadOnlySpan<byte> other) =>
        RenameAt(from, in MemoryMarshal.GetReference(name), to, in MemoryMarshal.GetReference(other));

    [DllImport("libc", EntryPoint = "openat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenAt(int directory, in byte path, int flags, uint mode);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint SystemCall(nint number, nint directory, ref byte buffer, nint size);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(int directory, in byte path, int flags, uint mask, ref byte answer);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Lock(int file, int how);

    [DllImport("libc", EntryPoint = "futimens", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetTimes(int file, in long times);

    [DllImport("libc", EntryPoint = "renameat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int RenameAt(int from, in byte name, int to, in byte other);

    [DllImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Allocate(int file, int mode, long offset, long bytes);

    // ioctl takes a variable number of arguments; on x64 and arm64 Linux the third travels like an ordinary one.
    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int IoControl(int file, nuint request, nint argument);

    [DllImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncFs(int onIt);
}
