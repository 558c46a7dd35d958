using System.IO.Hashing;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>Carries one large file: temp name, hash on the way, flush, read back, rename.</summary>
public static class FileCarrier
{
    private const int BlockBytes = 1 << 20;

    /// <summary>Copies the file; the target appears under its name only when it is whole and was read back equal.</summary>
    /// <exception cref="Moving.MoveFailure">It can't be read or written, or differs when read back.</exception>
    public static async Task<(long Bytes, string Hash)> CarryAsync(string from, string to, Action<long, long> progress, CancellationToken cancel)
    {
        var part = to + ".octomove.part";
        try
        {
            await using var source = await ReadingAsync(from, () => ValueTask.FromResult(
                new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan)));
            var total = source.Length;
            string hash;
            await using (var target = new FileStream(part, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1))
            {
                // Written once and read back once: twice the bytes.
                hash = await PumpAsync(from, source, target, done => progress(done, 2 * total), cancel);
                target.Flush(flushToDisk: true);
                target.Position = 0;
                var again = await PumpAsync(part, target, Stream.Null, done => progress(total + done, 2 * total), cancel);
                if (again != hash)
                    throw CheckFailures.DiffersWhenReadBack(part);
            }

            File.SetLastWriteTimeUtc(part, File.GetLastWriteTimeUtc(from));
            File.Move(part, to, overwrite: true);
            return (total, hash);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CheckFailures.CannotWrite(to, error);
        }
    }

    private static async Task<string> PumpAsync(string name, Stream from, Stream to, Action<long> progress, CancellationToken cancel)
    {
        var (hash, buffer, done) = (new XxHash128(), new byte[BlockBytes], 0L);
        int read;
        while ((read = await ReadingAsync(name, () => from.ReadAsync(buffer, cancel))) > 0)
        {
            hash.Append(buffer.AsSpan(0, read));
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            progress(done += read);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    // Whoever is told that the target can't be written looks for the trouble on the wrong machine.
    private static async ValueTask<T> ReadingAsync<T>(string file, Func<ValueTask<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CheckFailures.CannotRead(file, error);
        }
    }
}
