using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Engine.Words;

/// <summary>What differs, in a word.</summary>
public static class DifferenceWords
{
    /// <summary>For instance <c>2 missing</c>, without the number.</summary>
    public static string Of(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Missing => "missing",
        DifferenceKind.Extra => "extra",
        DifferenceKind.Size => "of another size",
        DifferenceKind.Time => "of another time",
        DifferenceKind.Content => "of other content",
        DifferenceKind.Kind => "of another kind",
        DifferenceKind.Unreadable => "unreadable",
        _ => "unfinished",
    };
}
