using System.Security.Cryptography.X509Certificates;

namespace OctoMoveTui.Engine.Sql;

/// <summary>How far one comes on the way to a SQL Server: what lies before the login.</summary>
public enum ReachPhase
{
    /// <summary>No address for the name.</summary>
    NoAddress,

    /// <summary>The machine answers that nothing listens on the port.</summary>
    Refused,

    /// <summary>Nobody answers.</summary>
    Silent,

    /// <summary>The SQL Server Browser did not tell the port of the named instance.</summary>
    BrowserSilent,

    /// <summary>The SQL Server Browser knows the instance, which listens on no TCP port.</summary>
    InstanceWithoutTcp,

    /// <summary>The connection was accepted; to the first words of TDS came nothing.</summary>
    PreLoginSilent,

    /// <summary>To the first words of TDS came something else, or the line was cut.</summary>
    NotSqlServer,

    /// <summary>It is a SQL Server, but no TLS handshake comes about.</summary>
    NoCommonTls,

    /// <summary>It is a SQL Server, and it answers: what fails now is certificate or login.</summary>
    Answers,
}

/// <summary>What octomove's own look at the way to a SQL Server found.</summary>
/// <param name="Phase">How far it came.</param>
/// <param name="Host">The machine.</param>
/// <param name="Port">The TCP port; null while it is unknown.</param>
/// <param name="Instance">The named instance, where the connection string names one without its port.</param>
/// <param name="Certificate">The certificate that the server showed.</param>
public sealed record ServerReach(ReachPhase Phase, string Host, int? Port, string? Instance = null, SeenCertificate? Certificate = null);

/// <summary>A server's certificate, as far as a person needs it to decide about it.</summary>
public sealed record SeenCertificate
{
    private readonly X509Certificate2 certificate;

    /// <summary>Takes it in; <paramref name="now"/> decides whether it is valid.</summary>
    public SeenCertificate(X509Certificate2 certificate, DateTimeOffset now)
    {
        this.certificate = certificate;
        Issuer = certificate.Issuer;
        ValidUntil = new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
        IsOutdated = ValidUntil < now;
        IsSelfSigned = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(each => each.EnumerateDnsNames().Concat(each.EnumerateIPAddresses().Select(address => address.ToString()))).ToList();
        Names = names.Count > 0 ? names : [certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)];
    }

    /// <summary>Who vouches for it.</summary>
    public string Issuer { get; }

    /// <summary>The hosts it is made out to.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset ValidUntil { get; }

    /// <summary>True when it has ended.</summary>
    public bool IsOutdated { get; }

    /// <summary>True when nobody but itself vouches for it.</summary>
    public bool IsSelfSigned { get; }

    /// <summary>The certificate as the text of a .cer file, for pinning it.</summary>
    public string Pem => certificate.ExportCertificatePem();

    /// <summary>True when it is made out to this host.</summary>
    public bool MatchesHostname(string host) => certificate.MatchesHostname(host);
}
