using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace OctoMoveTui.Tests.Support;

/// <summary>A real terminal device with a program in it, as an SSH session has one: keys go in, what is drawn can be read, and the line can be cut.</summary>
[SupportedOSPlatform("linux")]
internal sealed class APseudoTerminal : IAsyncDisposable
{
    private const int ReadWrite = 2;
    private const int NotOurs = 0x100;

    // A program that had inherited it would keep its own line alive.
    private const int NotInherited = 0x80000;
    private const short MayRead = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly int master;
    private readonly Process process;
    private readonly Thread reader;
    private readonly Picture picture = new(80, 24);
    private volatile bool isCut;

    private APseudoTerminal(string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment, bool tells)
    {
        master = Open(ReadWrite | NotOurs | NotInherited);
        if (Grant(master) != 0 || Unlock(master) != 0)
        {
            throw new InvalidOperationException("There are no pseudo terminals here.");
        }

        var name = Marshal.PtrToStringUTF8(NameOf(master))!;
        var script = $"stty rows 24 cols 80 <\"$0\"; exec setsid {(tells ? "--ctty" : "")} \"$@\" <\"$0\" >\"$0\" 2>&1";
        var start = new ProcessStartInfo("/bin/sh", ["-c", script, name, program, .. arguments]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        start.Environment["TERM"] = "xterm-256color";
        start.Environment["LC_ALL"] = "C.UTF-8";
        process = Process.Start(start)!;
        reader = new Thread(Read) { IsBackground = true };
        reader.Start();
    }

    /// <summary>Starts a program in it.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">What its environment has besides ours.</param>
    /// <param name="tells">Whether it is told by a signal when the line is cut, as is usual.</param>
    public static APseudoTerminal Run(
        string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment, bool tells = true) => new(program, arguments, environment, tells);

    /// <summary>What it shows now.</summary>
    public string Screen
    {
        get
        {
            lock (picture)
            {
                return picture.ToString();
            }
        }
    }

    /// <summary>The program's process.</summary>
    public int ProcessId => process.Id;

    /// <summary>What came last to the terminal, with all its control sequences.</summary>
    public string Raw
    {
        get
        {
            lock (picture)
            {
                return picture.Raw;
            }
        }
    }

    /// <summary>Types.</summary>
    public void Type(string keys)
    {
        var bytes = Encoding.UTF8.GetBytes(keys);
        if (Write(master, bytes, bytes.Length) != bytes.Length)
        {
            throw new IOException("The terminal took no keys.");
        }
    }

    /// <summary>Waits until the terminal shows a text.</summary>
    public async Task ShouldShow(string text)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!Screen.Contains(text, StringComparison.Ordinal))
        {
            if (process.HasExited || TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"The terminal was expected to show \"{text}\". It shows:\n{Screen}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Waits until the terminal shows a text no more.</summary>
    public async Task ShouldNotShow(string text)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (Screen.Contains(text, StringComparison.Ordinal))
        {
            TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Patience, Screen);
            await Task.Delay(20);
        }
    }

    /// <summary>Ends the program as nobody can prevent it.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Cuts the line: the device goes, and its session hears that it hung up.</summary>
    public void Cut()
    {
        isCut = true;
        reader.Join();
    }

    /// <summary>Waits for the program's end.</summary>
    public async Task<int> ExitCodeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        Cut();
        process.Dispose();
    }

    // The device lives as long as somebody waits in it: so it is only read when there is something.
    private void Read()
    {
        var bytes = new byte[64 * 1024];
        var decoder = Encoding.UTF8.GetDecoder();
        var letters = new char[bytes.Length];
        while (!isCut)
        {
            var wait = new Wait { Handle = master, Wanted = MayRead };
            if (Poll(ref wait, 1, 20) <= 0)
            {
                continue;
            }

            var count = (int)Read(master, bytes, bytes.Length);
            if (count <= 0)
            {
                // Nobody has it open at the other side: not yet, or not any more.
                Thread.Sleep(5);
                continue;
            }

            lock (picture)
            {
                picture.Draw(letters.AsSpan(0, decoder.GetChars(bytes, 0, count, letters, 0)));
            }
        }

        _ = Close(master);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Wait
    {
        public int Handle;
        public short Wanted;
        public short Found;
    }

    [DllImport("libc", EntryPoint = "posix_openpt")]
    private static extern int Open(int flags);

    [DllImport("libc", EntryPoint = "grantpt")]
    private static extern int Grant(int master);

    [DllImport("libc", EntryPoint = "unlockpt")]
    private static extern int Unlock(int master);

    [DllImport("libc", EntryPoint = "ptsname")]
    private static extern nint NameOf(int master);

    [DllImport("libc", EntryPoint = "poll")]
    private static extern int Poll(ref Wait wait, nuint count, int milliseconds);

    [DllImport("libc", EntryPoint = "read")]
    private static extern nint Read(int handle, byte[] bytes, nint count);

    [DllImport("libc", EntryPoint = "write")]
    private static extern nint Write(int handle, byte[] bytes, nint count);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);

    /// <summary>As much of a terminal as it takes to read a screen: letters, and where they go.</summary>
    private sealed class Picture(int width, int height)
    {
        private readonly char[,] cells = new char[height, width];
        private readonly StringBuilder pending = new();
        private readonly StringBuilder raw = new();
        private int row;
        private int column;

        public string Raw => raw.ToString();

        public void Draw(ReadOnlySpan<char> letters)
        {
            raw.Append(letters);
            foreach (var letter in letters)
            {
                if (pending.Length > 0)
                {
                    pending.Append(letter);
                    if (IsWhole())
                    {
                        Obey();
                        pending.Clear();
                    }
                }
                else if (letter == '\e')
                {
                    pending.Append(letter);
                }
                else
                {
                    Put(letter);
                }
            }
        }

        public override string ToString()
        {
            var rows = Enumerable.Range(0, height).Select(y =>
                string.Concat(Enumerable.Range(0, width).Select(x => cells[y, x] == 0 ? ' ' : cells[y, x])).TrimEnd());
            return string.Join('\n', rows);
        }

        private void Put(char letter)
        {
            switch (letter)
            {
                case '\r':
                    column = 0;
                    break;
                case '\n':
                    row = Math.Min(row + 1, height - 1);
                    break;
                case '\b':
                    column = Math.Max(0, column - 1);
                    break;
                case >= ' ' when column < width:
                    cells[row, column++] = letter;
                    break;
                default:
                    break;
            }
        }

        private bool IsWhole() => pending.Length >= 2 && pending[1] switch
        {
            '[' => pending.Length > 2 && pending[^1] is >= '@' and <= '~',
            ']' or 'P' or '_' => pending[^1] == '\a' || (pending[^1] == '\\' && pending[^2] == '\e'),
            '(' or ')' => pending.Length == 3,
            _ => true,
        };

        private void Obey()
        {
            if (pending[1] != '[' || pending[2] is '?' or '>' or '<' or '=')
            {
                return;
            }

            var numbers = pending.ToString(2, pending.Length - 3).Split(';').Select(each => int.TryParse(each, out var n) ? n : 0).ToArray();
            var first = Math.Max(1, numbers[0]);
            switch (pending[^1])
            {
                case 'H' or 'f':
                    (row, column) = (Math.Clamp(first - 1, 0, height - 1), Math.Clamp((numbers.Length > 1 ? Math.Max(1, numbers[1]) : 1) - 1, 0, width - 1));
                    break;
                case 'A':
                    row = Math.Max(0, row - first);
                    break;
                case 'B':
                    row = Math.Min(height - 1, row + first);
                    break;
                case 'C':
                    column = Math.Min(width - 1, column + first);
                    break;
                case 'D':
                    column = Math.Max(0, column - first);
                    break;
                case 'G':
                    column = Math.Clamp(first - 1, 0, width - 1);
                    break;
                case 'J' when numbers[0] == 2:
                    Array.Clear(cells);
                    break;
                case 'K' when numbers[0] == 0:
                    for (var x = column; x < width; x++)
                    {
                        cells[row, x] = ' ';
                    }

                    break;
                default:
                    break;
            }
        }
    }
}
