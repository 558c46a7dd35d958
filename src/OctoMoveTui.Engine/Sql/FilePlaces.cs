namespace OctoMoveTui.Engine.Sql;

/// <summary>Where the files of a restored database go: the new server's own default folders, in the way paths are written there.</summary>
internal static class FilePlaces
{
    /// <summary>Each file with its new path. The names are made from the database's, so that two never get one (error 3176).</summary>
    internal static IReadOnlyList<(DatabaseFile File, string Path)> Of(SqlServerFacts server, string database, IReadOnlyList<DatabaseFile> files) =>
        FindFreeAsync(server, database, files, _ => Task.FromResult(false)).GetAwaiter().GetResult();

    /// <summary>The same, with another name where the usual one is taken: by another database (error 1834), or by a leftover (error 3142).</summary>
    internal static async Task<IReadOnlyList<(DatabaseFile File, string Path)>> FindFreeAsync(
        SqlServerFacts server, string database, IReadOnlyList<DatabaseFile> files, Func<string, Task<bool>> isTaken)
    {
        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var places = new List<(DatabaseFile, string)>();
        foreach (var file in files)
        {
            var folder = (file.IsLog ? server.LogPath ?? server.DataPath : server.DataPath) ?? "";
            var start = folder.TrimEnd(server.PathSeparator) + server.PathSeparator + database + (file.IsLog ? "_log" : "");
            var extension = file.IsLog ? ".ldf" : places.Count == 0 ? ".mdf" : ".ndf";
            var path = start + extension;
            for (var number = 2; !given.Add(path) || await isTaken(path); number++)
                path = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{start}_{number}{extension}");
            places.Add((file, path));
        }

        return places;
    }
}
