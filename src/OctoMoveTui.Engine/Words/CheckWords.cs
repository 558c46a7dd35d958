namespace OctoMoveTui.Engine.Words;

/// <summary>A check in words: docs/checks.md is made of these, and a test keeps the two in step.</summary>
/// <param name="Title">What it looks at, in a few words.</param>
/// <param name="Passes">When it passes.</param>
/// <param name="Warns">When it warns; empty when it never does.</param>
/// <param name="Fails">When it fails; empty when it never does.</param>
/// <param name="Unknown">When it can't be told; empty when that can't be.</param>
public sealed record CheckWords(string Title, string Passes, string Warns = "", string Fails = "", string Unknown = "");
