using System.Globalization;

namespace OctoMoveTui.Engine.Journal;

/// <summary>
/// Which versions of octomove may go on with each other's moves: those of one major and minor number. They write the same journal and the same files and do the
/// same steps; a version that changes any of these gets another minor number at least.
/// </summary>
internal static class ProgramVersion
{
    /// <summary>True when the one may go on with what the other began.</summary>
    internal static bool GoesOnWith(string one, string other) => Numbers(one) == Numbers(other);

    // What is no version is as good as itself only.
    private static (int Major, int Minor, string Else) Numbers(string version)
    {
        var parts = version.Split('-', '+')[0].Split('.');
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts.Length > 1 ? parts[1] : "0", NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
                ? (major, minor, "") : (0, 0, version);
    }
}
