using OctoMoveTui.Sandbox.SqlServer.Databases;

namespace OctoMoveTui.Sandbox.SqlServer.Sessions;

/// <summary>
/// A session's open transaction. A database joins at the first write: until then reads are plain READ COMMITTED ones, afterwards the
/// session holds the database's only write lock, so what it reads is what it wrote upon.
/// </summary>
internal sealed class TransactionState
{
    private readonly Dictionary<DatabaseState, DatabaseConnection> enlisted = [];
    private long nextId = 0x1_0000_0001;

    public int Depth { get; private set; }
    public long Id { get; private set; }
    public bool IsOpen => Depth > 0;

    public void Begin()
    {
        if (Depth++ == 0)
        {
            Id = nextId++;
        }
    }

    public DatabaseConnection? ConnectionTo(DatabaseState database) => enlisted.GetValueOrDefault(database);

    /// <summary>Takes the write lock and begins; the lock stays until the transaction ends.</summary>
    public async Task<DatabaseConnection> EnlistAsync(DatabaseState database, int lockTimeout, CancellationToken cancel)
    {
        if (enlisted.TryGetValue(database, out var known))
        {
            return known;
        }
        var connection = await LockForWritingAsync(database, lockTimeout, cancel);
        enlisted.Add(database, connection);
        return connection;
    }

    public static async Task<DatabaseConnection> LockForWritingAsync(DatabaseState database, int lockTimeout, CancellationToken cancel)
    {
        if (!await database.Writing.WaitAsync(lockTimeout, cancel))
        {
            throw SqlErrors.LockTimeout();
        }
        DatabaseConnection? connection = null;
        try
        {
            connection = database.Pool.Rent();
            connection.BeginTransaction();
            return connection;
        }
        catch
        {
            if (connection is not null)
            {
                database.Pool.Return(connection);
            }
            database.Writing.Release();
            throw;
        }
    }

    public static void Unlock(DatabaseState database, DatabaseConnection connection)
    {
        Interlocked.Increment(ref database.LogSequence);
        database.Pool.Return(connection);
        database.Writing.Release();
    }

    /// <summary>Inner commits only count down, as in SQL Server.</summary>
    public void Commit()
    {
        if (--Depth == 0)
        {
            End(connection => connection.Commit());
        }
    }

    public void Rollback()
    {
        Depth = 0;
        End(connection => connection.Rollback());
    }

    private void End(Action<DatabaseConnection> how)
    {
        foreach (var (database, connection) in enlisted)
        {
            how(connection);
            Unlock(database, connection);
        }
        enlisted.Clear();
    }
}
