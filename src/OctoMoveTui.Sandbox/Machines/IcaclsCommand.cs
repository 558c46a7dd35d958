using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Sandbox.Machines;

/// <summary><c>icacls.exe</c>, as far as a move needs it: shows a folder's list, grants full control that what lies below inherits, and takes it away.</summary>
internal sealed class IcaclsCommand(OctopusMachine machine)
{
    private const int Failed = 5;
    private const string NetworkService = "*S-1-5-20";
    private const string LocalService = "*S-1-5-19";
    private const string Inheritable = ":(OI)(CI)F";

    public async Task<int> AnswerAsync(StandInCall call)
    {
        var words = call.Arguments;
        if (words.Count == 0 || words.Skip(1).Where((word, i) => i != 1 && word is not ("/grant" or "/remove:g" or "/q" or "/Q")).Any())
        {
            await call.WriteErrorLineAsync($"Invalid parameter \"{words.Skip(1).FirstOrDefault()}\"");
            return 87;
        }

        var folder = words[0];
        if (!Directory.Exists(folder) || !machine.Sees(folder))
            return await FailAsync(call, $"{folder}: The system cannot find the file specified.");
        if (words.Count == 1)
            return await ShowAsync(call, folder);

        if (words.Count >= 3 && words[1] == "/remove:g")
            return await RemoveAsync(call, folder, words[2]);

        // "DOMAIN\name:(OI)(CI)F", or a SID with an asterisk before it.
        if (words.Count < 3 || !words[2].EndsWith(Inheritable, StringComparison.OrdinalIgnoreCase))
            return await FailAsync(call, $"Invalid parameter \"{(words.Count > 2 ? words[2] : "/grant")}\"");
        var account = Named(words[2][..^Inheritable.Length]);
        if (!machine.Elevated)
            return await FailAsync(call, $"{folder}: Access is denied.");
        if (!machine.Accounts.Knows(account))
            return await FailAsync(call, $"{account}: No mapping between account names and security IDs was done.");
        machine.Access.Grant(folder, account);
        await call.WriteLineAsync("Successfully processed 1 files; Failed processing 0 files");
        return 0;
    }

    private async Task<int> RemoveAsync(StandInCall call, string folder, string account)
    {
        if (!machine.Elevated)
            return await FailAsync(call, $"{folder}: Access is denied.");
        machine.Access.Remove(folder, Named(account));
        await call.WriteLineAsync("Successfully processed 1 files; Failed processing 0 files");
        return 0;
    }

    private static string Named(string account) => account switch
    {
        NetworkService => @"NT AUTHORITY\NetworkService",
        LocalService => @"NT AUTHORITY\LocalService",
        var name => name,
    };

    private async Task<int> ShowAsync(StandInCall call, string folder)
    {
        var lines = machine.Access.Of(folder).Select(each => $"{each.Account}:{(each.IsInherited ? "(I)" : "")}(OI)(CI)(F)")
            .Append(@"BUILTIN\Administrators:(I)(OI)(CI)(F)").Append(@"NT AUTHORITY\SYSTEM:(I)(OI)(CI)(F)").ToList();
        await call.WriteLineAsync($"{folder} {lines[0]}");
        foreach (var line in lines.Skip(1))
            await call.WriteLineAsync(new string(' ', folder.Length + 1) + line);
        await call.WriteLineAsync("\nSuccessfully processed 1 files; Failed processing 0 files");
        return 0;
    }

    private static async Task<int> FailAsync(StandInCall call, string line)
    {
        await call.WriteErrorLineAsync(line);
        await call.WriteLineAsync("Successfully processed 0 files; Failed processing 1 files");
        return Failed;
    }
}
