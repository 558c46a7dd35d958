using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Tests.Octopus;

/// <summary>What netsh prints is read by its shape, in whatever language it is.</summary>
public sealed class NetshTests
{
    private const string English = """

        SSL Certificate bindings: 
        ------------------------- 

            IP:port                      : 0.0.0.0:443 
            Certificate Hash             : 0f3c0e5d1f0b6a1e2d3c4b5a69788796a5b4c3d2
            Application ID               : {e2096a4c-2391-4be1-9f17-e353f930e7f1} 
            Certificate Store Name       : My 
            Verify Client Certificate Revocation : Enabled
            Usage Check                  : Enabled
            Revocation Freshness Time    : 0 
            Ctl Identifier               : (null) 

            Hostname:port                : octopus.example.com:8443
            Certificate Hash             : AA3C0E5D1F0B6A1E2D3C4B5A69788796A5B4C3D2
            Application ID               : {00000000-0000-0000-0000-000000000000} 
            Certificate Store Name       : (null) 
            Verify Client Certificate Revocation : Disabled

            IP:port                      : [::]:444
            Certificate Hash             : BB3C0E5D1F0B6A1E2D3C4B5A69788796A5B4C3D2
            Application ID               : {00000000-0000-0000-0000-000000000000}
            Certificate Store Name       : WebHosting
        """;

    private const string German = """
        SSL-Zertifikatbindungen:
        ------------------------

            IP:Port                                 : 0.0.0.0:443
            Zertifikathash                          : 0f3c0e5d1f0b6a1e2d3c4b5a69788796a5b4c3d2
            Anwendungs-ID                           : {E2096A4C-2391-4BE1-9F17-E353F930E7F1}
            Zertifikatspeichername                  : My
            Clientzertifikatsperre überprüfen       : Aktiviert
        """;

    [Fact]
    public void Certificate_bindings_are_read_in_any_language()
    {
        Netsh.ReadBindings(English).ShouldBe(
        [
            new("0.0.0.0:443", "0F3C0E5D1F0B6A1E2D3C4B5A69788796A5B4C3D2", Netsh.OctopusApplication, "My"),
            new("octopus.example.com:8443", "AA3C0E5D1F0B6A1E2D3C4B5A69788796A5B4C3D2", "{00000000-0000-0000-0000-000000000000}", ""),
            new("[::]:444", "BB3C0E5D1F0B6A1E2D3C4B5A69788796A5B4C3D2", "{00000000-0000-0000-0000-000000000000}", "WebHosting"),
        ]);
        Netsh.ReadBindings(German).ShouldBe(Netsh.ReadBindings(English).Take(1));
        Netsh.ReadBindings("").ShouldBeEmpty();
    }

    [Fact]
    public void A_binding_is_made_again_as_it_was() =>
        Netsh.ReadBindings(English).Select(each => string.Join(' ', Netsh.Bind(each))).ShouldBe(
        [
            "http add sslcert ipport=0.0.0.0:443 certhash=0F3C0E5D1F0B6A1E2D3C4B5A69788796A5B4C3D2 appid={e2096a4c-2391-4be1-9f17-e353f930e7f1} certstorename=My",
            "http add sslcert hostnameport=octopus.example.com:8443 certhash=AA3C0E5D1F0B6A1E2D3C4B5A69788796A5B4C3D2 appid={00000000-0000-0000-0000-000000000000} certstorename=My",
            "http add sslcert ipport=[::]:444 certhash=BB3C0E5D1F0B6A1E2D3C4B5A69788796A5B4C3D2 appid={00000000-0000-0000-0000-000000000000} certstorename=WebHosting",
        ]);

    [Fact]
    public void Reservations_are_read_in_any_language_with_each_of_their_accounts()
    {
        const string Output = """
            URL-Reservierungen:
            -----------------

                Reservierte URL         : http://+:80/octopus/
                    Benutzer: CORP\octo-service
                        Abhören: Ja
                        Delegieren: Nein
                        SDDL: D:(A;;GX;;;S-1-5-21-1-2-3-1001)
                    Benutzer: NT-AUTORITÄT\Netzwerkdienst
                        Abhören: Ja
                        Delegieren: Nein
                        SDDL: D:(A;;GX;;;NS)

                Reservierte URL         : https://+:5358/
                    Benutzer: \Jeder
                        Abhören: Ja
            """;
        var found = Netsh.ReadReservations(Output);
        found.Select(each => $"{each.Url} {each.Account}").ShouldBe(
            [@"http://+:80/octopus/ CORP\octo-service", @"http://+:80/octopus/ NT-AUTORITÄT\Netzwerkdienst", @"https://+:5358/ \Jeder"]);
        found.Select(each => each.IsFor(LogOnAccount.Of("NetworkService"))).ShouldBe([false, true, false], "whatever it is called there");
        found.Select(each => each.IsFor(LogOnAccount.Of(@"corp\octo-service"))).ShouldBe([true, false, false]);
    }

    [Fact]
    public void Built_in_accounts_go_by_what_is_not_translated()
    {
        Netsh.Reserve("http://+:80/", LogOnAccount.Of("NetworkService"))[^1].ShouldBe("sddl=D:(A;;GX;;;NS)");
        Netsh.Reserve("http://+:80/", LogOnAccount.Of(@"CORP\octo$"))[^1].ShouldBe(@"user=CORP\octo$");
        Icacls.Grant(@"D:\Octopus", LogOnAccount.Of("NetworkService"))[2].ShouldBe("*S-1-5-20:(OI)(CI)F");
    }
}
