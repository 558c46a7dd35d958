using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Tds;

namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>A finished backup, as the tests look at it.</summary>
public sealed record BackupTaken(
    string Database,
    IReadOnlyList<string> Files,
    Guid SetGuid,
    string? Description,
    bool CopyOnly,
    bool Compressed,
    bool ReadOnlyDatabase
);

/// <summary>
/// A pretend SQL Server on loopback. It speaks TDS to the real client, understands what a move says to a server, keeps rows in SQLite files,
/// and refuses everything else with the error number of the real one.
/// </summary>
public sealed class SqlServerDouble : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<Task, bool> connections = new();
    private readonly SqlServerInstance instance;
    private readonly TcpListener listener;
    private readonly X509Certificate2 certificate;
    private readonly Task accepting;

    private SqlServerDouble(SqlServerOptions options)
    {
        Faults = new SqlFaults();
        instance = new SqlServerInstance(options, Faults);
        certificate = MakeCertificate(options.Name.Split('\\')[0]);
        CertificateFile = Path.Combine(Path.GetFullPath(options.Folder), "certificate.pem");
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        listener = new TcpListener(IPAddress.Loopback, options.Port);
        listener.Start();
        accepting = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What goes into a connection string.</summary>
    public string DataSource => $"127.0.0.1,{Port}";

    /// <summary>The server's self-signed certificate as PEM: for <c>ServerCertificate=</c>.</summary>
    public string CertificateFile { get; }

    public SqlFaults Faults { get; }

    /// <summary>Where the server puts backups that are given without a folder of one's own.</summary>
    public string BackupFolder => instance.BackupFolder;

    public string DataFolder => instance.DataFolder;

    /// <summary>Where a path of the server's really lies: elsewhere only if it pretends another platform.</summary>
    public string RealPath(string path) => instance.Paths.ToReal(path);

    /// <summary>Every batch and every sp_executesql text that arrived, in order.</summary>
    public IReadOnlyList<string> Statements => instance.Statements;

    /// <summary>The backups that this server has finished.</summary>
    public IReadOnlyList<BackupTaken> BackupsTaken =>
        [
            .. instance
                .History.Backups.Where(row => row.TakenHere)
                .Select(row => new BackupTaken(
                    row.Header.Database,
                    row.Files,
                    row.Header.SetGuid,
                    row.Header.Description,
                    row.Header.CopyOnly,
                    row.Header.Compressed,
                    row.Header.Settings.ReadOnly
                )),
        ];

    /// <summary>The names of the user databases, whatever their state.</summary>
    public IReadOnlyList<string> Databases =>
        [.. instance.Databases.Where(database => !database.IsSystem).Select(database => database.Name)];

    public static Task<SqlServerDouble> StartAsync(SqlServerOptions options, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(new SqlServerDouble(options));
    }

    /// <summary>Whether somebody could write into a database that is online.</summary>
    internal bool IsWritable(string database) => instance.Find(database) is { Status: DatabaseStatus.Online, Settings.ReadOnly: false };

    /// <summary>Told after the settings of a database were altered.</summary>
    internal Action? Altered
    {
        get => instance.Altered;
        set => instance.Altered = value;
    }

    /// <summary>An empty database. Owner and users are names of logins; the users become members of db_owner.</summary>
    public Task CreateDatabaseAsync(string name, string owner, IEnumerable<string> users)
    {
        var login = instance.FindLogin(owner) ?? throw SqlErrors.UnknownLogin(owner);
        var database = instance.Create(name, login.Sid);
        database.Settings = database.Settings with { Collation = instance.Options.Collation };
        foreach (var user in users)
        {
            var its = instance.FindLogin(user) ?? throw SqlErrors.UnknownLogin(user);
            database.Users[user] = new UserState(user, database.NextUserId(), its.Sid, instance.LocalNow) { Kind = its.Kind, Roles = ["db_owner"] };
        }
        return Task.CompletedTask;
    }

    /// <summary>Makes a database into something that no statement of a move makes it.</summary>
    public void Pose(string database, DatabasePose pose)
    {
        var state = instance.Find(database) ?? throw SqlErrors.UnknownDatabase(database);
        state.Settings = state.Settings with
        {
            Collation = pose.Collation ?? state.Settings.Collation,
            Contained = pose.Contained ?? state.Settings.Contained,
            EditionFeatures = pose.EditionFeatures ?? state.Settings.EditionFeatures,
        };
        if (pose.EncryptionState is { } encryption)
        {
            var key = state.EncryptionKey ?? new DatabaseEncryptionKey("AES_256", new byte[20]);
            state.EncryptionKey = key with
            {
                State = encryption,
                Thumbprint = pose.EncryptedBy is { } print ? Convert.FromHexString(print) : key.Thumbprint,
                EncryptorType = pose.ByOuterKey ? "ASYMMETRIC KEY" : key.EncryptorType,
            };
        }
        state.LastGoodCheck = pose.LastGoodCheck ?? state.LastGoodCheck;
        state.Status = pose.State is { } status ? (DatabaseStatus)status : state.Status;
        state.Pose = pose;
    }

    /// <summary>From now on the database belongs to an availability group, whose primary or secondary replica this server is.</summary>
    public void JoinAvailabilityGroup(string database, bool asPrimary = true) =>
        (instance.Find(database) ?? throw SqlErrors.UnknownDatabase(database)).Replica = asPrimary ? ReplicaRole.Primary : ReplicaRole.Secondary;

    /// <summary>One page of the database rots on disk: nobody notices before CHECKDB or BACKUP WITH CHECKSUM looks at it.</summary>
    public void RotPage(string database, int page) => (instance.Find(database) ?? throw SqlErrors.UnknownDatabase(database)).RottenPage = page;

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync(stopping.Token);
            }
            catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            var connection = Task.Run(new TdsConnection(instance, client, certificate, stopping.Token).RunAsync);
            connections[connection] = true;
            _ = connection.ContinueWith(done => connections.TryRemove(done, out _), TaskScheduler.Default);
        }
    }

    private static X509Certificate2 MakeCertificate(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        // The client looks at the real clock, whatever time the server pretends it is.
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        // SChannel only finds a private key that came in with a PFX.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(connections.Keys);
        listener.Dispose();
        instance.Dispose();
        certificate.Dispose();
        stopping.Dispose();
    }
}
