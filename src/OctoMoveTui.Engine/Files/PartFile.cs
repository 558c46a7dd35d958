using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;

namespace OctoMoveTui.Engine.Files;

/// <summary>The names of files that are not finished: <c>.octomove-&lt;hex&gt;.part</c>, beside what they will become.</summary>
internal static class PartFile
{
    private const string Start = ".octomove-";
    private const string End = ".part";
    private const int Digits = 16;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private static long _last = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    /// <summary>A name that no other process, and no other call in this one, gives.</summary>
    public static string NewName() =>
        string.Create(CultureInfo.InvariantCulture, $"{Start}{unchecked((ulong)Interlocked.Increment(ref _last)):x16}{End}");

    public static string NameBeside(string finalPath) => Path.Join(Path.GetDirectoryName(finalPath), NewName());

    /// <summary>True for names that only this program gives: nobody else's file is ever taken for one of ours.</summary>
    public static bool IsOurs(ReadOnlySpan<char> name) =>
        name.Length == Start.Length + Digits + End.Length && name.StartsWith(Start, StringComparison.Ordinal)
        && name.EndsWith(End, StringComparison.Ordinal) && !name[Start.Length..^End.Length].ContainsAnyExcept(HexDigits);

    /// <summary>Removes what a copy that was killed left in this directory.</summary>
    public static void RemoveLeftovers(string directory)
    {
        foreach (var file in Directory.EnumerateFiles(directory, Start + "*" + End))
        {
            if (IsOurs(Path.GetFileName(file.AsSpan())))
            {
                TryDelete(file);
            }
        }
    }

    /// <summary>Deletes, and stays calm when that fails: the next run removes leftovers again.</summary>
    public static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
