using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>A failure as lines: what, why, what to do now, and the raw text below.</summary>
internal static class FailureLines
{
    public static IEnumerable<ScreenLine> Of(FailureReport failure, Glyphs glyphs)
    {
        yield return new("! " + glyphs.Line(failure.What), Tone.Failure);
        if (failure.Why.Length > 0)
        {
            yield return new($"  {MoveWords.Why} {glyphs.Line(failure.Why)}");
        }

        if (failure.ToDo.Count > 0)
        {
            yield return new($"  {MoveWords.WhatToDo}", Tone.Strong);
            foreach (var (advice, number) in failure.ToDo.Select((advice, at) => (advice, at + 1)))
            {
                yield return new($"  {number}. {glyphs.Line(advice)}");
            }
        }

        if (!string.IsNullOrWhiteSpace(failure.Raw))
        {
            yield return new($"  {MoveWords.Raw}", Tone.Quiet);
            foreach (var line in glyphs.Block(failure.Raw).Split('\n'))
            {
                yield return new("    " + line, Tone.Quiet);
            }
        }
    }
}
