using System.Data.Common;
using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Sql;

/// <summary>Reading and showing connection strings.</summary>
public static class ConnectionStrings
{
    private const int DefaultPort = 1433;

    // Keywords of the .NET Framework's client that Microsoft.Data.SqlClient does not even know the names of; the others it names itself.
    private static readonly string[] Forgotten = ["Asynchronous Processing", "Async", "Context Connection"];

    /// <summary>Parses a connection string, leaving out keywords that today's client doesn't know.</summary>
    /// <exception cref="Moving.MoveFailure">It can't be read.</exception>
    public static SqlConnectionStringBuilder Parse(string text) => Clean(text).Connection;

    /// <summary>What to tell about a connection string: keywords that were left out.</summary>
    /// <exception cref="Moving.MoveFailure">It can't be read.</exception>
    public static IReadOnlyList<string> Notices(string text) => [.. Clean(text).LeftOut.Select(SqlConnectionStringWords.LeftOut)];

    /// <summary>
    /// The same string as another machine must use it: ".", "(local)", "localhost" and 127.0.0.1 mean <paramref name="machine"/>.
    /// </summary>
    /// <exception cref="Moving.MoveFailure">It can't be read, or names LocalDB, which no other machine reaches.</exception>
    public static string FromElsewhere(string text, string machine)
    {
        var parsed = Parse(text);
        if (!IsThisMachine(parsed.DataSource))
            return parsed.ConnectionString;
        if (IsLocalDb(parsed.DataSource))
            throw SqlConnectionStringWords.LocalDbElsewhere(parsed.DataSource, machine);

        var source = parsed.DataSource.Trim();
        var protocol = source.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase) ? source[..4] : "";
        var rest = source[protocol.Length..].IndexOfAny(['\\', ',']) is >= 0 and var cut ? source[(protocol.Length + cut)..] : "";
        parsed.DataSource = protocol + machine + rest;
        return parsed.ConnectionString;
    }

    /// <summary>True for LocalDB, a SQL Server that runs inside one person's session.</summary>
    public static bool IsLocalDb(string dataSource) => dataSource.Trim().StartsWith("(localdb)", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a connection string says, for those who need not know the client library.</summary>
    /// <exception cref="Moving.MoveFailure">It can't be read.</exception>
    public static ConnectionParts Read(string text)
    {
        var parsed = Parse(text);
        return new ConnectionParts(parsed.DataSource, parsed.InitialCatalog, parsed.IntegratedSecurity ? null : parsed.UserID, parsed.Password);
    }

    /// <summary>The same string without its password.</summary>
    public static string WithoutPassword(string text)
    {
        var parsed = Parse(text);
        parsed.Remove("Password");
        return parsed.ConnectionString;
    }

    /// <summary>The same string with this password, unless it logs in with Windows credentials.</summary>
    public static string WithPassword(string text, string? password)
    {
        var parsed = Parse(text);
        if (!parsed.IntegratedSecurity && !string.IsNullOrEmpty(password))
            parsed.Password = password;
        return parsed.ConnectionString;
    }

    /// <summary>True when a password is needed and not there.</summary>
    public static bool LacksPassword(string text)
    {
        var parsed = Parse(text);
        return !parsed.IntegratedSecurity && string.IsNullOrEmpty(parsed.Password)
            && parsed.Authentication is SqlAuthenticationMethod.NotSpecified or SqlAuthenticationMethod.SqlPassword;
    }

    /// <summary>Host and port of a data source, or null when it names an instance without a port (SQL Browser knows that one).</summary>
    public static (string Host, int Port)? HostAndPort(string dataSource)
    {
        var source = dataSource.Trim();
        if (source.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase))
            source = source[4..];
        if (source.Contains(':', StringComparison.Ordinal) || IsLocalDb(source) || source.Length == 0)
            return null;

        var comma = source.IndexOf(',', StringComparison.Ordinal);
        if (comma >= 0)
            return int.TryParse(source[(comma + 1)..].Trim(), out var port) ? (HostOf(source[..comma]), port) : null;
        return source.Contains('\\', StringComparison.Ordinal) ? null : (HostOf(source), DefaultPort);
    }

    /// <summary>Host and instance of a data source that names an instance without its port; null for all others.</summary>
    public static (string Host, string Instance)? HostAndInstance(string dataSource)
    {
        var source = dataSource.Trim();
        if (source.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase))
            source = source[4..];
        var names = source.Split('\\');
        return source.Contains(',', StringComparison.Ordinal) || source.Contains(':', StringComparison.Ordinal) || names.Length != 2
            || IsLocalDb(source) || names[0].Length == 0 || names[1].Length == 0
            ? null : (HostOf(names[0]), names[1].Trim());
    }

    /// <summary>True for names that mean the machine they are read on, whatever it is: ".", "(local)", "localhost", 127.0.0.1.</summary>
    public static bool IsThisMachine(string dataSource)
    {
        var source = dataSource.Trim();
        if (source.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase))
            source = source[4..];
        return source.Split('\\', ',')[0].Trim().ToLowerInvariant() is "." or "(local)" or "localhost" or "127.0.0.1" or "::1" or "(localdb)";
    }

    // Keyword by keyword: the client's own complaint about a whole string does not say which one in every language, and may quote a password.
    private static (SqlConnectionStringBuilder Connection, IReadOnlyList<string> LeftOut) Clean(string text)
    {
        var loose = new DbConnectionStringBuilder();
        try
        {
            loose.ConnectionString = text;
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw SqlConnectionStringWords.Unreadable();
        }

        var (connection, leftOut) = (new SqlConnectionStringBuilder(), new List<string>());
        foreach (string keyword in loose.Keys)
        {
            try
            {
                if (Forgotten.Contains(keyword, StringComparer.OrdinalIgnoreCase))
                    leftOut.Add(keyword);
                else
                    connection[keyword] = loose[keyword];
            }
            catch (NotSupportedException)
            {
                leftOut.Add(keyword);
            }
            catch (Exception error) when (error is ArgumentException or FormatException or KeyNotFoundException or OverflowException or InvalidCastException)
            {
                throw connection.ContainsKey(keyword) ? SqlConnectionStringWords.UnusableValue(keyword) : SqlConnectionStringWords.UnknownKeyword(keyword);
            }
        }

        return (connection, leftOut);
    }

    private static string HostOf(string name)
    {
        var host = name.Split('\\')[0].Trim();
        return host is "." || host.Equals("(local)", StringComparison.OrdinalIgnoreCase) ? "localhost" : host;
    }
}

/// <summary>What a connection string says.</summary>
/// <param name="Server">The data source.</param>
/// <param name="Database">The database; empty when none is named.</param>
/// <param name="Login">The SQL login; null with integrated security.</param>
/// <param name="Password">Its password; empty when none is there.</param>
public sealed record ConnectionParts(string Server, string Database, string? Login, string Password)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Server}/{Database} as {Login}";
}
