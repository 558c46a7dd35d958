using System.Net;
using System.Net.Sockets;

namespace OctoMoveTui.Sandbox.Machines;

/// <summary>A port of 127.0.0.1 where a listening Tentacle would be: it accepts whoever comes and says nothing.</summary>
internal sealed class ListeningTarget : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public ListeningTarget() => listener.Start();

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose() => listener.Dispose();
}
