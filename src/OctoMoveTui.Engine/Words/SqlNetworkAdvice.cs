using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>
/// The server could not be reached, or the connection broke. The client's numbers differ between Windows and Linux and say little, so what is
/// told is what octomove's own look at the network found (<see cref="ServerReach"/>).
/// </summary>
internal static class SqlNetworkAdvice
{
    public static readonly SqlAdviceFamily Family = new("Network", new Dictionary<int, Func<SqlTrouble, SqlAdvice>>
    {
        [53] = Unreached,
        [40] = Unreached,
        [2] = Unreached,
        [26] = Unreached,
        [-1] = Unreached,
        [10060] = Unreached,
        [10061] = Unreached,
        [11001] = Unreached,
        [0] = t => t.IsConnecting ? t.Reach is { Phase: ReachPhase.Answers } && t.Login is null ? NoTicket(t) : Unreached(t) : Broken(t),
        [-2] = t => t.IsConnecting ? Unreached(t) : t.IsBroken ? Broken(t) : TooSlow(t),
        [10053] = BrokenOrUnreached,
        [10054] = BrokenOrUnreached,
        [64] = BrokenOrUnreached,
        [121] = BrokenOrUnreached,
        [258] = BrokenOrUnreached,
    });

    private static SqlAdvice BrokenOrUnreached(SqlTrouble t) => t.IsConnecting ? Unreached(t) : Broken(t);

    /// <summary>No session came about.</summary>
    public static SqlAdvice Unreached(SqlTrouble t)
    {
        var number = t.Messages.Count > 0 ? $" (error {t.Number})" : "";
        var reach = t.Reach;
        var (host, port) = (reach?.Host ?? t.Server, reach?.Port ?? 1433);
        var can = $"The SQL Server {t.Server} can't be reached{number}.";
        return reach?.Phase switch
        {
            ReachPhase.NoAddress => New(can, $"No address was found for the name {host}.",
                "Check the spelling of the server name in the connection string.",
                $"Try the fully qualified name, or the IP address: this machine asks its own DNS servers, see nslookup {host}."),
            ReachPhase.Refused => New(can, $"{host} answers, but nothing listens on port {port}.",
                $"Check on {host} that the service of SQL Server runs.",
                "Enable TCP/IP in SQL Server Configuration Manager and restart the service: Express and Developer have it off.",
                "A named instance, or a server with a port of its own: write it as host,port."),
            ReachPhase.Silent => New(can, $"{host} does not answer on port {port}: most likely a firewall drops the packets, or the machine is off.",
                $"Open TCP port {port} from this machine to {host} in the firewalls between, and in the one on {host}.",
                "Check the port: SQL Server Configuration Manager shows it under TCP/IP, IP Addresses, IPAll."),
            ReachPhase.BrowserSilent => New(can,
                $"SQL Server Browser on {host} (UDP port 1434) did not tell the port of the instance {reach.Instance}.",
                "Write the port in the connection string: Server=" + host + ",PORT. SQL Server Configuration Manager shows it under TCP/IP, IPAll.",
                $"Or check the name of the instance, start the service SQL Server Browser on {host}, and open UDP port 1434."),
            ReachPhase.InstanceWithoutTcp => New(can, $"The instance {reach.Instance} on {host} has TCP/IP switched off.",
                "Enable TCP/IP in SQL Server Configuration Manager and restart that instance."),
            ReachPhase.NotSqlServer => New(can, $"What listens on {host}, port {port}, does not speak SQL Server's language.",
                "Check host and port in the connection string.",
                "A gateway or a tunnel between may have answered in its place."),
            ReachPhase.PreLoginSilent => New($"{host} accepted the connection on port {port} and then said nothing{number}.",
                "What listens there is not a SQL Server, a firewall holds the packets back, or the server is overloaded.",
                "Check host and port in the connection string.",
                $"Look at the load of {host}, then try again."),
            ReachPhase.Answers when t.Number is -2 or 258 => New(
                $"The SQL Server {t.Server} answers, but did not finish the login in time{number}.",
                "It is overloaded, or waits for a domain controller or for a database that is starting up.",
                $"Look at the load and the ERRORLOG of {t.Server}, then try again.",
                "Windows authentication: check that the server reaches a domain controller, or use a SQL login."),
            ReachPhase.Answers => New(
                $"The SQL Server {t.Server} answers, but broke off the connection{number}.",
                "It may be starting, stopping, or out of connections; something between may also have cut the line.",
                $"Look into the ERRORLOG of {t.Server}, then try again."),
            _ => New(can, "",
                "Check the server name in the connection string. A named instance or a port of its own: host,port.",
                "Check that the service of SQL Server runs there, that TCP/IP is enabled, and that the firewalls let us through."),
        };
    }

    private static SqlAdvice NoTicket(SqlTrouble t) => new(
        FailureCause.SqlConnection,
        $"Windows authentication with the SQL Server {t.Server} failed on this machine, before the server was asked (error 0).",
        "There is no Kerberos ticket for that server. On Linux and macOS Windows authentication is Kerberos and nothing else; on Windows the "
            + "service principal name of the server may be missing or belong to another account.",
        SqlLoginAdvice.Kerberos(t));

    private static SqlAdvice Broken(SqlTrouble t) => New(
        $"The connection to the SQL Server {t.Server} broke (error {t.Number}) while this ran: {t.Doing}",
        "The network, or SQL Server itself, went away. What it was doing may have been finished or rolled back.",
        "Check that the SQL Server runs and can be reached.",
        "Then try again: octomove looks first at what was finished.");

    private static SqlAdvice TooSlow(SqlTrouble t) => new(
        FailureCause.SqlStatement,
        $"The SQL Server {t.Server} did not answer in time (error -2): {t.Doing}",
        "It is overloaded, or something blocks this statement: a lock, a slow disk.",
        $"See what it waits for: SELECT session_id, command, wait_type, blocking_session_id FROM sys.dm_exec_requests on {t.Server}.",
        "Then try again: nothing was left half done.");

    private static SqlAdvice New(string what, string why, params string[] toDo) => new(FailureCause.SqlConnection, what, why, toDo);
}
