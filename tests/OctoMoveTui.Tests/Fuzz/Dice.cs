using System.Text;

namespace OctoMoveTui.Tests.Fuzz;

/// <summary>Chance that can be had again: all of it comes from one number.</summary>
internal sealed class Dice(int number)
{
    private readonly Random random = new(unchecked((number * 7919) + 17));

    /// <summary>A number from 0 up to, and not including, <paramref name="below"/>.</summary>
    public int Next(int below) => random.Next(below);

    public long NextLong() => random.NextInt64();

    /// <summary>True once in so many.</summary>
    public bool OneIn(int count) => random.Next(count) == 0;

    /// <summary>True with that probability.</summary>
    public bool Chance(double probability) => random.NextDouble() < probability;

    public T Of<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Text that somebody damaged: letters lost, doubled, swapped for others, pieces of itself and of other hostile text in it, cut off.</summary>
    public string Damaged(string text)
    {
        for (var times = 1 + Next(4); times > 0; times--)
        {
            var at = Next(text.Length + 1);
            var length = Math.Min(text.Length - at, OneIn(4) ? Next(text.Length + 1) : Next(8));
            text = Next(8) switch
            {
                0 => text[..at] + text[(at + length)..],
                1 => text[..at] + Hostile.Text(this) + text[at..],
                2 => text[..at] + Hostile.Text(this) + text[(at + length)..],
                3 => text[..(at + length)] + text[at..],
                4 => text[..at] + (char)Next(0x250) + text[Math.Min(text.Length, at + 1)..],
                5 => text[..at],
                6 => text[..at] + string.Concat(Enumerable.Repeat(text[at..(at + length)], 1 + Next(20))) + text[at..],
                _ => text[..at] + Of(Hostile.Numbers) + text[(at + length)..],
            };
            if (text.Length > 200_000)
                return text[..200_000];
        }

        return text;
    }

    /// <summary>Bytes that somebody damaged; what was UTF-8 need not be any more.</summary>
    public byte[] Damaged(byte[] bytes)
    {
        var text = OneIn(2) ? Encoding.UTF8.GetBytes(Damaged(Encoding.UTF8.GetString(bytes))) : [.. bytes];
        for (var times = Next(4); times > 0 && text.Length > 0; times--)
            text[Next(text.Length)] = (byte)Next(256);
        return text;
    }
}
