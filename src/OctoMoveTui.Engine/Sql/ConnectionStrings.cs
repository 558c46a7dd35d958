using System.Data.Common;
using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Sql;

/// <summary>Reading and showing connection strings.</summary>
public static class ConnectionStrings
{
    private const int DefaultPort = 1433;

    // Keywords of the .NET Framework's client that Microsoft.Data.SqlClient refuses.
    private static readonly string[] Outdated =
        ["Network Library", "Net", "Network", "Connection Reset", "Transparent Network IP Resolution", "TransparentNetworkIPResolution",
         "Asynchronous Processing", "Async", "Context Connection"];

    /// <summary>Parses a connection string, leaving out keywords that today's client doesn't know.</summary>
    /// <exception cref="Moving.MoveFailure">It can't be read.</exception>
    public static SqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            var loose = new DbConnectionStringBuilder { ConnectionString = text };
            foreach (var each in Outdated)
                loose.Remove(each);
            return new SqlConnectionStringBuilder(loose.ConnectionString);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw MoveFailures.ConnectionStringUnreadable(error.Message);
        }
    }

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
        if (source.Contains(':', StringComparison.Ordinal) || source.StartsWith("(localdb)", StringComparison.OrdinalIgnoreCase) || source.Length == 0)
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
            || names[0].StartsWith("(localdb)", StringComparison.OrdinalIgnoreCase) || names[0].Length == 0 || names[1].Length == 0
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
