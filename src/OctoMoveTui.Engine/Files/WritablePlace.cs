namespace OctoMoveTui.Engine.Files;

/// <summary>Whether something can be made at a path that need not exist yet: the nearest folder above it decides.</summary>
internal static class WritablePlace
{
    /// <summary>Writes an empty file into the nearest folder that exists, and removes it.</summary>
    /// <returns>That folder, and why it can't be written; null when it can.</returns>
    internal static (string Folder, Exception? Error) Try(string path)
    {
        var folder = path.TrimEnd('/', '\\') is { Length: > 0 } trimmed && Path.GetPathRoot(path) != path ? trimmed : path;
        while (!Directory.Exists(folder) && !File.Exists(folder) && Path.GetDirectoryName(folder) is { Length: > 0 } parent)
            folder = parent;

        var probe = Path.Combine(folder, $".octomove-{Guid.NewGuid():N}.probe");
        try
        {
            File.OpenHandle(probe, FileMode.CreateNew, FileAccess.Write).Dispose();
            File.Delete(probe);
            return (folder, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (folder, error);
        }
    }
}
