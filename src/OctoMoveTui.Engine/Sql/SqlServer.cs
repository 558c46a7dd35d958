using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Sql;

/// <summary>A SQL Server that octomove connects to with one login. Opens sessions; holds the password in memory only.</summary>
public sealed class SqlServer
{
    /// <summary>How our sessions are named on the server, so that they can be told from Octopus Server's.</summary>
    public const string ProgramName = "OctoMoveTui";

    private readonly SqlConnectionStringBuilder connection;
    private readonly Action<string> detail;
    private readonly Action loginRefused;
    private bool isReachable;

    /// <summary>Cleans the connection string and names our program in it.</summary>
    /// <param name="connectionString">With password.</param>
    /// <param name="detail">Gets each message that the server sends.</param>
    /// <param name="loginRefused">Called when login or password were refused: a mistyped password must not stay for the next try.</param>
    public SqlServer(string connectionString, Action<string> detail, Action loginRefused)
    {
        this.loginRefused = loginRefused;
        connection = ConnectionStrings.Parse(connectionString);
        Database = connection.InitialCatalog;

        // No pool: a pooled session would sit in the database that is about to be fenced or restored. No retry: look first, then decide.
        connection.Pooling = false;
        connection.ConnectRetryCount = 0;
        connection.ApplicationName = ProgramName;
        Patience = TimeSpan.FromSeconds(10);
        connection.MultipleActiveResultSets = false;
        this.detail = detail;
    }

    /// <summary>The database named in the connection string.</summary>
    public string Database { get; }

    /// <summary>The server as the connection string names it.</summary>
    public string Name => connection.DataSource;

    /// <summary>The login, or null with integrated security.</summary>
    public string? Login => connection.IntegratedSecurity ? null : connection.UserID;

    /// <summary>How long a question may take, in whole seconds.</summary>
    internal TimeSpan QuestionTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long to wait for the server to let us in, in whole seconds.</summary>
    internal TimeSpan Patience
    {
        get => TimeSpan.FromSeconds(connection.ConnectTimeout);
        init => connection.ConnectTimeout = (int)value.TotalSeconds;
    }

    /// <summary>Opens a session in <paramref name="database"/>.</summary>
    /// <exception cref="MoveFailure">The server can't be reached, or refuses the login or the database.</exception>
    public async Task<SqlSession> OpenAsync(string database, CancellationToken cancel)
    {
        Refuse();
        await ProbePortAsync(cancel);
        var open = new SqlConnection(new SqlConnectionStringBuilder(connection.ConnectionString) { InitialCatalog = database }.ConnectionString);
        try
        {
            await open.OpenAsync(cancel);
            isReachable = true;
            return new SqlSession(open, this, detail);
        }
        catch (SqlException error) when (!cancel.IsCancellationRequested)
        {
            await open.DisposeAsync();
            var number = SqlFailures.NumberOf(error);
            if (number == SqlFailures.LoginRefused)
                loginRefused();
            var reach = SqlAdvice.WantsReach(number) ? await ReachProbe.LookAsync(Name, Patience, cancel) : null;
            throw SqlFailures.Connecting(this, database, error, reach);
        }
        catch (Exception error)
        {
            await open.DisposeAsync();
            cancel.ThrowIfCancellationRequested();
            if (error is ArgumentException or InvalidOperationException or PlatformNotSupportedException or NotSupportedException or IOException)
                throw SqlConnectionStringWords.NotOpened(Name, error.Message);
            throw;
        }
    }

    /// <summary>Opens a session in master: backup, restore and ALTER DATABASE start there.</summary>
    public Task<SqlSession> OpenMasterAsync(CancellationToken cancel) => OpenAsync("master", cancel);

    // What the client library would refuse in words for programmers.
    private void Refuse()
    {
        if (connection.Authentication is not (SqlAuthenticationMethod.NotSpecified or SqlAuthenticationMethod.SqlPassword))
            throw SqlConnectionStringWords.EntraLogin(Name, $"Authentication={connection["Authentication"]}");
        if (ConnectionStrings.IsLocalDb(Name) && !OperatingSystem.IsWindows())
            throw SqlConnectionStringWords.LocalDbNotHere(Name);
    }

    // SqlClient reports a refused connection on Linux only after the whole timeout and without a number; a plain connect tells at once.
    private async Task ProbePortAsync(CancellationToken cancel)
    {
        if (!isReachable && await ReachProbe.FindObstacleAsync(Name, Patience, cancel) is { } obstacle)
            throw SqlFailures.Unreachable(this, obstacle);
    }
}
