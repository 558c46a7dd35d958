namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>A row of msdb.dbo.backupset with its media family.</summary>
internal sealed record BackupSetRow(int Id, int MediaSetId, BackupHeader Header, IReadOnlyList<string> Files, bool TakenHere);

/// <summary>A row of msdb.dbo.restorehistory.</summary>
internal sealed record RestoreRow(int Id, DateTime Date, string Database, string User, int BackupSetId, bool Replace, bool Recovery);

/// <summary>What msdb remembers: finished backups and restores only.</summary>
internal sealed class MsdbHistory
{
    private readonly Lock changing = new();
    private readonly List<BackupSetRow> backups = [];
    private readonly List<RestoreRow> restores = [];

    public IReadOnlyList<BackupSetRow> Backups
    {
        get
        {
            lock (changing)
            {
                return [.. backups];
            }
        }
    }

    public IReadOnlyList<RestoreRow> Restores
    {
        get
        {
            lock (changing)
            {
                return [.. restores];
            }
        }
    }

    public void Add(BackupHeader header, IReadOnlyList<string> files)
    {
        lock (changing)
        {
            backups.Add(new BackupSetRow(backups.Count + 1, MediaSetIdFor(header), header, files, TakenHere: true));
        }
    }

    /// <summary>RESTORE copies the set's row into this server's msdb, so that the join works here as well.</summary>
    public void AddRestore(
        BackupHeader header,
        IReadOnlyList<string> files,
        string database,
        string user,
        DateTime date,
        bool replace,
        bool recovery
    )
    {
        lock (changing)
        {
            var set = backups.Find(row => row.Header.SetGuid == header.SetGuid);
            if (set is null)
            {
                set = new BackupSetRow(backups.Count + 1, MediaSetIdFor(header), header, files, TakenHere: false);
                backups.Add(set);
            }
            restores.Add(new RestoreRow(restores.Count + 1, date, database, user, set.Id, replace, recovery));
        }
    }

    private int MediaSetIdFor(BackupHeader header) =>
        backups.Find(row => row.Header.MediaSetId == header.MediaSetId)?.MediaSetId
        ?? backups.Select(row => row.MediaSetId).DefaultIfEmpty(0).Max() + 1;
}
