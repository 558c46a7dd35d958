using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using Humanizer;

namespace OctoMoveTui.Engine.Files;

/// <summary>A speed, as people write it: <c>50MB</c>, <c>20 MB/s</c>, <c>160 Mbit/s</c>, or a bare number.</summary>
/// <param name="BytesPerSecond">Bytes a second, above zero.</param>
[TypeConverter(typeof(TransferRateConverter))]
public readonly partial record struct TransferRate(long BytesPerSecond)
{
    /// <summary>How it is to be written, for whoever wrote it otherwise.</summary>
    public const string Help = "Write it as bytes or bits a second: 50MB, 20 MB/s, 160 Mbit/s. A KB has 1024 bytes, as everywhere here; a kbit has 1000 bits, as networks count.";

    /// <summary>Reads a speed. False when it is none, is zero, or is more than a 64-bit number of bytes.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="bareUnit">How many bytes a number without a unit stands for.</param>
    /// <param name="rate">The speed.</param>
    public static bool TryParse(string text, long bareUnit, out TransferRate rate)
    {
        rate = default;
        var match = Form().Match(text);
        if (!match.Success || !double.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var isBits = match.Groups["bit"].Success;
        var power = match.Groups["prefix"].Value.ToUpperInvariant() switch { "K" => 1, "M" => 2, "G" => 3, "T" => 4, _ => 0 };
        var unit = isBits ? Math.Pow(1000, power) / 8
            : match.Groups["byte"].Success || power > 0 ? Math.Pow(1024, power)
            : bareUnit;
        var bytes = Math.Round(number * unit);
        if (bytes is < 1 or >= long.MaxValue)
        {
            return false;
        }

        rate = new TransferRate((long)bytes);
        return true;
    }

    /// <summary>For instance <c>20 MB/s</c>.</summary>
    public override string ToString() => ((double)BytesPerSecond).Bytes().Humanize("0.#", CultureInfo.InvariantCulture) + "/s";

    // "Mb" is taken for megabytes: whoever means bits writes bit.
    [GeneratedRegex(@"^\s*(?<number>\d+(\.\d+)?)\s*((?<prefix>[kmgt]?)((?<bit>bits?|bps)|i?(?<byte>b|bytes?))?)\s*(/\s*s(ec)?)?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

/// <summary>Reads <see cref="TransferRate"/> from the configuration; a number without a unit is bytes, as the settings' names say.</summary>
internal sealed class TransferRateConverter : SettingConverter
{
    protected override string Help => TransferRate.Help;

    protected override object? Read(string text) => TransferRate.TryParse(text, 1, out var rate) ? rate : null;
}
