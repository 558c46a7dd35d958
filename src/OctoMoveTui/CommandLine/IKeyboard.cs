using System.Text;
using OctoMoveTui.Words;

namespace OctoMoveTui.CommandLine;

/// <summary>Where typed lines come from: the terminal, or a test.</summary>
internal interface IKeyboard
{
    /// <summary>True when a person sits at it.</summary>
    bool IsThere { get; }

    /// <summary>A line, or null at the end of input.</summary>
    Task<string?> ReadLineAsync(CancellationToken cancel);

    /// <summary>A line that does not appear on the terminal, or null at the end of input.</summary>
    Task<string?> ReadSecretAsync(CancellationToken cancel);
}

/// <summary>The terminal.</summary>
internal sealed class ConsoleKeyboard : IKeyboard
{
    private Task<string?>? leftBehind;

    public bool IsThere => !Console.IsInputRedirected;

    // A read of the console can't be cancelled. One that was left behind, because its question was taken back, gets the next line that is typed:
    // so the next question waits for that one instead of losing it.
    public async Task<string?> ReadLineAsync(CancellationToken cancel)
    {
        var reading = leftBehind ?? Task.Run(Console.ReadLine, cancel);
        leftBehind = reading;
        var line = await reading.WaitAsync(cancel);
        leftBehind = null;
        return line;
    }

    public async Task<string?> ReadSecretAsync(CancellationToken cancel)
    {
        if (leftBehind is not null)
        {
            // That line would be typed in the open.
            Console.Error.Write(PromptWords.EnterFirst);
            await ReadLineAsync(cancel);
        }

        return await Task.Run(ReadSecret, cancel).WaitAsync(cancel);
    }

    private static string? ReadSecret()
    {
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                Console.Error.WriteLine();
                return typed.ToString();
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (key.Key == ConsoleKey.D && key.Modifiers == ConsoleModifiers.Control && typed.Length == 0)
            {
                return null;
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }
    }
}
