using System.Net;
using System.Net.Sockets;

namespace OctoMoveTui.Sandbox.Machines;

/// <summary>
/// A port of 127.0.0.1 that belongs to one machine for the whole life of a world: bound but silent while no server runs (so connections are refused
/// and nobody else gets it), let go of for the moment in which the server takes it.
/// </summary>
internal sealed class ReservedPort : IDisposable
{
    private Socket? holder;

    public ReservedPort()
    {
        holder = Bind(0);
        Number = ((IPEndPoint)holder.LocalEndPoint!).Port;
    }

    public int Number { get; }

    public void Release()
    {
        holder?.Dispose();
        holder = null;
    }

    public void Take()
    {
        try
        {
            holder ??= Bind(Number);
        }
        catch (SocketException)
        {
            // Somebody was quicker; the next start of the server will say so.
        }
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => Release();
}
