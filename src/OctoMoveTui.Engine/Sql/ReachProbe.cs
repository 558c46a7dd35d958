using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OctoMoveTui.Engine.Sql;

/// <summary>
/// Looks at the way to a SQL Server phase by phase. The client library's own errors don't tell the phases apart, and on Linux it reports a
/// refused connection only after its whole timeout, and without a number.
/// </summary>
internal static class ReachProbe
{
    // SQL Server Resolution Protocol (MC-SQLR): the Browser answers on this UDP port where an instance listens.
    private const int BrowserPort = 1434;
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(3);
    private const byte AskForInstance = 4, Answer = 5;

    /// <summary>
    /// Connects by TCP and hangs up. Null when that works, or when the data source names no port to connect to. On Windows the machine itself
    /// is reached through shared memory first, without any port: nothing is said before the client library has tried.
    /// </summary>
    public static async Task<ServerReach?> FindObstacleAsync(string dataSource, TimeSpan limit, CancellationToken cancel) =>
        ConnectionStrings.HostAndPort(dataSource) is { } endpoint
        && !(OperatingSystem.IsWindows()
            && (ConnectionStrings.IsThisMachine(dataSource) || endpoint.Host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase)))
        && await ConnectAsync(endpoint.Host, endpoint.Port, null, limit, cancel) is (null, { } obstacle) ? obstacle : null;

    /// <summary>All phases up to the certificate; null for data sources that are reached otherwise (pipes, LocalDB).</summary>
    public static async Task<ServerReach?> LookAsync(string dataSource, TimeSpan limit, CancellationToken cancel, int browserPort = BrowserPort)
    {
        // The client library has waited long already: what has not come by now is only looked for.
        limit = limit < LongEnough ? limit : LongEnough;

        if (ConnectionStrings.HostAndPort(dataSource) is { } endpoint)
            return await GreetAsync(endpoint.Host, endpoint.Port, null, limit, cancel);
        if (ConnectionStrings.HostAndInstance(dataSource) is not var (host, instance))
            return null;

        try
        {
            return await AskBrowserAsync(host, instance, browserPort, limit, cancel) switch
            {
                null => new ServerReach(ReachPhase.BrowserSilent, host, null, instance),
                { Port: null } => new ServerReach(ReachPhase.InstanceWithoutTcp, host, null, instance),
                { Port: { } port } => await GreetAsync(host, port, instance, limit, cancel),
            };
        }
        catch (SocketException error) when (IsNameTrouble(error))
        {
            return new ServerReach(ReachPhase.NoAddress, host, null, instance);
        }
    }

    private static async Task<ServerReach> GreetAsync(string host, int port, string? instance, TimeSpan limit, CancellationToken cancel)
    {
        var (client, obstacle) = await ConnectAsync(host, port, instance, limit, cancel);
        if (client is null)
            return obstacle!;
        using (client)
        using (var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancel))
        {
            inTime.CancelAfter(limit);
            var reach = new ServerReach(ReachPhase.PreLoginSilent, host, port, instance);
            try
            {
                var (phase, certificate) = await TdsGreeting.SayAsync(client.GetStream(), host, inTime.Token);
                return reach with { Phase = phase, Certificate = certificate };
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return reach;
            }
        }
    }

    private static async Task<(TcpClient? Client, ServerReach? Obstacle)> ConnectAsync(
        string host, int port, string? instance, TimeSpan limit, CancellationToken cancel)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        inTime.CancelAfter(limit);
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(host, port, inTime.Token);
            return (client, null);
        }
        catch (Exception error) when (error is SocketException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            client.Dispose();
            var phase = error switch
            {
                SocketException name when IsNameTrouble(name) => ReachPhase.NoAddress,
                SocketException { SocketErrorCode: SocketError.ConnectionRefused } => ReachPhase.Refused,
                _ => ReachPhase.Silent,
            };
            return (null, new ServerReach(phase, host, port, instance));
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    // Null: no answer. An instance without TCP is answered without a port.
    private static async Task<(string Text, int? Port)?> AskBrowserAsync(
        string host, string instance, int port, TimeSpan limit, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, cancel);
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        inTime.CancelAfter(limit);
        foreach (var address in addresses.Take(1))
        {
            try
            {
                using var browser = new UdpClient(address.AddressFamily);
                browser.Connect(address, port);
                await browser.SendAsync(new ReadOnlyMemory<byte>([AskForInstance, .. Encoding.ASCII.GetBytes(instance), 0]), inTime.Token);
                var answer = (await browser.ReceiveAsync(inTime.Token)).Buffer;
                if (answer is [Answer, _, _, .. var text])
                    return PortIn(Encoding.ASCII.GetString(text));
            }
            catch (Exception error) when (error is SocketException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                // Nobody listens there, or nobody answers: to the person it is the same.
            }
        }

        return null;
    }

    // "ServerName;HOST;InstanceName;NAME;IsClustered;No;Version;16.0.1000.6;tcp;50123;;"
    private static (string Text, int? Port) PortIn(string text)
    {
        var words = text.Split(';');
        var at = Array.FindIndex(words, each => each.Equals("tcp", StringComparison.OrdinalIgnoreCase));
        return (text, at >= 0 && at + 1 < words.Length && int.TryParse(words[at + 1], out var port) ? port : null);
    }

    private static bool IsNameTrouble(SocketException error) =>
        error.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery;
}
