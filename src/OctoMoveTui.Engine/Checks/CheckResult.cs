using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Checks;

/// <summary>What a check found: one sentence, and what to do about it.</summary>
/// <param name="Verdict">How it is to be taken. Unknown is for lack of a right or of an answer, never for what was found.</param>
/// <param name="Finding">What was found, in one sentence with names and numbers filled in.</param>
/// <param name="Advice">What to do, a sentence or a statement ready to paste each; empty when nothing has to be done.</param>
public sealed record CheckResult(Verdict Verdict, string Finding, IReadOnlyList<string> Advice)
{
    /// <summary>The kind of failure, which is the exit code when this is the first check that failed.</summary>
    public FailureCause Cause { get; init; } = FailureCause.CheckFailed;

    /// <summary>What the server or program said, where it said something.</summary>
    public string? Raw { get; init; }

    /// <summary>As it should be.</summary>
    public static CheckResult Pass(string finding) => new(Verdict.Pass, finding, []);

    /// <summary>To be known; stops nothing.</summary>
    public static CheckResult Warn(string finding, params IReadOnlyList<string> advice) => new(Verdict.Warn, finding, advice);

    /// <summary>Has to be put right before the move.</summary>
    public static CheckResult Fail(string finding, params IReadOnlyList<string> advice) => new(Verdict.Fail, finding, advice);

    /// <summary>Could not be found out.</summary>
    public static CheckResult Unknown(string finding, params IReadOnlyList<string> advice) => new(Verdict.Unknown, finding, advice);

    /// <summary>A failure that has its words already.</summary>
    public static CheckResult Failed(MoveFailure failure) => new(
        Verdict.Fail, $"{failure.Report.What} {failure.Report.Why}".Trim(), failure.Report.ToDo)
    { Cause = failure.Report.Cause, Raw = failure.Report.Raw };
}

/// <summary>Thrown by a check that can't be made for want of something another check looks for: it is unknown, not failed.</summary>
/// <param name="why">Why, in a sentence.</param>
internal sealed class CannotBeTold(string why) : Exception(why)
{
}
