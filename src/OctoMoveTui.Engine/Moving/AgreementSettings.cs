using System.ComponentModel;
using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Engine.Moving;

/// <summary>How database and files are compared.</summary>
public sealed class AgreementSettings
{
    /// <summary>When the hashes of packages are read and compared with what their rows say; size and existence always are.</summary>
    public HashReading Hashes { get; set; }

    /// <summary>
    /// How many packages whose file is missing a re-index at start-up may drop from the list without anybody typing a word for it: for runs that
    /// nobody attends.
    /// </summary>
    public long MayDrop { get; set; }
}

/// <summary>When hashes of packages are read.</summary>
[TypeConverter(typeof(HashReadingConverter))]
public enum HashReading
{
    /// <summary>Never: sizes are compared.</summary>
    Never,

    /// <summary>On the old server, before the outage: that the copies are what they were is proven by the manifest.</summary>
    Before,

    /// <summary>On both servers: reads all packages once more inside the outage.</summary>
    Always,
}

/// <summary>Reads <see cref="HashReading"/> from the configuration.</summary>
internal sealed class HashReadingConverter()
    : WordConverter<HashReading>(("never", HashReading.Never), ("before", HashReading.Before), ("always", HashReading.Always));
