using System.Net;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;
using Polly;
using Polly.Retry;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// How long a request to Octopus Server may take, and which one is sent again by itself: one that was put off (HTTP 429), whatever it is, for it was not
/// carried out; and, of those that can be carried out twice without harm, one that a server or proxy has no time for (502, 503, 504) or whose
/// connection broke. A POST that may have been carried out is never sent twice: the step looks first.
/// </summary>
/// <param name="timing">How long, and how often.</param>
/// <param name="time">Measures the waits.</param>
/// <param name="tell">Is told of each wait.</param>
public sealed class ApiPatience(TimingSettings timing, TimeProvider time, Action<string> tell)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // Who was waited for in vain is not waited for again until it has answered: the outage must not grow with every question.
    private bool isUsedUp;

    /// <summary>How long a request may take.</summary>
    public TimeSpan PerRequest => timing.Request;

    /// <summary>Sends a request, and again while that may help; the pauses grow, or are as long as the server asks for.</summary>
    /// <param name="method">Of the request.</param>
    /// <param name="shown">The request, for the log.</param>
    /// <param name="send">Sends it once.</param>
    /// <param name="cancel">Ends a pause, too.</param>
    /// <returns>The last answer, whatever it is.</returns>
    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string shown, Func<CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        var answer = await new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = timing.Poll,
                MaxDelay = LongestPause,
                ShouldHandle = args => ValueTask.FromResult(MayHelp(method, args.Outcome) && HasTimeFor(args.Outcome, began)),
                DelayGenerator = args => ValueTask.FromResult(AskedFor(args.Outcome.Result)),
                OnRetry = args =>
                {
                    tell(RetryNotes.Again(shown, (int?)args.Outcome.Result?.StatusCode, args.RetryDelay));
                    return default;
                },
            })
            .Build()
            .ExecuteAsync(async token => await send(token), cancel);
        isUsedUp = isUsedUp && MayHelp(method, Outcome.FromResult(answer));
        return answer;
    }

    /// <summary>How long the server asks to be left alone; null when it doesn't say.</summary>
    internal TimeSpan? AskedFor(HttpResponseMessage? answer) => answer?.Headers.RetryAfter switch
    {
        { Delta: { } span } => span,
        { Date: { } date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private static bool MayHelp(HttpMethod method, Outcome<HttpResponseMessage> outcome) =>
        outcome.Result?.StatusCode == HttpStatusCode.TooManyRequests
        || (method != HttpMethod.Post && (IsBroken(outcome.Exception)
            || outcome.Result?.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout));

    /// <summary>True when a connection that stood broke: not when nothing listens, a name isn't known or a certificate isn't trusted.</summary>
    internal static bool IsBroken(Exception? error) =>
        error is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.Unknown, InnerException: IOException };

    private bool HasTimeFor(Outcome<HttpResponseMessage> outcome, long began)
    {
        var hasTime = !isUsedUp && time.GetElapsedTime(began) + (AskedFor(outcome.Result) ?? timing.Poll) <= timing.ServerBusy;
        isUsedUp = !hasTime;
        return hasTime;
    }
}
