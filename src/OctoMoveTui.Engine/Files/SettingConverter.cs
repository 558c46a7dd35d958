using System.ComponentModel;
using System.Globalization;

namespace OctoMoveTui.Engine.Files;

/// <summary>A setting can't be read; the message says how it is written.</summary>
public sealed class UnreadableSetting(string help) : FormatException(help)
{
}

/// <summary>Reads a setting from its text, and says how it is written when the text won't do.</summary>
internal abstract class SettingConverter : TypeConverter
{
    /// <summary>How the setting is written.</summary>
    protected abstract string Help { get; }

    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        Read(((string)value).Trim()) ?? throw new UnreadableSetting(Help);

    /// <summary>The value, or null when the text is none.</summary>
    protected abstract object? Read(string text);
}

/// <summary>Reads a setting that is one of a few words.</summary>
internal abstract class WordConverter<T>(params (string Word, T Value)[] words) : SettingConverter
    where T : struct
{
    protected override string Help => $"It is one of: {string.Join(", ", words.Select(each => each.Word))}.";

    protected override object? Read(string text) =>
        words.Where(each => each.Word.Equals(text, StringComparison.OrdinalIgnoreCase)).Select(each => (object)each.Value).FirstOrDefault();
}

/// <summary>Reads <see cref="FileHashKind"/> from the configuration.</summary>
internal sealed class FileHashKindConverter()
    : WordConverter<FileHashKind>(("xxh128", FileHashKind.XxHash128), ("sha256", FileHashKind.Sha256));

/// <summary>Reads <see cref="VerifyDepth"/> from the configuration.</summary>
internal sealed class VerifyDepthConverter()
    : WordConverter<VerifyDepth>(("contents", VerifyDepth.Contents), ("times", VerifyDepth.SizesAndTimes));
