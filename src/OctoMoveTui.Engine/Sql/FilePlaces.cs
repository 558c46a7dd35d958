namespace OctoMoveTui.Engine.Sql;

/// <summary>Where the files of a restored database go: the new server's own default folders, in the way paths are written there.</summary>
internal static class FilePlaces
{
    /// <summary>Each file with its new path. The names are made from the database's, so that two never get one (error 3176).</summary>
    internal static IReadOnlyList<(DatabaseFile File, string Path)> Of(SqlServerFacts server, string database, IReadOnlyList<DatabaseFile> files)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var places = new List<(DatabaseFile, string)>();
        foreach (var file in files)
        {
            var folder = (file.IsLog ? server.LogPath ?? server.DataPath : server.DataPath) ?? "";
            var extension = file.IsLog ? ".ldf" : places.Count == 0 ? ".mdf" : ".ndf";
            var name = database + (file.IsLog ? "_log" : "");
            for (var number = 2; !taken.Add(name + extension); number++)
                name = $"{database}_{number}";
            places.Add((file, folder.TrimEnd(server.PathSeparator) + server.PathSeparator + name + extension));
        }

        return places;
    }
}
