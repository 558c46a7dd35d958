using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Words;

/// <summary>A preview as lines, each led by what it is: SQL, a command, a request or a path.</summary>
internal static class PreviewText
{
    private const int LabelWidth = 5;

    public static IEnumerable<string> Lines(IEnumerable<PreviewLine> preview, Glyphs glyphs)
    {
        foreach (var line in preview)
        {
            var label = MoveWords.Kind(line.Kind);
            foreach (var text in glyphs.Block(line.Text).TrimEnd('\n').Split('\n'))
            {
                // Sentences stand at the margin; what is sent to a server stands behind its label, and its further lines under its first.
                yield return line.Kind == PreviewKind.Words ? text : label.PadRight(LabelWidth) + text;
                label = "";
            }
        }
    }
}
