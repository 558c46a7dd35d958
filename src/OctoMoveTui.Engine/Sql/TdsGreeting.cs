using System.Buffers.Binary;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace OctoMoveTui.Engine.Sql;

/// <summary>
/// The first words of TDS (MS-TDS 2.2.6.5, PRELOGIN) and the TLS handshake after them, up to the moment at which the server has shown its
/// certificate. Nothing is sent that a stranger may not know, and nothing is believed.
/// </summary>
internal static class TdsGreeting
{
    private const byte PreLoginPacket = 0x12, ResponsePacket = 4, LastPacket = 1;
    private const byte VersionOption = 0, EncryptionOption = 1, EndOfOptions = 0xFF;
    private const byte EncryptOn = 1, EncryptNotSupported = 2;
    private const int HeaderLength = 8, LargestAnswer = 4096;

    /// <summary>Says them, and tells how far it came.</summary>
    public static async Task<(ReachPhase Phase, SeenCertificate? Certificate)> SayAsync(Stream network, string host, CancellationToken cancel)
    {
        byte? encryption;
        try
        {
            await network.WriteAsync(Hello(), cancel);
            encryption = await ReadEncryptionAsync(network, cancel);
        }
        catch (IOException)
        {
            return (ReachPhase.NotSqlServer, null);
        }

        return encryption switch
        {
            null => (ReachPhase.NotSqlServer, null),
            EncryptNotSupported => (ReachPhase.Answers, null),
            _ => await FindCertificateAsync(network, host, cancel) is { } certificate
                ? (ReachPhase.Answers, certificate) : (ReachPhase.NoCommonTls, null),
        };
    }

    private static byte[] Hello()
    {
        const byte data = (2 * 5) + 1;
        byte[] body = [VersionOption, 0, data, 0, 6, EncryptionOption, 0, data + 6, 0, 1, EndOfOptions, 0, 0, 0, 0, 0, 0, EncryptOn];
        return [PreLoginPacket, LastPacket, 0, (byte)(HeaderLength + body.Length), 0, 0, 1, 0, .. body];
    }

    // Null when what came is not the answer of a SQL Server.
    private static async Task<byte?> ReadEncryptionAsync(Stream network, CancellationToken cancel)
    {
        var header = new byte[HeaderLength];
        if (await network.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancel) < header.Length)
            return null;
        var length = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - HeaderLength;
        if (header[0] is not (ResponsePacket or PreLoginPacket) || length is <= 0 or > LargestAnswer)
            return null;

        var body = new byte[length];
        if (await network.ReadAtLeastAsync(body, length, throwOnEndOfStream: false, cancel) < length)
            return null;
        for (var at = 0; at + 4 < length && body[at] != EndOfOptions; at += 5)
        {
            var offset = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at + 1));
            if (body[at] == EncryptionOption && offset < length)
                return body[offset];
        }

        return null;
    }

    private static async Task<SeenCertificate?> FindCertificateAsync(Stream network, string host, CancellationToken cancel)
    {
        SeenCertificate? seen = null;
        await using var tls = new SslStream(new TdsWrappedStream(network), leaveInnerStreamOpen: true, (_, certificate, _, _) =>
        {
            if (certificate is not null)
                seen = new SeenCertificate(X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()), TimeProvider.System.GetUtcNow());

            // It was shown; that was all we wanted. No data ever goes over this connection.
            return false;
        });
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancel);
        }
        catch (Exception error) when (error is AuthenticationException or IOException or InvalidDataException)
        {
        }

        return seen;
    }
}
