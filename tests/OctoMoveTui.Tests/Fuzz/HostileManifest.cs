using System.Text;
using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Tests.Fuzz;

/// <summary>Manifests as octomove writes them, with hostile paths and damaged lines in them.</summary>
internal static class HostileManifest
{
    private static readonly IReadOnlyList<string> Usual =
        ["a.zip", "b.zip", "deep", "deep/a.zip", "deep/deeper", "deep/deeper/b.zip", "Größe.txt", "new", "new/c.zip", "gone.zip", "link-inside", "x"];

    public static byte[] Make(Dice dice) => Make(dice, "/new/Packages", _ => null);

    /// <param name="dice">Chance.</param>
    /// <param name="destination">The header's.</param>
    /// <param name="known">A line that is true of a file that is there, where there is one of that name.</param>
    public static byte[] Make(Dice dice, string destination, Func<string, ManifestLine?> known)
    {
        var text = new StringBuilder(new ManifestHeader("Packages", destination) { Hash = dice.OneIn(4) ? FileHashKind.Sha256 : default }.Write()).Append('\n');
        var isHostile = dice.OneIn(2);
        for (var lines = dice.Next(14); lines > 0; lines--)
        {
            var path = isHostile && dice.OneIn(6) ? dice.Of(Hostile.Paths) : dice.Of(Usual);
            var line = (dice.OneIn(2) ? known(path) : null) ?? LineOf(dice, path);
            var written = line.Write();
            text.Append(isHostile && dice.OneIn(20) ? dice.Damaged(written) : written).Append('\n');
        }

        if (dice.OneIn(2))
            text.Append(new DoneLine(dice.Next(20), dice.Next(5000), "c0ffee").Write()).Append('\n');
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return isHostile && dice.OneIn(4) ? dice.Damaged(bytes) : bytes;
    }

    private static ManifestLine LineOf(Dice dice, string path)
    {
        var ticks = new DateTime(2026, 3, 1, 2, 0, 0, DateTimeKind.Utc).Ticks + dice.Next(1000);
        return dice.Next(6) switch
        {
            0 or 1 => new FileLine(path, dice.Next(100), ticks, new FileHash(new UInt128((ulong)dice.NextLong(), (ulong)dice.NextLong()))),
            2 or 3 => new DirectoryLine(path, ticks),
            4 => new LinkLine(path, dice.OneIn(2) ? dice.Of(Usual) : dice.Of(Hostile.Paths)),
            _ => new GoneLine(path),
        };
    }
}
