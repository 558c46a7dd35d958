using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Sql;

/// <summary>Turns SQL Server's error numbers into advice. The first error is the cause; 3013 always comes last and says nothing.</summary>
public static partial class SqlFailures
{
    /// <summary>"BACKUP DATABASE WITH COMPRESSION is not supported on this edition" (error 1844).</summary>
    public const int NoCompression = 1844;

    /// <summary>"Login failed" (error 18456): which of login and password is wrong stands only in the server's own log.</summary>
    public const int LoginRefused = 18456;

    /// <summary>The database can't be opened by this login (error 4060).</summary>
    public const int DatabaseRefused = 4060;

    private const int TerminatedAbnormally = 3013;

    /// <summary>The number of the first error, when this failure came from SQL Server.</summary>
    public static int? NumberOf(MoveFailure failure) => (failure.InnerException as SqlException)?.Number;

    /// <summary>A plain TCP connect did not get through.</summary>
    public static MoveFailure Unreachable(SqlServer server, string host, int port, SocketError error, Exception inner) => Failure(
        FailureCause.SqlConnection,
        $"The SQL Server {server.Name} can't be reached.",
        error switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"No address was found for the name {host}.",
            SocketError.ConnectionRefused => $"{host} answers, but nothing listens on port {port}.",
            SocketError.TimedOut => $"{host} does not answer on port {port}: most likely a firewall drops the packets.",
            _ => $"Connecting to {host}, port {port}, failed.",
        },
        error switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
                ["Check the spelling of the server name in the connection string, or use its IP address."],
            SocketError.ConnectionRefused =>
                ["Check that the SQL Server service runs and that TCP/IP is enabled in SQL Server Configuration Manager (Express has it off).",
                 "A named instance has a port of its own: write it as host,port."],
            _ => [$"Open port {port} from this machine to {host} in the firewalls between."],
        },
        inner.Message, inner);

    /// <summary>The login phase failed.</summary>
    public static MoveFailure Connecting(SqlServer server, string database, SqlException error)
    {
        var login = server.Login is { } name ? $"login {name}" : "the Windows account octomove runs under";
        return error.Number switch
        {
            LoginRefused => From(error, FailureCause.SqlConnection,
                $"The SQL Server {server.Name} refused the {(server.Login is null ? "Windows account octomove runs under" : $"login {server.Login}")} (error 18456).",
                "The login does not exist there, or the password is wrong. The server's error log tells which; it does not tell us.",
                ["Check login and password in the connection string.",
                 "With SQL logins: the server must allow \"SQL Server and Windows Authentication mode\"."]),
            DatabaseRefused => From(error, FailureCause.SqlConnection,
                $"The database {database} on {server.Name} can't be opened with {login} (error 4060).",
                "It does not exist, is offline, or the login has no user in it.",
                ["Check the database name in the connection string.", "Check that the login has a user in that database."]),
            18452 or 17806 => From(error, FailureCause.SqlConnection,
                $"The SQL Server {server.Name} does not trust {login} (error {error.Number}).",
                "Windows authentication failed: another domain, or no Kerberos ticket.",
                ["Use a SQL login, or the fully qualified server name with a domain account."]),
            18470 or 18486 or 18487 or 18488 => From(error, FailureCause.SqlConnection,
                $"The {login} on {server.Name} is disabled, locked, or its password has expired (error {error.Number}).", "",
                ["Have a SQL Server administrator enable or unlock it (ALTER LOGIN)."]),
            20 => From(error, FailureCause.SqlConnection,
                $"The SQL Server {server.Name} offers no encryption, and the connection string asks for it.", "",
                ["Add Encrypt=Optional to the connection string; passwords then cross the network readable."]),
            _ when HasCertificateTrouble(error) => From(error, FailureCause.SqlConnection,
                $"The certificate of the SQL Server {server.Name} is not trusted.",
                "SQL Server makes itself a certificate that nobody has signed unless it is given one.",
                ["Best: give SQL Server a certificate that this machine trusts.",
                 "Or pin it: ServerCertificate=<path of the exported .cer file>.",
                 "Or trust whatever answers: TrustServerCertificate=True. Somebody between could then read the password."]),
            -2 => From(error, FailureCause.SqlConnection,
                $"The SQL Server {server.Name} accepted the connection but did not answer in time.",
                "It is overloaded, or what listens there is not a SQL Server.", ["Check host and port.", "Try again."]),
            _ => From(error, FailureCause.SqlConnection,
                $"Connecting to the SQL Server {server.Name} failed (error {error.Number}).", "", ["The raw text below is what the server said."]),
        };
    }

    /// <summary>A statement failed.</summary>
    public static MoveFailure Statement(SqlServer server, string statement, SqlException error)
    {
        var (what, os) = (FirstLine(statement), OsError(error));
        return error.Number switch
        {
            262 or 229 or 297 or 300 or 3110 or 15247 => From(error, FailureCause.SqlRight,
                $"{Who(server)} lacks a right on {server.Name} (error {error.Number}): {what}", "",
                [RightFor(statement), "Or use a connection string of a login that has it."]),
            3201 or 3202 or 3203 => From(error, FailureCause.Files,
                $"SQL Server {server.Name} can't use the backup file (error {error.Number}): {FileIn(error)}",
                os switch
                {
                    5 => "Access is denied to the account that the SQL Server service runs under (on Linux also: the directory is missing).",
                    2 or 3 => "There is no such file or directory on the machine of that SQL Server. Mapped drives don't exist for a service.",
                    32 => "Another program has the file open: antivirus, or another backup.",
                    53 or 67 => "The network path was not found from that machine.",
                    112 => "The disk is full.",
                    _ => "",
                },
                [os == 112
                    ? "Free space on that disk of the machine SQL Server runs on."
                    : "Give the service account of that SQL Server Modify on the folder: on the share and in the file system. The path counts as its machine sees it.",
                 "Then try again: nothing has been changed."]),
            3241 or 3242 or 3143 or 3254 or 3189 or 3183 or 3182 => From(error, FailureCause.Differs,
                $"The backup file is damaged or cut short (error {error.Number}): {FileIn(error)}",
                "It was not written to its end, or not copied whole.",
                ["Compare size and hash with the file on the old side and bring it over again.", "Or take the backup again."]),
            3154 => From(error, FailureCause.InTheWay,
                $"A different database of that name exists on {server.Name} (error 3154).", "",
                ["Choose another database name, or drop that database if nobody needs it."]),
            3159 => From(error, FailureCause.InTheWay,
                $"The database of that name on {server.Name} holds work that is in no backup (error 3159).", "",
                ["Back up its log first, or choose another name."]),
            3169 => From(error, FailureCause.VersionMismatch,
                $"The SQL Server {server.Name} is older than the one the backup comes from (error 3169).", "",
                ["A backup never restores onto an older version: use a SQL Server at least as new as the old one."]),
            1834 or 3142 or 3156 or 5170 => From(error, FailureCause.InTheWay,
                $"A file of the database would overwrite another one on {server.Name} (error {error.Number}).", "",
                ["See the raw text for the file; move or delete it if it is a leftover, or choose another database name."]),
            5133 or 5120 or 5123 => From(error, FailureCause.Files,
                $"SQL Server {server.Name} can't create the database's files (error {error.Number}).",
                "The folder is missing, or its service account may not write there.",
                ["Check the default data and log folders of that SQL Server, and its service account's rights on them."]),
            3257 or 1105 or 9002 => From(error, FailureCause.Files,
                $"There is not enough space on {server.Name} (error {error.Number}).",
                "A restore needs the allocated size of the database's files, not just what is used.",
                ["Free space on that machine, then try again."]),
            1827 => From(error, FailureCause.CheckFailed,
                $"The database is too large for the edition of {server.Name} (error 1827).", "", ["Use an edition without that limit."]),
            33111 => From(error, FailureCause.SqlStatement,
                $"The backup is encrypted with a certificate that {server.Name} does not have (error 33111).", "",
                ["Create that certificate there, with its private key, from a BACKUP CERTIFICATE of the old server."]),
            1468 => From(error, FailureCause.SqlStatement,
                $"The database on {server.Name} belongs to an availability group or a mirroring (error 1468).", "",
                ["Have a SQL Server administrator take it out of there for the time of the move, then try again."]),
            3101 or 5061 or 5064 or 5069 or 5070 => From(error, FailureCause.SqlStatement,
                $"The database is in use on {server.Name} (error {error.Number}).", "",
                ["Close the programs that are connected to it, then try again."]),
            3906 => From(error, FailureCause.SqlStatement,
                $"The database on {server.Name} is read-only (error 3906).", "octomove fences the old database so that nothing is written after the backup.",
                ["If the old server is to work again: ALTER DATABASE … SET READ_WRITE."]),
            942 or 945 or 927 or 924 or 922 or 926 => From(error, FailureCause.SqlStatement,
                $"The database on {server.Name} is not online (error {error.Number}).", "", ["Bring it online, then try again."]),
            0 or 10054 or 10053 or 64 or 121 or 258 or -2 => From(error, FailureCause.SqlConnection,
                $"The connection to {server.Name} broke while this ran: {what}",
                "The network, or SQL Server itself, went away. What it was doing was probably rolled back.",
                ["Try again: octomove looks first what was finished."]),
            _ => From(error, FailureCause.SqlStatement,
                $"SQL Server {server.Name} failed a statement (error {error.Number}): {what}", "",
                ["The raw text below is what the server said."]),
        };
    }

    private static string Who(SqlServer server) => server.Login is { } login ? $"The login {login}" : "The Windows account octomove runs under";

    private static string RightFor(string statement) => statement switch
    {
        _ when statement.Contains("BACKUP DATABASE", StringComparison.Ordinal) =>
            "Have a SQL Server administrator make it a member of db_backupoperator or db_owner in that database.",
        _ when statement.Contains("RESTORE", StringComparison.Ordinal) =>
            "Have a SQL Server administrator run GRANT CREATE ANY DATABASE TO that login, or add it to the role dbcreator.",
        _ => "Have a SQL Server administrator grant it.",
    };

    private static bool HasCertificateTrouble(SqlException error)
    {
        for (Exception? each = error; each is not null; each = each.InnerException)
        {
            if (each is System.Security.Authentication.AuthenticationException)
                return true;
        }

        return error.Number is -2146893019 or -2146893022;
    }

    private static MoveFailure From(SqlException error, FailureCause cause, string what, string why, IReadOnlyList<string> toDo)
    {
        var messages = error.Errors.Cast<SqlError>().Where(each => each.Number != TerminatedAbnormally).Select(each => $"{each.Number}: {each.Message}");
        return Failure(cause, what, why, toDo, string.Join("\n", messages), error);
    }

    private static MoveFailure Failure(FailureCause cause, string what, string why, IReadOnlyList<string> toDo, string? raw, Exception inner) =>
        new(new FailureReport(cause, what, why, toDo, raw), inner);

    private static string FirstLine(string statement) =>
        SqlScript.Readable(statement).Split('\n')[0].Trim();

    private static string FileIn(SqlException error) =>
        QuotedPath().Match(error.Errors[0].Message) is { Success: true } match ? match.Groups[1].Value : error.Errors[0].Message;

    // The number is the operating system's, in whatever language the text around it is.
    private static int? OsError(SqlException error) =>
        OsErrorNumber().Match(error.Errors[0].Message) is { Success: true } match
            ? int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("'([^']*[/\\\\][^']*)'")]
    private static partial Regex QuotedPath();

    [GeneratedRegex(@"\b(\d+)\(")]
    private static partial Regex OsErrorNumber();
}
