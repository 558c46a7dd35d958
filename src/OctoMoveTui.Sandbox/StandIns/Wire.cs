using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OctoMoveTui.Sandbox.StandIns;

/// <summary>
/// What a stand-in and the sandbox say to each other, so plain that a shell can speak it: how many words, and the words, each closed by a zero byte;
/// then lines, each with a letter before it for where it goes, the last with the exit code.
/// </summary>
internal static class Wire
{
    public const char Out = 'o';
    public const char Error = 'e';
    public const char Exit = 'x';

    public static void SendRequest(Socket socket, string[] words)
    {
        var request = Encoding.UTF8.GetBytes(string.Concat(words.Prepend(words.Length.ToString(CultureInfo.InvariantCulture)).Select(word => word + '\0')));
        Span<byte> left = request;
        while (left.Length > 0)
            left = left[socket.Send(left)..];
    }

    public static async Task<IReadOnlyList<string>> ReadRequestAsync(Stream stream, CancellationToken cancel)
    {
        var words = new string[int.Parse(await ReadWordAsync(stream, cancel), CultureInfo.InvariantCulture)];
        for (var i = 0; i < words.Length; i++)
            words[i] = await ReadWordAsync(stream, cancel);
        return words;
    }

    /// <summary>The text as lines of one kind, each closed.</summary>
    public static byte[] Lines(char kind, string text) =>
        Encoding.UTF8.GetBytes(string.Concat(text.ReplaceLineEndings("\n").Split('\n').Select(line => $"{kind}{line}\n")));

    private static async Task<string> ReadWordAsync(Stream stream, CancellationToken cancel)
    {
        var word = new List<byte>();
        var next = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(next, cancel);
            if (next[0] == 0)
                return Encoding.UTF8.GetString([.. word]);

            word.Add(next[0]);
        }
    }
}
