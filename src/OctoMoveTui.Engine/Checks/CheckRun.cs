using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Makes the checks of one step, tells each, and fails once at the end with all that failed.</summary>
/// <param name="step">The step that makes them.</param>
/// <param name="side">The server that is looked at.</param>
/// <param name="tell">Tells an event.</param>
/// <param name="time">Time, which tests may stop.</param>
public sealed class CheckRun(StepId step, Side side, Action<MoveEvent> tell, TimeProvider time)
{
    private readonly List<(string Id, string Title, CheckResult Result)> failed = [];

    /// <summary>A check of the step's own. What it throws as a failure is what it found.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="words">Its title.</param>
    /// <param name="asks">What it asks, for people to read.</param>
    /// <param name="look">Gives the finding.</param>
    /// <param name="cancel">The person stops.</param>
    /// <returns>False when it failed.</returns>
    public async Task<bool> MakeAsync(string id, CheckWords words, string asks, Func<Task<CheckResult>> look, CancellationToken cancel)
    {
        CheckResult result;
        try
        {
            result = await look();
        }
        catch (MoveFailure failure)
        {
            cancel.ThrowIfCancellationRequested();
            result = CheckResult.Failed(failure);
        }

        Tell(id, words.Title, result, asks);
        return result.Verdict != Verdict.Fail;
    }

    /// <summary>All checks of the SQL Server of this side, one after the other; none stops another.</summary>
    public Task MakeAllAsync(CheckScene scene, CancellationToken cancel) => MakeAllAsync(AllSqlChecks.Of(side, scene.Plan.Shape), scene, cancel);

    /// <summary>Some checks of the SQL Server of this side, one after the other; none stops another.</summary>
    public async Task MakeAllAsync(IEnumerable<SqlCheck> checks, CheckScene scene, CancellationToken cancel)
    {
        await using var look = new SqlLook(scene.Sql);
        var isConnected = await MakeAsync("Q0", SqlCheckWords.Connection, scene.Sql.Name, async () =>
        {
            await look.ConnectAsync(cancel);
            return CheckResult.Pass(SqlCheckSentences.LoggedIn(scene.Login, scene.Sql.Name));
        }, cancel);
        if (!isConnected)
            return;

        foreach (var check in checks)
        {
            var (result, queries) = await MakeOneAsync(check, scene, look, cancel);
            Tell(check.Id, check.Words.Title, result, queries);
            if (check.EndsTheRest && result.Verdict == Verdict.Fail)
                return;
        }
    }

    /// <summary>At least one check failed.</summary>
    public bool HasFailed => failed.Count > 0;

    /// <summary>Fails with all that failed, if anything did.</summary>
    /// <exception cref="MoveFailure">At least one check failed.</exception>
    public void ThrowIfAnyFailed()
    {
        if (HasFailed)
            throw SqlCheckSentences.Failed(side, failed);
    }

    private async Task<(CheckResult Result, string Queries)> MakeOneAsync(SqlCheck check, CheckScene scene, SqlLook look, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(check.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var inquiry = new SqlInquiry(check, scene, look, either.Token);
        return (await AskAsync(), inquiry.Queries);

        async Task<CheckResult> AskAsync()
        {
            try
            {
                return await check.LookAsync(inquiry);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return CheckResult.Unknown(SqlCheckSentences.NoAnswer(check.Limit));
            }
            catch (CannotBeTold undecided)
            {
                return CheckResult.Unknown(undecided.Message);
            }
            catch (MoveFailure failure) when (LackOfRight.Is(failure))
            {
                return CheckResult.Unknown(
                    SqlCheckSentences.Denied(scene.Login, Sql.SqlFailures.NumberOf(failure)), SqlCheckSentences.Grant(check.Needs, scene.Login, scene.Database))
                    with { Raw = failure.Report.Raw };
            }
            catch (MoveFailure failure)
            {
                cancel.ThrowIfCancellationRequested();
                return CheckResult.Unknown(SqlCheckSentences.CouldNotAsk($"{failure.Report.What} {failure.Report.Why}".Trim()), failure.Report.ToDo) with { Raw = failure.Report.Raw };
            }
            catch (Exception defect) when (defect is not (OperationCanceledException or OutOfMemoryException))
            {
                return CheckResult.Unknown(SqlCheckSentences.Broken(defect));
            }
        }
    }

    private void Tell(string id, string title, CheckResult result, string asked)
    {
        if (result.Verdict == Verdict.Fail)
            failed.Add((id, title, result));
        tell(new CheckMade(step, id, title, side, result.Verdict, result.Finding, result.Advice, asked));
    }
}
