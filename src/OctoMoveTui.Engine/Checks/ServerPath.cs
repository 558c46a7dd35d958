namespace OctoMoveTui.Engine.Checks;

/// <summary>Paths as a SQL Server's machine writes them, which need not be how this one does.</summary>
internal static class ServerPath
{
    /// <summary>The folder with the separator at its end.</summary>
    internal static string FolderOf(string path) => path[..(path.LastIndexOfAny(['/', '\\']) + 1)];

    /// <summary>The folder without it, unless that is all of it.</summary>
    internal static string BareFolderOf(string path) => FolderOf(path) is { Length: > 1 } folder && !folder.EndsWith(@":\", StringComparison.Ordinal)
        ? folder[..^1] : FolderOf(path);

    /// <summary>The name of the probe backup beside the backup that the plan has: the move's id is in it.</summary>
    internal static string ProbeBeside(string file)
    {
        var dot = file.LastIndexOf('.');
        return dot < FolderOf(file).Length ? file + "-probe" : $"{file[..dot]}-probe{file[dot..]}";
    }
}
