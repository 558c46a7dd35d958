using System.Collections.Concurrent;

namespace OctoMoveTui.Sandbox.SqlServer.Databases;

/// <summary>Idle SQLite connections to one file. They can all be closed at once, because RESTORE, OFFLINE and DROP need the file.</summary>
internal sealed class ConnectionPool(string file) : IDisposable
{
    private readonly ConcurrentBag<DatabaseConnection> idle = [];
    private int generation;
    private int rented;

    public int Rented => Volatile.Read(ref rented);

    public DatabaseConnection Rent()
    {
        Interlocked.Increment(ref rented);
        try
        {
            while (idle.TryTake(out var connection))
            {
                if (connection.Generation == Volatile.Read(ref generation))
                {
                    return connection;
                }
                connection.Dispose();
            }
            return new DatabaseConnection(file, Volatile.Read(ref generation));
        }
        catch
        {
            Interlocked.Decrement(ref rented);
            throw;
        }
    }

    public void Return(DatabaseConnection connection)
    {
        connection.Context = null;
        Interlocked.Decrement(ref rented);
        if (connection.Generation == Volatile.Read(ref generation))
        {
            idle.Add(connection);
        }
        else
        {
            connection.Dispose();
        }
    }

    /// <summary>Closes the idle ones now and the rented ones when they come back.</summary>
    public void CloseAll()
    {
        Interlocked.Increment(ref generation);
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    public void Dispose() => CloseAll();
}
