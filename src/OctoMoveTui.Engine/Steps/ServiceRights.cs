using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// What the account of the new service may do on its machine. Local System may do everything; any other account needs full control of the home directory
/// and of each directory, and has to be allowed to listen at the portal's addresses (source: Octopus' page on the service's permissions).
/// </summary>
internal static class ServiceRights
{
    // Each is written right before the right is given: only these are taken away again.
    private const string Reserves = "reserves ";
    private const string Grants = "grants ";

    internal static IEnumerable<PreviewLine> PreviewReservations(MoveContext move)
    {
        var account = move.NewAccount;
        if (!account.NeedsRights)
            yield break;
        yield return new(PreviewKind.Words, ServiceNotes.Reserves(account));
        var known = ListenPrefixes.Of(move.Facts.Find<OldServerChecked>()?.Surroundings?.ListenPrefixes ?? "")
            .Renamed(move.Plan.Old.Machine, move.Plan.New.Machine).Reservable;
        foreach (var url in known.Count > 0 ? known : ["<each listen prefix>"])
            yield return move.Command(move.Plan.New.NetshFile, Netsh.Reserve(url, account));
    }

    internal static IEnumerable<PreviewLine> PreviewGrants(MoveContext move)
    {
        var account = move.NewAccount;
        if (!account.NeedsRights)
            yield break;
        yield return new(PreviewKind.Words, ServiceNotes.Grants(account));
        foreach (var folder in Folders(move).Where(each => !IsOnShare(each)))
            yield return move.Command(move.Plan.New.IcaclsFile, Icacls.Grant(folder, account));
    }

    /// <summary>Lets the account listen wherever the new instance says that it listens. What is reserved for it already is left as it is.</summary>
    internal static async Task ReserveAsync(MoveContext move, CancellationToken cancel)
    {
        var account = move.NewAccount;
        if (!account.NeedsRights)
            return;
        var reserved = await move.NewNetsh.ListReservationsAsync(cancel);
        foreach (var url in ListenPrefixes.Of((await move.NewExe.ShowConfigurationAsync(cancel)).ListenPrefixes).Reservable)
        {
            if (!reserved.Any(each => each.Url.Equals(url, StringComparison.OrdinalIgnoreCase) && each.IsFor(account)))
            {
                move.Mark(Reserves + url);
                await move.NewNetsh.ReserveAsync(url, account, cancel);
            }

            move.Proof(ServiceNotes.Reserved(account, url));
        }
    }

    /// <summary>Gives the account full control where it doesn't have it; a share of another machine is looked at only.</summary>
    internal static async Task GrantAsync(MoveContext move, CancellationToken cancel)
    {
        var account = move.NewAccount;
        if (!account.NeedsRights)
            return;
        foreach (var folder in Folders(move))
        {
            if (await move.NewIcacls.NamesAsync(folder, account, cancel))
                continue;
            if (IsOnShare(folder))
            {
                move.Warn(ServiceNotes.NotOnList(account, folder));
                continue;
            }

            move.Mark(Grants + folder);
            await move.NewIcacls.GrantAsync(folder, account, cancel);
            move.Info(ServiceNotes.Granted(account, folder));
        }
    }

    /// <summary>The addresses that this move reserved for the account.</summary>
    internal static IReadOnlyList<string> Reserved(MoveContext move) => Marked(move, Reserves);

    /// <summary>The folders that this move gave the account.</summary>
    internal static IReadOnlyList<string> Granted(MoveContext move) => Marked(move, Grants);

    /// <summary>Takes the reservations back that are still there, and still for the account.</summary>
    internal static async Task ReleaseAsync(MoveContext move, CancellationToken cancel)
    {
        var ours = Reserved(move);
        if (ours.Count == 0)
            return;
        foreach (var there in (await move.NewNetsh.ListReservationsAsync(cancel)).Where(each => ours.Contains(each.Url, StringComparer.OrdinalIgnoreCase) && each.IsFor(move.NewAccount)))
        {
            await move.NewNetsh.ReleaseAsync(there.Url, cancel);
            move.Info(UndoNotes.Released(there.Url, move.NewAccount));
        }
    }

    /// <summary>Takes the account off the access lists that this move put it on.</summary>
    internal static async Task RevokeAsync(MoveContext move, CancellationToken cancel)
    {
        foreach (var folder in Granted(move).Where(Directory.Exists))
        {
            await move.NewIcacls.RevokeAsync(folder, move.NewAccount, cancel);
            move.Info(UndoNotes.Revoked(folder, move.NewAccount));
        }
    }

    /// <summary>
    /// The gate: what can be proven of it from here. The access lists name the account; and in each directory a file is written and deleted again,
    /// which retention needs, by the account that runs octomove: there is no trying it as another one without its password.
    /// </summary>
    internal static async Task ProveAsync(MoveContext move, CancellationToken cancel)
    {
        var account = move.NewAccount;
        foreach (var directory in move.Plan.Directories)
            TryWriting(directory.Kind, directory.To);
        if (move.Plan.Directories.Count > 0)
            move.Proof(ServiceNotes.WroteAndDeleted(move.Plan.Directories.Count, Environment.UserName, account));
        if (!account.NeedsRights || account.IsOfTheMachine)
            return;

        foreach (var folder in Folders(move).Where(each => !IsOnShare(each)))
        {
            if (!await move.NewIcacls.NamesAsync(folder, account, cancel))
                throw ServiceFailures.NotGranted(folder, account, string.Join(' ', Icacls.Grant(folder, account).Prepend(move.NewIcacls.File)), "");
        }

        move.Proof(ServiceNotes.HasFullControl(account, move.Plan.Directories.Count));
    }

    // The home directory first: what lies below it has its rights from there, and needs none of its own.
    private static IEnumerable<string> Folders(MoveContext move) =>
        move.Plan.Directories.Select(each => each.To).Prepend(move.Plan.New.Home).Distinct(StringComparer.OrdinalIgnoreCase);

    private static IReadOnlyList<string> Marked(MoveContext move, string mark) =>
        [.. move.Journalled.Marks.Where(each => each.StartsWith(mark, StringComparison.Ordinal)).Select(each => each[mark.Length..]).Order(StringComparer.Ordinal)];

    private static bool IsOnShare(string folder) => folder.StartsWith(@"\\", StringComparison.Ordinal);

    private static void TryWriting(string kind, string folder)
    {
        var probe = Path.Combine(folder, $".octomove-{Guid.NewGuid():N}.probe");
        try
        {
            File.OpenHandle(probe, FileMode.CreateNew, FileAccess.Write).Dispose();
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ServiceFailures.CannotDelete(kind, folder, error);
        }
    }
}
