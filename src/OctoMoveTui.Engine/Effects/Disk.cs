using System.Diagnostics.CodeAnalysis;

namespace OctoMoveTui.Engine.Effects;

/// <summary>What the engine does to files that others believe by their name: each is an <see cref="Effect"/>.</summary>
internal static class Disk
{
    /// <summary>Gives a file its name.</summary>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The one place.")]
    internal static void Rename(string from, string to, bool overwrite)
    {
        using (Effect.Of(EffectKind.Rename, Path.GetFileName(to), to))
            File.Move(from, to, overwrite);
    }

    /// <summary>Removes a file, if it is there.</summary>
    internal static void Delete(string file)
    {
        using (Effect.Of(EffectKind.Removal, Path.GetFileName(file), file))
            File.Delete(file);
    }

    /// <summary>Removes a directory that must be empty.</summary>
    internal static void DeleteDirectory(string directory)
    {
        using (Effect.Of(EffectKind.Removal, Path.GetFileName(directory), directory))
            Directory.Delete(directory);
    }
}
