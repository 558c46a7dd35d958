using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using OctoMoveTui.Words;

namespace OctoMoveTui.Attaching;

/// <summary>
/// A process without a console that leaves the job of its session, for that job is what ends a session's processes when an SSH line drops or a window is
/// closed. Windows OpenSSH and WinRM let it leave; where the job forbids it (a tab of Windows Terminal), the task scheduler starts it.
/// Written by Microsoft's documentation; not run on Windows yet.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsEngineProcess(ThisProgram program, string folder, IReadOnlyDictionary<string, string> environment, TimeProvider time) : IEngineProcess
{
    private const uint Detached = 0x00000008;
    private const uint NewGroup = 0x00000200;
    private const uint UnicodeEnvironment = 0x00000400;
    private const uint BreakAway = 0x01000000;
    private const int AccessDenied = 5;
    private const uint StillRuns = 259;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public async Task<string?> StartAsync(IReadOnlyList<string> arguments, MeetingPlace place, CancellationToken cancel)
    {
        var handle = Start(arguments);
        if (handle == 0)
        {
            return await new ScheduledEngine(folder, environment, time).StartAsync(program, arguments, place, cancel) ?? await WaitAsync(place, () => null, cancel);
        }

        try
        {
            return await WaitAsync(place, () => GetExitCodeProcess(handle, out var code) && code != StillRuns ? AttachWords.ExitCode(code) : null, cancel);
        }
        finally
        {
            CloseHandle(handle);
        }
    }

    private async Task<string?> WaitAsync(MeetingPlace place, Func<string?> ended, CancellationToken cancel)
    {
        var since = time.GetTimestamp();
        while (time.GetElapsedTime(since) < Patience)
        {
            using var client = await EngineClient.FindAsync(place, looksOn: true, cancel);
            if (client is not null)
            {
                return null;
            }

            if (ended() is { } how)
            {
                return how;
            }

            await Task.Delay(Look, time, cancel);
        }

        return AttachWords.NotReady;
    }

    // Zero when the job of this session lets nobody leave.
    private nint Start(IReadOnlyList<string> arguments)
    {
        // The system may write into it, and wants a zero at its end.
        var line = (WindowsWords.Joined([program.File, .. program.First, .. arguments]) + "\0").ToCharArray();
        var startup = new StartupInfo { Size = Marshal.SizeOf<StartupInfo>() };
        if (!CreateProcess(
            program.File, line, 0, 0, inheritHandles: false, Detached | NewGroup | UnicodeEnvironment | BreakAway, 0, folder, ref startup, out var started))
        {
            var error = Marshal.GetLastPInvokeError();
            return error == AccessDenied ? 0 : throw new Win32Exception(error);
        }

        CloseHandle(started.Thread);
        return started.Process;
    }

    [DllImport("kernel32.dll", EntryPoint = "CreateProcessW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CreateProcess(
        string program, char[] commandLine, nint processAttributes, nint threadAttributes, [MarshalAs(UnmanagedType.Bool)] bool inheritHandles, uint flags,
        nint environment, string folder, ref StartupInfo startup, out Started started);

    [DllImport("kernel32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetExitCodeProcess(nint process, out uint code);

    [DllImport("kernel32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CloseHandle(nint handle);

    [StructLayout(LayoutKind.Sequential)]
    private struct StartupInfo
    {
        public int Size;
        public nint Reserved;
        public nint Desktop;
        public nint Title;
        public int X;
        public int Y;
        public int Width;
        public int Height;
        public int Columns;
        public int Rows;
        public int Fill;
        public int Flags;
        public short Show;
        public short ReservedSize;
        public nint ReservedBytes;
        public nint Input;
        public nint Output;
        public nint Error;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Started
    {
        public nint Process;
        public nint Thread;
        public int ProcessId;
        public int ThreadId;
    }
}
