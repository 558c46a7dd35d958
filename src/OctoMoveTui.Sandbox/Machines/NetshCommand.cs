using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Sandbox.Machines;

/// <summary><c>netsh.exe http</c>, as far as a move needs it. Its labels are in the language of Windows.</summary>
internal sealed class NetshCommand(OctopusMachine machine)
{
    private const int Failed = 1;

    public async Task<int> AnswerAsync(StandInCall call)
    {
        var words = call.Arguments;
        if (words.Count < 3 || words[0] != "http")
            return await FailAsync(call, $"The following command was not found: {string.Join(' ', words)}.");

        var values = words.Skip(3).Select(word => word.Split('=', 2)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        return (words[1], words[2]) switch
        {
            ("show", "sslcert") => await ShowBindingsAsync(call),
            ("show", "urlacl") => await ShowReservationsAsync(call),
            ("add" or "delete", _) when !machine.Elevated => await FailAsync(call, "The requested operation requires elevation (Run as administrator)."),
            ("add", "urlacl") => await ReserveAsync(call, values),
            ("delete", "urlacl") => await ReleaseAsync(call, values),
            ("add", "sslcert") => await BindAsync(call, values),
            _ => await FailAsync(call, $"The following command was not found: {string.Join(' ', words)}."),
        };
    }

    private async Task<int> ShowBindingsAsync(StandInCall call)
    {
        var german = machine.HttpSys.SpeaksGerman;
        string[] labels = german
            ? ["SSL-Zertifikatbindungen:", "IP:Port", "Zertifikathash", "Anwendungs-ID", "Zertifikatspeichername", "Clientzertifikatsperre überprüfen", "Aktiviert"]
            : ["SSL Certificate bindings:", "IP:port", "Certificate Hash", "Application ID", "Certificate Store Name", "Verify Client Certificate Revocation", "Enabled"];
        await call.WriteLineAsync($"\n{labels[0]}\n-------------------------\n");
        foreach (var each in machine.HttpSys.Bindings)
        {
            await call.WriteLineAsync($"""
                    {labels[1],-37}: {each.Endpoint}
                    {labels[2],-37}: {each.Thumbprint.ToLowerInvariant()}
                    {labels[3],-37}: {each.ApplicationId}
                    {labels[4],-37}: {each.Store}
                    {labels[5],-37}: {labels[6]}
                    Ctl Store Name                       : (null)

                """);
        }

        return 0;
    }

    private async Task<int> ShowReservationsAsync(StandInCall call)
    {
        var german = machine.HttpSys.SpeaksGerman;
        await call.WriteLineAsync(german ? "\nURL-Reservierungen:\n-----------------\n" : "\nURL Reservations:\n-----------------\n");
        foreach (var each in machine.HttpSys.Reservations)
        {
            await call.WriteLineAsync(german
                ? $"    Reservierte URL         : {each.Url}\n        Benutzer: {each.Account}\n            Abhören: Ja\n            Delegieren: Nein\n            SDDL: {each.Descriptor}\n"
                : $"    Reserved URL            : {each.Url}\n        User: {each.Account}\n            Listen: Yes\n            Delegate: No\n            SDDL: {each.Descriptor}\n");
        }

        return 0;
    }

    private async Task<int> ReserveAsync(StandInCall call, Dictionary<string, string> values)
    {
        if (!values.TryGetValue("url", out var url) || !url.EndsWith('/'))
            return await FailAsync(call, "URL reservation add failed, Error: 87\nThe parameter is incorrect.");
        var account = values.GetValueOrDefault("user") ?? values.GetValueOrDefault("sddl") switch
        {
            "D:(A;;GX;;;NS)" => @"NT AUTHORITY\NetworkService",
            "D:(A;;GX;;;LS)" => @"NT AUTHORITY\LocalService",
            _ => null,
        };
        if (account is null || !machine.Accounts.Knows(account))
            return await FailAsync(call, "URL reservation add failed, Error: 1332\nNo mapping between account names and security IDs was done.");
        if (!machine.HttpSys.Add(new UrlReservation(url, account)))
            return await FailAsync(call, "URL reservation add failed, Error: 183\nCannot create a file when that file already exists.");
        await call.WriteLineAsync("\nURL reservation successfully added\n");
        return 0;
    }

    private async Task<int> ReleaseAsync(StandInCall call, Dictionary<string, string> values)
    {
        if (!values.TryGetValue("url", out var url) || !machine.HttpSys.RemoveReservation(url))
            return await FailAsync(call, "URL reservation delete failed, Error: 2\nThe system cannot find the file specified.");
        await call.WriteLineAsync("\nURL reservation successfully deleted\n");
        return 0;
    }

    private async Task<int> BindAsync(StandInCall call, Dictionary<string, string> values)
    {
        if (!values.TryGetValue("ipport", out var endpoint) || !values.TryGetValue("certhash", out var hash) || !values.TryGetValue("appid", out var application))
            return await FailAsync(call, "The parameter is incorrect.");
        if (!machine.HttpSys.Add(new SslBinding(endpoint, hash, application.ToLowerInvariant(), values.GetValueOrDefault("certstorename", "My"))))
            return await FailAsync(call, "SSL Certificate add failed, Error: 183\nCannot create a file when that file already exists.");
        await call.WriteLineAsync("\nSSL Certificate successfully added\n");
        return 0;
    }

    private static async Task<int> FailAsync(StandInCall call, string text)
    {
        await call.WriteLineAsync($"\n{text}\n");
        return Failed;
    }
}
