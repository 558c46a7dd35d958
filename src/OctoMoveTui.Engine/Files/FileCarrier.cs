using System.IO.Hashing;
using System.Text;
using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// Carries one large file: temp name, hash on the way, flush, read back, rename. Goes on where it stopped: what an interrupted carry left is
/// read back block by block and compared with the hashes that were taken from the source.
/// </summary>
public static class FileCarrier
{
    /// <summary>A block is what is hashed, flushed and noted at a time, and at most what a stop costs.</summary>
    internal const int BlockBytes = 16 << 20;

    private const int ReadBytes = 1 << 20;

    /// <summary>Copies the file; the target appears under its name only when it is whole and was read back equal.</summary>
    /// <exception cref="MoveFailure">It can't be read or written, or differs when read back.</exception>
    /// <param name="from">The file.</param>
    /// <param name="to">Where it is to be.</param>
    /// <param name="forServers">True when a server is to read it there; in the move folder it is for octomove alone.</param>
    /// <param name="progress">Told the bytes that are done, and all of them.</param>
    /// <param name="cancel">Stops between two blocks.</param>
    public static async Task<CarriedFile> CarryAsync(string from, string to, bool forServers, Action<long, long> progress, CancellationToken cancel)
    {
        var part = to + ".octomove.part";
        try
        {
            await using var source = await ReadingAsync(from, () => ValueTask.FromResult(
                new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan)));
            CarriedFile carried;
            using (var known = CarryProgress.Open(to + ".octomove.blocks", new FileInfo(from)))
            {
                await using (var target = OwnFile.Open(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, forServers))
                    carried = await CarryAsync(from, source, part, target, known, progress, cancel);
                File.SetLastWriteTimeUtc(part, File.GetLastWriteTimeUtc(from));
                Disk.Rename(part, to, overwrite: true);
            }

            Disk.Delete(to + ".octomove.blocks");
            return carried;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CheckFailures.CannotWrite(to, error);
        }
    }

    private static async Task<CarriedFile> CarryAsync(
        string from, FileStream source, string part, FileStream target, CarryProgress known, Action<long, long> progress, CancellationToken cancel)
    {
        // Written once and read back once: twice the bytes. Read back what an earlier carry wrote before anything is built on it.
        var (total, buffer) = (source.Length, new byte[ReadBytes]);
        var whole = await CountEqualAsync(part, target, known.Hashes, buffer, done => progress(done, 2 * total), cancel);
        known.Keep(whole);
        source.Position = target.Position = Math.Min((long)whole * BlockBytes, total);
        target.SetLength(target.Position);
        while (source.Position < total)
        {
            var hash = await PumpAsync(from, source, target, buffer, done => progress(source.Position, 2 * total), cancel);
            target.Flush(flushToDisk: true);
            known.Add(hash);
        }

        target.Position = 0;
        if (await CountEqualAsync(part, target, known.Hashes, buffer, done => progress(total + done, 2 * total), cancel) < known.Hashes.Count
            || target.Length != total)
            throw CheckFailures.DiffersWhenReadBack(part);
        return new CarriedFile(total, Convert.ToHexStringLower(XxHash128.Hash(Encoding.ASCII.GetBytes(string.Concat(known.Hashes)))));
    }

    // How many blocks from the beginning are on disk as they were read from the source.
    private static async Task<int> CountEqualAsync(
        string name, FileStream target, List<string> hashes, byte[] buffer, Action<long> progress, CancellationToken cancel)
    {
        target.Position = 0;
        for (var block = 0; block < hashes.Count; block++)
        {
            if (target.Position >= target.Length || await PumpAsync(name, target, Stream.Null, buffer, _ => progress(target.Position), cancel) != hashes[block])
                return block;
        }

        return hashes.Count;
    }

    // One block, or what is left.
    private static async Task<string> PumpAsync(
        string name, Stream from, Stream to, byte[] buffer, Action<long> progress, CancellationToken cancel)
    {
        var (hash, done) = (new XxHash128(), 0);
        int read;
        while (done < BlockBytes
            && (read = await ReadingAsync(name, () => from.ReadAsync(buffer.AsMemory(0, Math.Min(ReadBytes, BlockBytes - done)), cancel))) > 0)
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
