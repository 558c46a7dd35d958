using System.Text;

namespace OctoMoveTui.Sandbox.SqlServer.Tds;

/// <summary>The two encodings of text on the wire.</summary>
internal static class WireText
{
    /// <summary>varchar under SQL_Latin1_General_CP1_CI_AS.</summary>
    public static readonly Encoding CodePage1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static readonly Encoding Unicode = Encoding.Unicode;

    /// <summary>The five bytes by which SQL_Latin1_General_CP1_CI_AS goes over the wire.</summary>
    public static ReadOnlySpan<byte> Collation => [0x09, 0x04, 0xD0, 0x00, 0x34];
}
