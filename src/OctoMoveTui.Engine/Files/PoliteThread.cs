using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// While it lasts, this thread steps back behind everything else that wants the disk or the processor. Where the system refuses, nothing
/// happens: a copy that is not polite is still a copy.
/// </summary>
/// <remarks>
/// Linux: the idle class of I/O (schedulers bfq and mq-deadline keep to it, "none" does not) and a nice value of 10. An ordinary user may
/// not take a nice value back, so only a thread that ends with its work should enter. Windows: the background mode of a thread.
/// </remarks>
internal readonly struct PoliteThread : IDisposable
{
    private readonly bool isPolite;

    private PoliteThread(bool isPolite) => this.isPolite = isPolite;

    /// <summary>Begins; without <paramref name="polite"/> nothing does.</summary>
    public static PoliteThread Enter(bool polite)
    {
        if (!polite)
        {
            return default;
        }

        if (OperatingSystem.IsLinux())
        {
            LinuxThread.SetIoPriority(LinuxThread.IdleClass);
            LinuxThread.SetNice(10);
        }
        else if (OperatingSystem.IsWindows())
        {
            WindowsThread.Set(WindowsThread.BackgroundBegin);
        }

        return new PoliteThread(true);
    }

    public void Dispose()
    {
        if (isPolite && OperatingSystem.IsLinux())
        {
            LinuxThread.SetIoPriority(LinuxThread.NoClass);
            LinuxThread.SetNice(0);
        }
        else if (isPolite && OperatingSystem.IsWindows())
        {
            WindowsThread.Set(WindowsThread.BackgroundEnd);
        }
    }

    /// <summary>Priorities of the calling thread on Linux; .NET's own have no effect there.</summary>
    [SupportedOSPlatform("linux")]
    internal static class LinuxThread
    {
        // include/uapi/linux/ioprio.h: the class stands above bit 13.
        public const int NoClass = 0;
        public const int IdleClass = 3 << 13;

        // IOPRIO_WHO_PROCESS and PRIO_PROCESS with id 0: the calling thread (ioprio_set(2); setpriority(2), "C library/kernel differences").
        private const int WhoProcess = 1;
        private const int PriorityProcess = 0;

        // Neither glibc nor musl wraps it; the numbers are those of the kernel's tables.
        private static readonly (int Set, int Get) Numbers = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => (251, 252),
            Architecture.Arm64 => (30, 31),
            _ => (0, 0),
        };

        public static void SetIoPriority(int priority)
        {
            if (Numbers.Set != 0)
            {
                _ = SysCall(Numbers.Set, WhoProcess, 0, priority);
            }
        }

        /// <summary>Class and level, or below zero where it can't be told.</summary>
        public static long IoPriority => Numbers.Get == 0 ? -1 : SysCall(Numbers.Get, WhoProcess, 0, 0);

        public static void SetNice(int nice) => _ = SetPriority(PriorityProcess, 0, nice);

        public static int Nice => GetPriority(PriorityProcess, 0);

        [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern nint SysCall(nint number, nint which, nint who, nint priority);

        [DllImport("libc", EntryPoint = "setpriority", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int SetPriority(int which, uint who, int priority);

        [DllImport("libc", EntryPoint = "getpriority", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int GetPriority(int which, uint who);
    }

    [SupportedOSPlatform("windows")]
    private static class WindowsThread
    {
        public const int BackgroundBegin = 0x00010000;
        public const int BackgroundEnd = 0x00020000;

        public static void Set(int priority) => _ = SetThreadPriority(GetCurrentThread(), priority);

        [DllImport("kernel32.dll", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        private static extern nint GetCurrentThread();

        [DllImport("kernel32.dll", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool SetThreadPriority(nint thread, int priority);
    }
}
