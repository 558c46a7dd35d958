using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// The access lists of folders, asked and told through <c>icacls.exe</c>, of which this is the only file that spells options. The names of built-in
/// accounts are translated on localised Windows: they are granted by their SIDs, and looked for not at all.
/// </summary>
public sealed class Icacls(Programs icacls)
{
    /// <summary>The program.</summary>
    public string File => icacls.File;

    /// <summary>The argument list that gives an account full control of a folder and all that is and will be in it.</summary>
    public static IReadOnlyList<string> Grant(string folder, LogOnAccount account) => [folder, "/grant", $"{Named(account)}:(OI)(CI)F", "/Q"];

    /// <summary>The argument list that takes away what was granted to an account.</summary>
    public static IReadOnlyList<string> Revoke(string folder, LogOnAccount account) => [folder, "/remove:g", Named(account), "/Q"];

    /// <summary>
    /// Whether the list of a folder names the account itself with full control. False says only that: the account may have it through a group.
    /// </summary>
    public async Task<bool> NamesAsync(string folder, LogOnAccount account, CancellationToken cancel)
    {
        if (account.IsOfTheMachine)
            return false;
        var output = await icacls.RunAsync([folder], true, cancel);
        if (output.ExitCode != 0)
            throw ServiceFailures.AccessListUnknown(folder, output.Everything);

        // "D:\Octopus CORP\octo:(I)(OI)(CI)(F)": only for what inherits counts, and only full control does.
        return output.Output.Split('\n').Select(line => line.Trim()).Any(line =>
            line.LastIndexOf(account.Name + ":", StringComparison.OrdinalIgnoreCase) is >= 0 and var at
            && line[at..].Contains("(OI)(CI)", StringComparison.Ordinal) && line.EndsWith("(F)", StringComparison.Ordinal));
    }

    /// <summary>Gives the account full control of the folder.</summary>
    public async Task GrantAsync(string folder, LogOnAccount account, CancellationToken cancel)
    {
        var output = await icacls.RunAsync(Grant(folder, account), false, cancel);
        if (output.ExitCode != 0)
            throw ServiceFailures.NotGranted(folder, account, Programs.Show(icacls.File, Grant(folder, account), new Moving.Redactor()), output.Everything);
    }

    /// <summary>Takes away what was granted to the account.</summary>
    public async Task RevokeAsync(string folder, LogOnAccount account, CancellationToken cancel)
    {
        var output = await icacls.RunAsync(Revoke(folder, account), false, cancel);
        if (output.ExitCode != 0)
            throw UndoFailures.NotRevoked(folder, account, Programs.Show(icacls.File, Revoke(folder, account), new Moving.Redactor()), output.Everything);
    }

    private static string Named(LogOnAccount account) => account switch
    {
        { Kind: LogOnKind.BuiltIn, Name: @"NT AUTHORITY\NetworkService" } => "*S-1-5-20",
        { Kind: LogOnKind.BuiltIn } => "*S-1-5-19",
        _ => account.Name,
    };
}
