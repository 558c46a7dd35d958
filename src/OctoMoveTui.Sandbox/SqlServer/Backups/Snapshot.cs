using System.IO.Compression;
using Microsoft.Data.Sqlite;
using OctoMoveTui.Sandbox.SqlServer.Databases;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>What goes into a backup set.</summary>
internal static class Snapshot
{
    /// <summary>All rows as of one moment, while others read and write on. A file that is gone when it is closed.</summary>
    public static FileStream Of(DatabaseState database, string folder)
    {
        var copy = Path.Combine(folder, $".snapshot-{Guid.NewGuid():N}");
        var connection = database.Pool.Rent();
        try
        {
            using (var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString()))
            {
                target.Open();
                connection.Sqlite.BackupDatabase(target);
            }
            return new FileStream(copy, FileMode.Open, FileAccess.Read, FileShare.Delete, 1, FileOptions.DeleteOnClose);
        }
        catch
        {
            SqlServerInstance.DeleteFile(copy);
            throw;
        }
        finally
        {
            database.Pool.Return(connection);
        }
    }

    /// <summary>As BACKUP … WITH COMPRESSION writes it; block by block, so that nobody needs the whole.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest))
        {
            deflate.Write(content);
        }
        return packed.ToArray();
    }
}
