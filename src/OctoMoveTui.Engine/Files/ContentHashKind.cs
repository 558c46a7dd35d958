using System.ComponentModel;

namespace OctoMoveTui.Engine.Files;

/// <summary>How the contents of files are hashed.</summary>
[TypeConverter(typeof(ContentHashKindConverter))]
public enum ContentHashKind
{
    /// <summary>XXH128: finds every accident, at the speed of the disk. Somebody who wants to deceive can make two files with the same.</summary>
    XxHash128,

    /// <summary>SHA-256: nobody can make two files with the same.</summary>
    Sha256,
}

/// <summary>Reads <see cref="ContentHashKind"/> from the configuration.</summary>
internal sealed class ContentHashKindConverter()
    : WordConverter<ContentHashKind>(("xxh128", ContentHashKind.XxHash128), ("sha256", ContentHashKind.Sha256));

/// <summary>Reads <see cref="VerifyDepth"/> from the configuration.</summary>
internal sealed class VerifyDepthConverter()
    : WordConverter<VerifyDepth>(("contents", VerifyDepth.Contents), ("times", VerifyDepth.SizesAndTimes));
