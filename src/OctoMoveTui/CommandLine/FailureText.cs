using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.CommandLine;

/// <summary>A failure as lines of text: what, why, what to do, and the raw text below.</summary>
internal static class FailureText
{
    public static IEnumerable<string> Lines(FailureReport failure, Glyphs glyphs)
    {
        yield return "! " + glyphs.Line(failure.What);
        if (failure.Why.Length > 0)
        {
            yield return $"  {CommandLineWords.Why} {glyphs.Line(failure.Why)}";
        }

        if (failure.ToDo.Count > 0)
        {
            yield return $"  {CommandLineWords.WhatToDo}";
            foreach (var (advice, number) in failure.ToDo.Select((advice, at) => (advice, at + 1)))
            {
                yield return $"  {number}. {glyphs.Line(advice)}";
            }
        }

        if (!string.IsNullOrWhiteSpace(failure.Raw))
        {
            yield return $"  {CommandLineWords.Raw}";
            foreach (var line in glyphs.Block(failure.Raw).Split('\n'))
            {
                yield return "    " + line;
            }
        }
    }
}
