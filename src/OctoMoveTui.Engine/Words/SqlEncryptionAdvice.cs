using System.Globalization;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>Server and client do not agree on encryption, or the certificate of the server is not trusted.</summary>
internal static class SqlEncryptionAdvice
{
    public static readonly SqlAdviceFamily Family = new("Encryption", new Dictionary<int, Func<SqlTrouble, SqlAdvice>>
    {
        [20] = NoEncryption,
        [35] = Certificate,
        [-2146893019] = Certificate,
        [-2146893022] = Certificate,
    });

    private static SqlAdvice NoEncryption(SqlTrouble t) => new(
        FailureCause.SqlConnection,
        $"The SQL Server {t.Server} offers no encryption, and the connection string asks for it (error 20).",
        "",
        "Best: update that SQL Server, or give it a certificate, so that it can encrypt.",
        "Or add Encrypt=Optional to the connection string. Then whoever sees the traffic can read the data, and the password nearly so.");

    /// <summary>Both can encrypt, but not in the same way.</summary>
    public static SqlAdvice NoCommonTls(SqlTrouble t) => new(
        FailureCause.SqlConnection,
        $"The SQL Server {t.Server} and this machine find no way of encrypting that both know (error {t.Number}).",
        "It offers old versions of TLS only, which this machine has switched off; or its certificate can't be used.",
        $"Update that SQL Server and the Windows below it, and enable TLS 1.2 there.",
        "Or run octomove on a machine that still speaks the old version: the old server's own, for example.");

    /// <summary>Untrusted, expired, or made out to another name: fix, pin or trust, with what each costs.</summary>
    public static SqlAdvice Certificate(SqlTrouble t)
    {
        var seen = t.Reach?.Certificate;
        var host = t.Reach?.Host ?? t.Server.Split(',', '\\')[0];
        var wrongName = seen is not null ? !seen.MatchesHostname(host) : t.Number == -2146893022;
        List<string> toDo =
        [
            $"Best: give the SQL Server a certificate for {host} that this machine trusts (SQL Server Configuration Manager).",
            "Or pin it: ServerCertificate=FILE, with that certificate in the file. A renewed one is refused, and Octopus Server must be able to read the file.",
            "Or TrustServerCertificate=True: whatever answers is taken, and somebody between could read the password.",
        ];
        if (wrongName && seen?.Names is [var name, ..] && !seen.IsSelfSigned)
            toDo.Insert(1, $"Or connect by a name that it is made out to, or add HostNameInCertificate={name}: the certificate is "
                + "still checked, against that name.");
        else if (wrongName && seen is null)
            toDo.Insert(1, "Or add HostNameInCertificate=NAME with the name it is made out to: the certificate is still checked, against that name.");

        toDo.Add("These go into the connection string: on its form, or as Old:ConnectionString and New:ConnectionString in octomove.json.");
        return new SqlAdvice(
            FailureCause.SqlConnection,
            $"The certificate of the SQL Server {t.Server} is not trusted (error {t.Number}).",
            Why(seen, host, wrongName),
            toDo);
    }

    private static string Why(SeenCertificate? seen, string host, bool wrongName)
    {
        if (seen is null)
            return wrongName ? "It is made out to another name than the connection string's."
                : "SQL Server makes itself a certificate that nobody has signed unless it is given one.";

        var until = seen.ValidUntil.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var names = string.Join(", ", seen.Names);
        return seen switch
        {
            { IsOutdated: true } => $"It was valid until {until}. It is made out to {names}.",
            { IsSelfSigned: true } => "It made this certificate itself, as every SQL Server does that is given none: nobody vouches for it.",
            _ when wrongName => $"It is made out to {names}, not to {host}. {seen.Issuer} has issued it.",
            _ => $"{seen.Issuer} has issued it, whom this machine does not trust. It is made out to {names}.",
        };
    }
}
